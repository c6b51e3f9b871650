import { backoffMs } from '../../base/backoff.ts';
import type { ErrorShape } from '../../base/errors.ts';
import { LONGEST_PLAN_MS } from '../due.ts';

/** After this many attempts that surely sent nothing (about a quarter of an hour) a person is asked. */
export const MAX_ATTEMPTS = 20;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** What becomes of a message after an attempt that ended in an error. */
export type Verdict =
  | { readonly kind: 'retry'; readonly waitMs: number }
  | { readonly kind: 'failed' }
  | { readonly kind: 'unconfirmed' };

/**
 * Only an error that says "not sent" may be followed by another attempt. `wasWritten`: the channel was asked to send;
 * before that, nothing can have left, whatever the error.
 */
export function verdictOf(
  error: ErrorShape,
  wasWritten: boolean,
  attempts: number,
  random: () => number,
): Verdict {
  switch (error.code) {
    case 'auth-expired':
    case 'rejected':
    case 'not-found':
    case 'invalid':
      return { kind: 'failed' };
    case 'rate-limited':
      return again(attempts, random, Math.min(LONGEST_PLAN_MS, error.details?.retryAfterMs ?? 0));
    case 'unreachable':
      return again(attempts, random, 0);
    case 'ambiguous':
    case 'conflict':
    case 'closed':
    case 'timed-out':
    case 'internal':
      return wasWritten ? { kind: 'unconfirmed' } : again(attempts, random, 0);
  }
}

function again(attempts: number, random: () => number, atLeastMs: number): Verdict {
  if (attempts >= MAX_ATTEMPTS) return { kind: 'failed' };
  const waitMs = Math.max(atLeastMs, backoffMs(attempts, FIRST_WAIT_MS, LONGEST_WAIT_MS, random));
  return { kind: 'retry', waitMs };
}
