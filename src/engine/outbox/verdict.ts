import { backoffMs } from '../../base/backoff.ts';
import type { ErrorShape } from '../../base/errors.ts';
import { LONGEST_PLAN_MS } from '../due.ts';
import { isProxyTrouble } from '../net/proxy-trouble.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** No attempt waits longer of itself: what a platform asks beyond that is a pause of its store. */
export const LONGEST_REPEAT_MS = 1.2 * LONGEST_WAIT_MS;

/** What only a person, or time, can mend is looked at as often as before a fourth attempt: about every 8 s. */
const PATIENT_ATTEMPT = 4;

/** What becomes of a message after an attempt that ended in an error. */
export type Verdict =
  | {
      readonly kind: 'retry';
      readonly waitMs: number;
      /** The message was not tried at all: it waits for something else, for as long as that takes. */
      readonly isUncounted?: true;
    }
  | { readonly kind: 'failed' }
  /** It may have arrived: the conversation is read back. */
  | { readonly kind: 'checking' };

/** An attempt that ended. */
export interface EndedAttempt {
  /** The channel was asked to send; before that, nothing can have left, whatever the error. */
  readonly wasWritten: boolean;
  /** Attempts so far, with this one. */
  readonly attempts: number;
  /** After so many that surely sent nothing a person is asked. */
  readonly limit: number;
}

/** Only an error that says "not sent" may be followed by another attempt. */
export function verdictOf(error: ErrorShape, ended: EndedAttempt, random: () => number): Verdict {
  switch (error.code) {
    case 'rejected':
      // The answer to a wrong clock names the right time: the next attempt goes by that.
      return error.details?.reason === 'clock_skew' ? again(ended, random, 0) : { kind: 'failed' };
    case 'auth-expired':
      // Nothing of the message was refused: it waits until its store is signed in again.
      return {
        kind: 'retry',
        waitMs: repeatMs(PATIENT_ATTEMPT, random),
        isUncounted: true,
      };
    case 'not-found':
    case 'invalid':
      return { kind: 'failed' };
    case 'rate-limited':
      return again(ended, random, Math.min(LONGEST_PLAN_MS, error.details?.retryAfterMs ?? 0));
    case 'unreachable':
      // However long a proxy is dead: it waits for it.
      if (isProxyTrouble(error))
        return { kind: 'retry', waitMs: repeatMs(PATIENT_ATTEMPT, random), isUncounted: true };
      return again(ended, random, 0);
    case 'closed':
      // It waited for its turn when the engine ended: the next one looks at it anew.
      if (!ended.wasWritten) return { kind: 'retry', waitMs: repeatMs(1, random), isUncounted: true };
      return { kind: 'checking' };
    case 'ambiguous':
    case 'conflict':
    case 'timed-out':
    case 'internal':
      return ended.wasWritten ? { kind: 'checking' } : again(ended, random, 0);
  }
}

/** After an attempt that surely sent nothing: another one, later and later, up to the limit. */
export function again(
  { attempts, limit }: Pick<EndedAttempt, 'attempts' | 'limit'>,
  random: () => number,
  atLeastMs: number,
): Extract<Verdict, { kind: 'retry' | 'failed' }> {
  if (attempts >= limit) return { kind: 'failed' };
  return { kind: 'retry', waitMs: Math.max(atLeastMs, repeatMs(attempts, random)) };
}

/** How long to wait before something is tried for the time after `attempts`. */
export function repeatMs(attempts: number, random: () => number): number {
  return backoffMs(attempts, FIRST_WAIT_MS, LONGEST_WAIT_MS, random);
}
