import type { ApiAnswer } from '../api/types.ts';
import type { Effect } from '../world/effects.ts';

/** Error codes of TikTok Shop's reference that the stand-in uses. */
export const TiktokCode = {
  invalid: 45101001,
  notFound: 45101003,
  quota: 45101004,
  sensitive: 45101006,
  rulesForbid: 45109001,
  mayNotStart: 45109003,
  uploadFailed: 45101008,
  unsupported: 45111001,
  couponRate: 45111012,
  internal: 36009003,
  tooMany: 36009002,
  badRequest: 36009004,
  badPath: 36009009,
  badMethod: 36009010,
  fileTooLarge: 36009021,
  badBody: 36009022,
  notMultipart: 36009023,
  cipherMismatch: 101000,
  tokenExpired: 105002,
  badSign: 106001,
  cipherMissing: 106013,
} as const;

const wordings: Readonly<Record<number, string>> = {
  [TiktokCode.invalid]: 'Invalid parameter',
  [TiktokCode.notFound]: 'Record not found',
  [TiktokCode.quota]: 'Request quota used up',
  [TiktokCode.sensitive]: 'The message contains sensitive content',
  [TiktokCode.rulesForbid]: 'The conversation rules forbid sending',
  [TiktokCode.internal]: 'Internal error',
  [TiktokCode.tooMany]: 'Too many requests',
  [TiktokCode.cipherMismatch]: 'The access token does not match the shop cipher',
  [TiktokCode.tokenExpired]: 'The access token is expired',
  [TiktokCode.badSign]: 'Sign invalid',
  [TiktokCode.cipherMissing]: 'The shop_cipher is required',
};

/** A success. */
export function tiktokOk(data: unknown, now: number, effects: readonly Effect[] = []): ApiAnswer {
  const json = {
    code: 0,
    message: 'Success',
    request_id: `20${now}${String(now % 9973).padStart(4, '0')}`,
    data,
  };
  return { status: 200, json, outcome: 'ok', effects, messageId: null };
}

/** A refusal. Only throttling has a documented HTTP status of its own. */
export function tiktokError(code: number, message?: string): ApiAnswer {
  const json = { code, message: message ?? wordings[code] ?? 'Error', request_id: `2000${code}`, data: null };
  return {
    status: code === TiktokCode.tooMany ? 429 : 200,
    json,
    outcome: String(code),
    effects: [],
    messageId: null,
  };
}
