import { normalise, words } from './normalise.ts';

/** Longest snippet, in UTF-16 units. */
const LONGEST = 200;
/** So much stands before the word found. */
const LEAD = 30;

/** A letter with the marks on it: compared as one. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

/** The part of a text around a word found in it; `from` and `to` say where in `text` the word stands. */
export interface Snippet {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The text around the first place where a word of `query` stands; its beginning when none is found. */
export function snippetOf(text: string, query: string): Snippet {
  const flat = text.replace(/\s+/gu, ' ').trim();
  const place = placeOf(flat, words(query)) ?? { from: 0, to: 0 };
  const start = whole(flat, Math.max(0, place.from - LEAD));
  const cut = flat.slice(start, whole(flat, start + LONGEST - 2));
  const lead = start > 0 ? '…' : '';
  const rest = start + cut.length < flat.length ? '…' : '';
  const shift = lead.length - start;
  const end = lead.length + cut.length;
  return {
    text: `${lead}${cut}${rest}`,
    from: Math.min(place.from + shift, end),
    to: Math.min(place.to + shift, end),
  };
}

/** Where the first of the words stands, in the text as it was written. */
function placeOf(text: string, wanted: readonly string[]): { from: number; to: number } | null {
  let plain = '';
  /** For each unit of `plain`, where in `text` its letter begins and ends. */
  const begins: number[] = [];
  const ends: number[] = [];
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const form = cluster === ' ' ? ' ' : normalise(cluster);
    for (let unit = 0; unit < form.length; unit += 1) {
      begins.push(index);
      ends.push(index + cluster.length);
    }
    plain += form;
  }
  const places = wanted.flatMap((word) => {
    const at = [...word].length > 1 ? plain.indexOf(word) : indexAlone(plain, word);
    const from = begins[at];
    const to = ends[at + word.length - 1];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  return places.reduce<{ from: number; to: number } | null>(
    (first, place) => (first === null || place.from < first.from ? place : first),
    null,
  );
}

/** A single letter is looked for by itself first. */
function indexAlone(plain: string, letter: string): number {
  const alone = ` ${plain} `.indexOf(` ${letter} `);
  return alone >= 0 ? alone : plain.indexOf(letter);
}

/** No cut goes through a pair of surrogates. */
function whole(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}
