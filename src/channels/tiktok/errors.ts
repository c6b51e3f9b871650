import { refusal, type Verdict } from '../reasons.ts';
import { dailyLimitWaitMs, rateLimitWaitMs } from './limits.ts';

const authExpired: Verdict = { code: 'auth-expired' };
const uncertain: Verdict = { code: 'uncertain' };

/** Reference 6. */
const verdicts: Readonly<Record<string, Verdict>> = {
  '105002': authExpired,
  // Token and shop_cipher don't belong together: the shop must be authorised again.
  '101000': authExpired,

  '36009003': uncertain,
  '36009007': uncertain,
  // One code for a wrong parameter and for an internal error.
  '45101001': uncertain,

  '36009002': { code: 'rate-limited', retryAfterMs: rateLimitWaitMs },
  '45101004': { code: 'rate-limited', retryAfterMs: dailyLimitWaitMs, reason: 'daily_limit' },
  '45111012': { code: 'rate-limited', retryAfterMs: 2000 },

  '45101003': { code: 'not-found' },

  '106001': refusal('wrong_signature'),
  '106013': refusal('wrong_parameter'),
  '36009009': refusal('wrong_parameter'),
  '36009010': refusal('wrong_parameter'),
  '36009021': refusal('picture_too_large'),
  '36009022': refusal('wrong_parameter'),
  '36009023': refusal('wrong_parameter'),
  '36009033': refusal('ip_not_allowed'),
  '105005': refusal('app_not_allowed'),
  '45101006': refusal('sensitive_content'),
  // Of an upload, which it says was not taken; why is not said.
  '45101008': refusal('picture_refused'),
  '45102007': refusal('no_permission'),
  '45109001': refusal('conversation_closed'),
  '45109003': refusal('conversation_closed'),
  '45111001': refusal('not_supported'),
  '45111017': refusal('voucher_not_usable'),
};

/** What a `code` other than 0 means. */
export function tiktokVerdict(code: string, message: string): Verdict {
  if (code === '36009004') return credentialVerdict(message);
  return (Object.hasOwn(verdicts, code) ? verdicts[code] : undefined) ?? refusal(null);
}

/** 36009004 covers a missing sign, a bad token, a bad app_key, the clock and odd identifiers: only its words tell. */
function credentialVerdict(message: string): Verdict {
  if (/timestamp/i.test(message)) return refusal('clock_skew');
  if (/token/i.test(message)) return authExpired;
  if (/app_?\s?(key|secret)/i.test(message)) return refusal('app_not_allowed');
  return refusal(/sign/i.test(message) ? 'wrong_signature' : 'wrong_parameter');
}
