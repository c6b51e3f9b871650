/**
 * Our own names for refusals that several platforms know, each with words of its own. They stand in
 * `details.reason` and are keys of the locale files; a refusal that is none of these bears the platform's own code.
 */
export const refusalReasons = [
  'app_not_allowed',
  'blocked_by_platform',
  'buyer_blocked',
  'chat_assigned_elsewhere',
  'clock_skew',
  'conversation_closed',
  'daily_limit',
  'ip_not_allowed',
  'message_too_long',
  'no_permission',
  'not_supported',
  'order_needed_first',
  'picture_refused',
  'picture_too_large',
  'reply_limit',
  'repeated_text',
  'sensitive_content',
  'shop_not_active',
  'voucher_not_usable',
  'wrong_parameter',
  'wrong_signature',
] as const;
type RefusalReason = (typeof refusalReasons)[number];

/** What a platform's error code means to us. `uncertain`: on the platform's side; it may have been carried out. */
export type Verdict =
  | { readonly code: 'auth-expired' | 'not-found' | 'uncertain' }
  | { readonly code: 'rejected'; readonly reason: RefusalReason | null }
  | { readonly code: 'rate-limited'; readonly retryAfterMs: number; readonly reason?: RefusalReason };

/** A refusal under one of our own names, or, with null, under the platform's code. */
export function refusal(reason: RefusalReason | null): Verdict {
  return { code: 'rejected', reason };
}
