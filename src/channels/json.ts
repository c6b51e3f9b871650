import { LosslessNumber, parse, stringify } from 'lossless-json';
import { CodedError } from '../base/errors.ts';

export interface JsonObject {
  readonly [key: string]: Json;
}

/** JSON whose numbers keep the digits they were written with: ids of platforms lie beyond 2^53. */
export type Json = null | boolean | string | LosslessNumber | readonly Json[] | JsonObject;

/** Longest text that is parsed, in UTF-16 units: the cap of one answer's body. */
const maxLength = 8 * 1024 * 1024;
/** Deepest nesting; the parser recurses, and no documented answer is deeper than ten. */
const maxDepth = 100;

/** Parses without running any number through a double. Throws `invalid` with reason `bad_json`, and nothing else. */
export function parseJson(text: string): Json {
  if (text.length > maxLength) throw badJson('longer than the cap');
  if (isDeeperThan(text, maxDepth)) throw badJson('nested deeper than the cap');
  try {
    // Like JSON.parse, the last of equal keys wins; the package would refuse the whole text.
    return parse(text, null, { onDuplicateKey: ({ newValue }) => newValue }) as Json;
  } catch {
    // The parser's words quote the text, which may hold a buyer's message or a token.
    throw badJson('not JSON');
  }
}

/** Parses, or gives undefined where `parseJson` throws. */
export function tryParseJson(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The JSON text of a value; numbers keep their digits. */
export function writeJson(value: Json): string {
  return stringify(value) ?? 'null';
}

/** A JSON number from decimal digits, e.g. an id that a platform wants unquoted. Throws `invalid` for anything else. */
export function jsonInteger(digits: string): LosslessNumber {
  if (!/^(0|[1-9]\d{0,39})$/.test(digits))
    throw new CodedError('invalid', 'An id that must be digits is not');
  return new LosslessNumber(digits);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value at a path of own keys; undefined where anything on the way is missing or no object. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let current = value;
  for (const key of path) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

function badJson(why: string): CodedError {
  return new CodedError('invalid', `The text is ${why}`, { reason: 'bad_json' });
}

/** Counts brackets outside strings, before the recursive parser sees the text. */
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}
