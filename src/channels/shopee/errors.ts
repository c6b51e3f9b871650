import { untilMidnightUtc8 } from '../failures.ts';
import { refusal, type Verdict } from '../reasons.ts';
import { rateLimitWaitMs } from './limits.ts';

const authExpired: Verdict = { code: 'auth-expired' };
const uncertain: Verdict = { code: 'uncertain' };

/** Reference 3.1 (common errors, official schemas), 4 (tokens) and 5.7 (chat). */
const verdicts: Readonly<Record<string, Verdict>> = {
  error_auth: authExpired,
  // Spelt so by the platform.
  invalid_acceess_token: authExpired,
  invalid_access_token: authExpired,
  error_shop_refresh_token: authExpired,
  refresh_token_expired: authExpired,
  shop_access_expired: authExpired,
  partner_shop_no_link: authExpired,
  shop_no_linked: authExpired,
  invalid_code: authExpired,

  error_server: uncertain,
  error_network: uncertain,
  error_data: uncertain,
  system_busy: uncertain,
  internal_server_error: uncertain,

  resource_not_found: { code: 'not-found' },

  error_sign: refusal('wrong_signature'),
  invalid_partner_id: refusal('app_not_allowed'),
  error_api_permission: refusal('app_not_allowed'),
  error_ashop_api_permission: refusal('app_not_allowed'),
  error_kyc_auth: refusal('app_not_allowed'),
  error_partner_key_expired: refusal('app_not_allowed'),
  error_api_call_restricted: refusal('app_not_allowed'),
  api_suspended: refusal('app_not_allowed'),
  shop_banned: refusal('shop_not_active'),
  source_ip_undeclared: refusal('ip_not_allowed'),
  error_param: refusal('wrong_parameter'),
  param_error: refusal('wrong_parameter'),

  first_chat_without_order_info: refusal('order_needed_first'),
  user_is_forbidden: refusal('conversation_closed'),
  reach_5_message_limit: refusal('reply_limit'),
  error_business: refusal('repeated_text'),
  message_too_long: refusal('message_too_long'),
  message_is_censored: refusal('sensitive_content'),
  exceed_send_limitaion: refusal('daily_limit'),
  block_by_internal_safety_strategies: refusal('blocked_by_platform'),
  error_blocked: refusal('buyer_blocked'),
  error_sender_block_receiver: refusal('buyer_blocked'),
  assigned_to_subaccount: refusal('chat_assigned_elsewhere'),
  shop_bound_subaccount: refusal('chat_assigned_elsewhere'),
  user_is_unauthorized: refusal('no_permission'),
  not_open_market: refusal('not_supported'),
};

/**
 * What a non-empty `error` means. Codes nobody has written down are refusals under the platform's own name.
 * `now`: the platform's time, for the daily quota (resets at 00:00 UTC+8).
 */
export function shopeeVerdict(error: string, message: string, now: number): Verdict {
  if (error === 'error_rate_limit') return { code: 'rate-limited', retryAfterMs: rateLimitWaitMs };
  if (error === 'error_limit') {
    return { code: 'rate-limited', retryAfterMs: untilMidnightUtc8(now), reason: 'daily_limit' };
  }
  // "Timestamp is expired" comes under error_param.
  if (error === 'error_param' && /timestamp/i.test(message)) return refusal('clock_skew');
  return (Object.hasOwn(verdicts, error) ? verdicts[error] : undefined) ?? refusal(null);
}
