import { contract, type Method } from '../contract/index.ts';

/** The longest frame a page may send, in UTF-16 code units: a refusal costs nothing, a parse would. */
const MAX_REQUEST_LENGTH = 1_000_000;
/** The same for a call that takes a whole list. In UTF-8 it is three times as many bytes at most: hosts take those. */
const MAX_LONG_REQUEST_LENGTH = 8_000_000;
/** The longest frame a page takes from its engine. */
export const MAX_ANSWER_LENGTH = 64_000_000;

const MAX_ID_LENGTH = 64;
const MAX_METHOD_LENGTH = 100;

/** A call on its way to the engine, in birpc's words: `t` type, `i` id, `m` method, `a` arguments. */
export interface RequestFrame {
  readonly t: 'q';
  readonly i: string;
  readonly m: string;
  readonly a: readonly [unknown];
}

/** A frame on its way to the page: the answer to a call, or an event without an id. */
export type PageFrame =
  | { readonly t: 's'; readonly i: string; readonly r: unknown }
  | { readonly t: 'q'; readonly m: 'feed' | 'refused'; readonly a: readonly [unknown] };

/** How long a frame of a page may be. Our client writes the method first, so the head tells; for others the least. */
export function requestLimit(text: string): number {
  const method = /^\{"m":"([\w.-]{1,100})",/.exec(text.slice(0, MAX_METHOD_LENGTH + 10))?.[1] ?? '';
  const isLong = Object.hasOwn(contract, method) && 'isLong' in contract[method as Method];
  return isLong ? MAX_LONG_REQUEST_LENGTH : MAX_REQUEST_LENGTH;
}

/** Reads what a page sent; null unless it is exactly one call with one argument. Never throws. */
export function readRequest(text: string): RequestFrame | null {
  const frame = parseObject(text);
  if (frame === null || frame['t'] !== 'q') return null;
  const { i, m, a } = frame;
  if (typeof i !== 'string' || i.length === 0 || i.length > MAX_ID_LENGTH) return null;
  if (typeof m !== 'string' || m.length > MAX_METHOD_LENGTH) return null;
  if (!Array.isArray(a) || a.length > 1) return null;
  return { t: 'q', i, m, a: [a[0]] };
}

/** Reads what an engine sent; null unless it is an answer or a known event. Never throws. */
export function readPageFrame(text: string): PageFrame | null {
  const frame = text.length > MAX_ANSWER_LENGTH ? null : parseObject(text);
  if (frame === null) return null;
  const { i, m, a } = frame;
  if (frame['t'] === 's') return typeof i === 'string' ? { t: 's', i, r: frame['r'] } : null;
  if (frame['t'] !== 'q' || (m !== 'feed' && m !== 'refused')) return null;
  return Array.isArray(a) ? { t: 'q', m, a: [a[0]] } : null;
}

/**
 * The id of a call whose frame is too long to be parsed. Our client writes the id last, so the tail is enough;
 * undefined for frames of another make.
 */
export function idAtTail(text: string): string | undefined {
  return /"i":"([\w-]{1,64})"\}$/.exec(text.slice(-(MAX_ID_LENGTH + 10)))?.[1];
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** An object with named members, arrays excluded. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
