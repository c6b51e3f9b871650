import { en } from './en.ts';
import type { Corpus, Language } from './types.ts';

const corpora: Readonly<Record<Language, Corpus>> = { en, id: en, th: en, vi: en, ms: en, fil: en, zh: en };

/** The phrases and names of a language. */
export function corpusOf(language: Language): Corpus {
  return corpora[language];
}
