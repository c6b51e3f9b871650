import { words } from './normalise.ts';

/** What an index entry is: its number stands in the row id, its mark before each of its grams. */
export const searchKinds = { message: 0, buyer: 1, store: 2 } as const;
export type SearchKind = keyof typeof searchKinds;

/** Between words, so that no phrase reaches over a space. Private characters: normalised text holds none. */
const GAP = '\ue000';

/**
 * Grams of names carry a mark, which makes them words of their own in the index: looking for a buyer then never
 * wades through the messages that hold the same two letters.
 */
const MARKS: Readonly<Record<SearchKind, string>> = { message: '', buyer: '\ue001', store: '\ue002' };

/** Characters that say something alone: Chinese ones, and pictures. */
const TELLING = /[\p{Script=Han}\p{Extended_Pictographic}]/u;
const ALL_TELLING = new RegExp(TELLING, 'gu');

/**
 * What is indexed of a text: of each word every two neighbouring characters in order, of a word of one character that
 * character; at the end every Chinese character and picture by itself, because one may be a whole word.
 */
export function indexGrams(kind: SearchKind, text: string): string {
  const all = words(text);
  if (all.length === 0) return '';
  const mark = MARKS[kind];
  const inOrder = all.map((word) => bigrams(word, mark)).join(` ${GAP} `);
  const alone = [...new Set(all.join('').match(ALL_TELLING))].map((character) => mark + character);
  return alone.length === 0 ? inOrder : `${inOrder} ${GAP} ${alone.join(` ${GAP} `)}`;
}

/**
 * The FTS5 query that finds, exactly, the texts holding every word of `query`; null when it holds none. A word of one
 * other character counts only where it stands alone: a single letter is in every text.
 */
export function matchQuery(kind: SearchKind, query: string): string | null {
  const phrases = words(query).map((word) => `"${bigrams(word, MARKS[kind]).replaceAll('"', '""')}"`);
  return phrases.length === 0 ? null : phrases.join(' AND ');
}

/** What `matchQuery` promises, on plain text: the oracle of its tests. */
export function holds(text: string, query: string): boolean {
  const wanted = words(query);
  const all = words(text);
  const found = (word: string): boolean =>
    [...word].length > 1 || TELLING.test(word)
      ? all.some((other) => other.includes(word))
      : all.includes(word);
  return wanted.length > 0 && wanted.every(found);
}

function bigrams(word: string, mark: string): string {
  const characters = [...word];
  if (characters.length === 1) return mark + word;
  return characters
    .slice(1)
    .map((character, index) => `${mark}${characters[index] ?? ''}${character}`)
    .join(' ');
}
