import type { ErrorCode } from '../../base/errors.ts';
import { createKnownSecrets, HIDDEN } from './known-secrets.ts';

/** Longest text and deepest nesting that is written; more is a mistake of the caller. */
const MAX_TEXT = 4_000;
const MAX_DEPTH = 6;
const MAX_ITEMS = 200;

/** Names whose value is a secret, whatever it looks like. */
const SECRET_NAME =
  /token|secret|passw|authori[sz]ation|cookie|credential|signature|private|api_?key|partner_key|data_?key|session|^(?:sign|key|wraps?|blob|code)$/i;

/** Our own errors bear these under `code`, a name that else holds what a sign-in is traded for. */
const ERROR_CODES: Readonly<Record<ErrorCode, true>> = {
  'auth-expired': true,
  'rate-limited': true,
  rejected: true,
  'not-found': true,
  unreachable: true,
  ambiguous: true,
  invalid: true,
  conflict: true,
  closed: true,
  'timed-out': true,
  internal: true,
};

const isErrorCode = (name: string, field: unknown): boolean =>
  name === 'code' && typeof field === 'string' && Object.hasOwn(ERROR_CODES, field);

const NAME =
  '[\\w.-]{0,40}(?:token|secret|passw(?:or)?d|partner_key|signature|credential|session)[\\w-]{0,20}';

/** Secrets inside a text, each with what takes their place. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // user:password@ of an address, up to the last @ before the path: passwords may hold one.
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]{1,500}@/gi, `$1${HIDDEN}@`],
  // Proxies as sellers keep them: host:port:user:password.
  [/\b((?:[\w-]{1,63}\.){1,10}[\w-]{1,63}:\d{2,5}):[^\s:"']{1,200}:[^\s"']{1,200}/g, `$1:${HIDDEN}`],
  [
    /\b((?:proxy-)?authorization|x-tts-access-token|(?:set-)?cookie)(["']?\s*[:=]\s*)[^\r\n]+/gi,
    `$1$2${HIDDEN}`,
  ],
  [/\b(bearer|basic)\s+[\w+/=.~-]{6,}/gi, `$1 ${HIDDEN}`],
  [
    new RegExp(`((?:^|[^\\w.-])(?:${NAME}|sign)\\\\?["']?\\s*[:=]\\s*\\\\?["']?)[^\\s&"'\\\\,;}#]+`, 'gi'),
    `$1${HIDDEN}`,
  ],
  [/([?&#](?:code|key)=)[^\s&"'#]+/gi, `$1${HIDDEN}`],
];

/** Takes secrets out of a value on its way to the log, and anything JSON could not write. */
export interface Redactor {
  /** From now on this exact text never reaches the log. Short ones are left to the patterns. */
  hide(secret: string): void;
  redact(value: unknown): unknown;
}

/** Makes the redactor of one log. */
export function createRedactor(): Redactor {
  const known = createKnownSecrets();
  const text = (value: string): string => {
    // What follows is cut off below, and no secret that begins before it is cut in two here.
    let clean = known.hideIn(value.slice(0, MAX_TEXT + known.longest()));
    if (value.length > MAX_TEXT) clean = `${clean.slice(0, MAX_TEXT)}… (${value.length} characters)`;
    for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
    return clean;
  };
  return { hide: known.add, redact: (value) => walk(value, text, 0) };
}

function walk(value: unknown, text: (value: string) => string, depth: number): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') {
    return text(String(value));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return walk(errorFields(value), text, depth);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => walk(item, text, depth + 1));
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value).slice(0, MAX_ITEMS)) {
    const secret =
      SECRET_NAME.test(name) &&
      (typeof field === 'string' || typeof field === 'object') &&
      !isErrorCode(name, field);
    result[text(name)] = secret && field !== null ? HIDDEN : walk(field, text, depth + 1);
  }
  return result;
}

function errorFields(error: Error): Record<string, unknown> {
  const fields: Record<string, unknown> = { name: error.name, message: error.message, stack: error.stack };
  // `code` of an error is a name such as ECONNRESET, not an authorisation code: it goes by another name here.
  if ('code' in error) fields['errorCode'] = error.code;
  if ('details' in error) fields['details'] = error.details;
  if (error.cause !== undefined) fields['cause'] = error.cause;
  return fields;
}
