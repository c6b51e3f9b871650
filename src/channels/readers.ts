import { LosslessNumber } from 'lossless-json';
import { isObject, type Json, tryParseJson } from './json.ts';
import { cleanText } from './clean.ts';

/** Longest id that is believed. Lazada's session ids have some forty characters. */
const maxIdLength = 200;
const integer = /^-?\d+$/;

/**
 * Platforms print ids, numbers and booleans now as JSON strings, now bare (Shopee's `conversation_id`, nearly all of
 * Lazada's answers). These readers take both and give null for everything else.
 */

/** An id as text: a string as it stands, or the digits of a whole number. */
export function asId(value: Json | undefined): string | null {
  const text = value instanceof LosslessNumber ? value.value : value;
  if (typeof text !== 'string' || text.length === 0 || text.length > maxIdLength) return null;
  if (value instanceof LosslessNumber && !integer.test(text)) return null;
  return cleanText(text) === text ? text : null;
}

/** A token: longer than any id, otherwise text that must not be changed. */
export function asToken(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 4000 ? value : null;
}

/** Text as it stands, cleaned of what no screen or database can hold; null for anything but a string. */
export function asText(value: Json | undefined): string | null {
  return typeof value === 'string' ? cleanText(value) : null;
}

/** A short word of a card: text or the printed form of a number; null when empty. */
export function asWord(value: Json | undefined): string | null {
  const text = value instanceof LosslessNumber ? value.value : asText(value);
  if (text === null || text.trim() === '') return null;
  return cleanText(text.slice(0, 500));
}

/** A finite number. */
export function asNumber(value: Json | undefined): number | null {
  const text = value instanceof LosslessNumber ? value.value : value;
  if (typeof text !== 'string' || !/^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A count that can't be negative, nor beyond what the database holds exactly. */
export function asCount(value: Json | undefined): number | null {
  const number = asNumber(value);
  if (number === null || number < 0 || number > Number.MAX_SAFE_INTEGER) return null;
  return Math.floor(number);
}

/** A boolean, also as text or as 0 and 1. */
export function asBoolean(value: Json | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = value instanceof LosslessNumber ? value.value : value;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return null;
}

/**
 * A moment in UTC milliseconds from seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by size
 * (Shopee lists conversations in nanoseconds and messages in seconds; one app saw other units too).
 * Null for what is no time: nothing before 1973.
 */
export function asTime(value: Json | undefined): number | null {
  const text = value instanceof LosslessNumber ? value.value : value;
  if (typeof text !== 'string') return null;
  const whole = /^(\d{1,24})(\.\d+)?$/.exec(text)?.[1];
  if (whole === undefined) return null;
  const digits = BigInt(whole);
  if (digits < 100_000_000n) return null;
  if (digits < 100_000_000_000n) return Number(digits) * 1000;
  if (digits < 100_000_000_000_000n) return Number(digits);
  if (digits < 100_000_000_000_000_000n) return Number(digits / 1000n);
  if (digits < 100_000_000_000_000_000_000n) return Number(digits / 1_000_000n);
  return null;
}

/** An object, also when it stands as JSON text inside a string (contents of Lazada and TikTok Shop messages). */
export function asObject(value: Json | undefined): { readonly [key: string]: Json } | null {
  const parsed = typeof value === 'string' ? tryParseJson(value) : value;
  return isObject(parsed) ? parsed : null;
}
