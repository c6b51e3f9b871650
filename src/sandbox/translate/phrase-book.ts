import { corpusOf } from '../corpus/index.ts';
import type { Corpus, Language } from '../corpus/types.ts';

const LANGUAGES: readonly Language[] = ['en', 'id', 'th', 'vi', 'ms', 'fil', 'zh'];

type Phrase = keyof Corpus['phrases'];

interface Entry {
  readonly language: Language;
  readonly phrase: Phrase;
  readonly index: number;
  readonly pattern: RegExp;
}

/** Every wording of every language; what stands in a place of a wording is whatever is there. */
const entries: readonly Entry[] = LANGUAGES.flatMap((language) =>
  (Object.entries(corpusOf(language).phrases) as [Phrase, readonly string[]][]).flatMap(
    ([phrase, wordings]) =>
      wordings.map((wording, index) => ({ language, phrase, index, pattern: patternOf(wording) })),
  ),
);

/** A phrase of the book in another language. */
export interface Found {
  readonly text: string;
  readonly from: Language;
}

/**
 * Says a phrase of the sandbox's buyers and shops in another of their languages, as one does it there: a phrase book, no
 * translation of the words. Null for what is not in it.
 */
export function lookUp(text: string, to: Language): Found | null {
  for (const { language, phrase, index, pattern } of entries) {
    const match = pattern.exec(text.trim());
    if (match === null) continue;
    const wordings = corpusOf(to).phrases[phrase];
    const known = { ...match.groups };
    const fitting = wordings.filter((wording) => namesIn(wording).every((name) => known[name] !== undefined));
    const wording = wordings[index % wordings.length] ?? '';
    const chosen = fitting.includes(wording) ? wording : (fitting[0] ?? wording);
    return {
      text: chosen.replaceAll(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole),
      from: language,
    };
  }
  return null;
}

/** Which of the sandbox's languages a service's name for one means, e.g. `ZH-HANS`; null for others. */
export function languageNamed(name: string): Language | null {
  const code = name.toLowerCase().split(/[-_]/, 1)[0] ?? '';
  return LANGUAGES.find((language) => language === (code === 'tl' ? 'fil' : code)) ?? null;
}

function patternOf(wording: string): RegExp {
  const seen = new Set<string>();
  const source = wording
    .split(/(\{\w+\})/)
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (name === undefined) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
      if (seen.has(name)) return '.+?';
      seen.add(name);
      return `(?<${name}>.+?)`;
    })
    .join('');
  return new RegExp(`^${source}$`, 'u');
}

function namesIn(wording: string): string[] {
  return [...wording.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
