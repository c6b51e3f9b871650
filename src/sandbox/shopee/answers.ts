import { createHash } from 'node:crypto';
import type { ApiAnswer } from '../api/types.ts';
import type { Effect } from '../world/effects.ts';

/** Errors that come with HTTP 403 (digest of the official error lists; the status itself is reported, not official). */
const FORBIDDEN = new Set([
  'error_sign',
  'error_auth',
  'invalid_acceess_token',
  'invalid_partner_id',
  'error_api_permission',
  'partner_shop_no_link',
  'shop_no_linked',
  'shop_banned',
]);

const wordings: Readonly<Record<string, string>> = {
  error_sign: 'Wrong sign.',
  error_rate_limit: 'Too many requests, please try again later.',
  invalid_acceess_token: 'Invalid access_token.',
  invalid_partner_id: 'Invalid partner_id.',
  shop_no_linked: 'The shop is not linked to this partner.',
  resource_not_found: 'The resource does not exist.',
  message_is_censored: 'The message was blocked by the content check.',
  message_too_long: 'The message is too long.',
  error_server: 'Something wrong. Please try later.',
};

function requestId(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/** A success in the usual envelope. */
export function shopeeOk(response: unknown, now: number, effects: readonly Effect[] = []): ApiAnswer {
  const json = { error: '', message: '', request_id: requestId(`ok${now}`), response };
  return { status: 200, json, outcome: 'ok', effects, messageId: null };
}

/** A refusal; a client must look at `error`, not at the status. */
export function shopeeError(error: string, message?: string): ApiAnswer {
  const json = { error, message: message ?? wordings[error] ?? error, request_id: requestId(error) };
  return { status: FORBIDDEN.has(error) ? 403 : 200, json, outcome: error, effects: [], messageId: null };
}
