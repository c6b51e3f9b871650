import { CodedError } from '../../base/errors.ts';

/** `sort_at` of own messages that are not sent: later than any platform's time, so that they come last. */
export const PENDING_SORT_AT = 8_640_000_000_000_000;

/** Where a message stands in its thread: platform time, platform sequence, local id. */
export interface SortKey {
  readonly sortAt: number;
  readonly sortSeq: string;
  readonly id: number;
}

const SEQUENCE_DIGITS = 20;

/** A platform's sequence so that text order is number order; what is no number of at most 20 digits counts as none. */
export function padSequence(sequence: string): string {
  return /^\d{1,20}$/.test(sequence) ? sequence.padStart(SEQUENCE_DIGITS, '0') : '';
}

/** Negative when `a` comes before `b`. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (a.sortAt !== b.sortAt) return a.sortAt - b.sortAt;
  if (a.sortSeq !== b.sortSeq) return a.sortSeq < b.sortSeq ? -1 : 1;
  return a.id - b.id;
}

/** The later of two keys; null counts as before everything. */
export function laterKey(a: SortKey | null, b: SortKey | null): SortKey | null {
  if (a === null || b === null) return a ?? b;
  return compareKeys(a, b) >= 0 ? a : b;
}

/** The text pages hand back to name a place in a thread. */
export function toCursor(key: SortKey): string {
  return `${key.sortAt}.${key.sortSeq}.${key.id}`;
}

/** Throws `CodedError('invalid')` for text that no `toCursor` made. */
export function fromCursor(cursor: string): SortKey {
  const match = /^(\d{1,16})\.(\d{0,20})\.(\d{1,15})$/.exec(cursor);
  if (match === null) throw new CodedError('invalid', 'Not a place in a thread', { field: 'at.cursor' });
  return { sortAt: Number(match[1]), sortSeq: match[2] ?? '', id: Number(match[3]) };
}
