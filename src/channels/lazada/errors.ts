import { refusal, type Verdict } from '../reasons.ts';
import { appLimitWaitMs, callLimitWaitMs } from './limits.ts';

const authExpired: Verdict = { code: 'auth-expired' };
const uncertain: Verdict = { code: 'uncertain' };

/** Reference 8. Names of gateway errors and of `err_code` share one space. */
const verdicts: Readonly<Record<string, Verdict>> = {
  IllegalAccessToken: authExpired,
  IllegalRefreshToken: authExpired,
  InvalidCode: authExpired,

  ServiceTimeout: uncertain,
  HttpConnectError: uncertain,
  UnknownRuntimeException: uncertain,

  AppCallLimit: { code: 'rate-limited', retryAfterMs: appLimitWaitMs },
  Mp3SellerApiLimit: refusal('no_permission'),

  IncompleteSignature: refusal('wrong_signature'),
  MissingParameter: refusal('wrong_parameter'),
  InvalidParameter: refusal('wrong_parameter'),
  SellerNotActive: refusal('shop_not_active'),
  SellerNotVerified: refusal('shop_not_active'),
  // /im/session/open: the order is too old.
  '-22': refusal('conversation_closed'),
};

/**
 * What a code other than `0` means. `type` is the gateway's: ISV the caller, ISP the backend, SYSTEM the platform.
 * An unknown code is a refusal, unless the fault is not the caller's: then the call may have been carried out.
 */
export function lazadaVerdict(code: string, message: string, type: string): Verdict {
  if (code === 'ApiCallLimit')
    return { code: 'rate-limited', retryAfterMs: banOf(message) ?? callLimitWaitMs };
  const known = Object.hasOwn(verdicts, code) ? verdicts[code] : undefined;
  if (known !== undefined && known.code !== 'rejected') return known;
  if (known === undefined && (type === 'ISP' || type === 'SYSTEM')) return uncertain;
  // Neither a wrong clock nor an unknown session has a published code; the words are all there is.
  if (/timestamp/i.test(`${code} ${message}`)) return refusal('clock_skew');
  if (/\bnot exist\b/i.test(message)) return { code: 'not-found' };
  return known ?? refusal(null);
}

/** "... this ban will last N seconds". */
function banOf(message: string): number | null {
  const seconds = /(\d{1,5})\s*second/i.exec(message)?.[1];
  return seconds === undefined ? null : Math.max(1, Number(seconds)) * 1000;
}
