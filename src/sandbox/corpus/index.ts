import { en } from './en.ts';
import { fil } from './fil.ts';
import { id } from './id.ts';
import { ms } from './ms.ts';
import { th } from './th.ts';
import type { Corpus, Language } from './types.ts';
import { vi } from './vi.ts';
import { zh } from './zh.ts';

const corpora: Readonly<Record<Language, Corpus>> = { en, id, th, vi, ms, fil, zh };

/** The phrases and names of a language. */
export function corpusOf(language: Language): Corpus {
  return corpora[language];
}
