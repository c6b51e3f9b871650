import type { ContentColumns } from './queries.ts';

/** Whether a message of the platform says what an own one says; `unclear` where that can't be seen. */
export type Likeness = 'same' | 'different' | 'unclear';

/**
 * Compares an own message with one read back. Of a picture only the address tells: another address may hold the same
 * picture. What could not be understood may be anything. A text keeps its words, though it may come back as a type of
 * its own (an emoji in brackets does) or written otherwise.
 */
export function likeness(own: ContentColumns, seen: ContentColumns): Likeness {
  if (seen.kind === 'unreadable') return 'unclear';
  if (own.kind === 'text') return likenessOfText(own.text, seen);
  if (seen.kind === 'unsupported') return 'unclear';
  if (own.kind !== seen.kind) return 'different';
  if (own.kind === 'image') return sameAddress(own.image_url, seen.image_url) ? 'same' : 'unclear';
  if (own.reference === null || seen.reference === null) return 'unclear';
  return own.reference === seen.reference ? 'same' : 'different';
}

function likenessOfText(own: string | null, { kind, text }: ContentColumns): Likeness {
  // A message taken back has no text any more.
  if (kind === 'text' && text === null) return 'unclear';
  if (kind === 'text' && sameText(own, text)) return 'same';
  return own !== null && text !== null && bare(own) === bare(text) ? 'unclear' : 'different';
}

/**
 * Whether a text read back from a platform is the one we sent. Platforms trim, change line ends and compose
 * letters anew, and no line carries NUL; nothing else is forgiven, since a wrong match would hide another person's
 * answer.
 */
export function sameText(sent: string | null, readBack: string | null): boolean {
  return sent !== null && readBack !== null && plain(sent) === plain(readBack);
}

function plain(text: string): string {
  return text.replaceAll('\0', '').replaceAll('\r\n', '\n').trim().normalize('NFC');
}

/** Letters and digits alone, however a platform escapes, spaces or adorns them; of a text without any, its signs. */
function bare(text: string): string {
  const words = text.normalize('NFKC').replaceAll(/&#?\w+;/g, '');
  const letters = words.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return letters === '' ? words.replaceAll(/[\p{Z}\p{C}\p{M}]/gu, '') : letters;
}

/** Platforms sign addresses anew at every reading: the query does not count. */
function sameAddress(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.split('?', 1)[0] === b.split('?', 1)[0];
}
