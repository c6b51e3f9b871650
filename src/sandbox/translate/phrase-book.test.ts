import { expect, test } from 'vitest';
import { corpusOf } from '../corpus/index.ts';
import type { Language } from '../corpus/types.ts';
import { languageNamed, lookUp } from './phrase-book.ts';

const LANGUAGES: readonly Language[] = ['en', 'id', 'th', 'vi', 'ms', 'fil', 'zh'];

test('every phrase of every language is found, and said in every other', () => {
  for (const from of LANGUAGES) {
    for (const [phrase, wordings] of Object.entries(corpusOf(from).phrases)) {
      for (const wording of wordings) {
        const text = wording.replaceAll(/\{(\w+)\}/g, (_, name: string) => `⟦${name}⟧`);
        for (const to of LANGUAGES) {
          const found = lookUp(text, to);
          expect(found, `${phrase} in ${from}: ${text}`).not.toBe(null);
          expect(found?.text).not.toBe('');
        }
      }
    }
  }
});

test('what stands in a place of a wording comes through', () => {
  const { text } = lookUp('เลขพัสดุ ⟦0⟧ ทำไมยังไม่ขยับเลยคะ ส่งจริงหรือยังคะ', 'en') ?? { text: '' };
  expect(text).toContain('⟦0⟧');
});

test('what is not in the book is said to be not, and names of languages are read as services write them', () => {
  expect(lookUp('quantum chromodynamics', 'th')).toBe(null);
  expect(['ZH-HANS', 'zh', 'EN-US', 'tl', 'fil', 'id'].map(languageNamed)).toEqual([
    'zh',
    'zh',
    'en',
    'fil',
    'fil',
    'id',
  ]);
  expect(languageNamed('fr')).toBe(null);
});
