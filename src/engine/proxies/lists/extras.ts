import type { ProxyProtocol } from '../../../contract/proxies.ts';
import { isCountry } from './countries.ts';
import type { ReadExpiry } from './expiry.ts';
import { readProtocol } from './protocol.ts';
import { isLink } from './said.ts';

/** What may stand behind an address and its credentials. */
export interface Extras {
  readonly protocol: ProxyProtocol | null;
  readonly rotation: string;
  readonly country: string | null;
  /** The moments its end may mean; [undefined]: nothing is said of one. */
  readonly ends: ReturnType<ReadExpiry>;
  readonly note: string;
}

export const noExtras: Extras = { protocol: null, rotation: '', country: null, ends: [undefined], note: '' };

/** What a cell is by its looks; null: only a word. */
export function kindOf(
  cell: string,
  readExpiry: ReadExpiry,
): 'protocol' | 'rotation' | 'country' | 'end' | null {
  if (cell.length < 2) return null;
  if (readProtocol(cell) !== null) return 'protocol';
  if (/^https?:\/\//i.test(cell) && isLink(cell)) return 'rotation';
  if (/^[A-Z]{2}$/.test(cell) && isCountry(cell)) return 'country';
  return endsOf(cell, readExpiry) === null ? null : 'end';
}

/** Reads cells by their looks; of two alike the second is a word, and words make the note. */
export function readExtras(cells: readonly string[], readExpiry: ReadExpiry): Extras {
  const extras = { ...noExtras };
  const words: string[] = [];
  for (const cell of cells) {
    const kind = words.length > 0 && cell.length > 64 ? null : kindOf(cell, readExpiry);
    if (kind === 'protocol' && extras.protocol === null) extras.protocol = readProtocol(cell);
    else if (kind === 'rotation' && extras.rotation === '') extras.rotation = cell;
    else if (kind === 'country' && extras.country === null) extras.country = cell;
    else if (kind === 'end' && extras.ends[0] === undefined) extras.ends = endsOf(cell, readExpiry) ?? [];
    else if (cell !== '') words.push(cell);
  }
  return { ...extras, note: words.join(' ') };
}

/** Only what was surely written as a date or as "permanent" is an end: numbers and dashes stand for many things. */
function endsOf(cell: string, readExpiry: ReadExpiry): ReturnType<ReadExpiry> | null {
  const looksSo =
    cell.length <= 64 &&
    (/^\d{1,4}[-/.年]\d|^[a-z]{3,9}\.? \d/i.test(cell) || /[久期远]|^(?:perm|never|life)/i.test(cell));
  const moments = looksSo ? readExpiry(cell) : [];
  return moments.length === 0 || moments[0] === undefined ? null : moments;
}

const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/;
const TIME = /^\d{1,2}:\d{2}(?::\d{2})?(?:am|pm)?$/i;
const ZONE = /^(?:am|pm|z|utc|gmt|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)$/i;

/** Cells that were parted by spaces, with the parts of a date and its time together again. */
export function joinDates(cells: readonly string[]): string[] {
  const joined: string[] = [];
  for (const cell of cells) {
    const before = joined.at(-1) ?? '';
    const [date = '', time = ''] = before.split(' ');
    const goesOn = DATE.test(date) && (time === '' ? TIME.test(cell) : TIME.test(time) && ZONE.test(cell));
    if (goesOn) joined[joined.length - 1] = `${before} ${cell}`;
    else joined.push(cell);
  }
  return joined;
}
