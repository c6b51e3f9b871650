import type { ContentColumns } from './queries.ts';

/** Whether a message of the platform says what an own one says; `unclear` where that can't be seen. */
export type Likeness = 'same' | 'different' | 'unclear';

/**
 * Compares an own message with one read back. Of a picture only the address tells: another address may hold the same
 * picture. What could not be understood may be anything.
 */
export function likeness(own: ContentColumns, seen: ContentColumns): Likeness {
  if (seen.kind === 'unreadable') return 'unclear';
  if (seen.kind === 'unsupported') return own.kind === 'text' ? 'different' : 'unclear';
  if (own.kind !== seen.kind) return 'different';
  switch (own.kind) {
    case 'text':
      // A message taken back has no text any more.
      if (seen.text === null) return 'unclear';
      return sameText(own.text, seen.text) ? 'same' : 'different';
    case 'image':
      return sameAddress(own.image_url, seen.image_url) ? 'same' : 'unclear';
    default:
      if (own.reference === null || seen.reference === null) return 'unclear';
      return own.reference === seen.reference ? 'same' : 'different';
  }
}

/**
 * Whether a text read back from a platform is the one we sent. Platforms trim, change line ends and compose
 * letters anew; nothing else is forgiven, since a wrong match would hide another person's answer.
 */
export function sameText(sent: string | null, readBack: string | null): boolean {
  return sent !== null && readBack !== null && plain(sent) === plain(readBack);
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim().normalize('NFC');
}

/** Platforms sign addresses anew at every reading: the query does not count. */
function sameAddress(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.split('?', 1)[0] === b.split('?', 1)[0];
}
