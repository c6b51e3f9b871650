import { CodedError, type ErrorCode } from '../../base/errors.ts';
import type { Channel, StoreContext, TokenSet } from '../../channels/channel.ts';
import type { CallFor } from '../parts.ts';
import type { StoredTokens } from './tokens.ts';

/** A token is refreshed this long before it ends, or a fifth of its life if that is shorter, in milliseconds. */
const AHEAD_MS = 5 * 60_000;

/** After the platform refused a refresh it is not asked again for this long, in milliseconds. */
const REFUSED_MS = 10 * 60_000;

/** A well-formed refusal: this refresh token will not be taken later either. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['auth-expired', 'rejected', 'not-found', 'invalid']);

/** Whether a token should be traded before the next call. `now` is the platform's time. */
export function refreshDue(tokens: StoredTokens, now: number): boolean {
  const life = Math.max(0, tokens.accessTokenExpiresAt - tokens.obtainedAt);
  return tokens.accessTokenExpiresAt - now <= Math.min(AHEAD_MS, life / 5);
}

interface RefresherInput {
  readonly now: () => number;
  /** Waits until the store's app may call once more. */
  turn(storeId: number, what: CallFor): Promise<void>;
  /** The tokens as stored now. */
  read(storeId: number): StoredTokens | null;
  /** Stores new tokens; they are used only after it returned. */
  write(storeId: number, tokens: StoredTokens): void;
  /** The platform refused: the person must sign in again. */
  signIn(storeId: number, error: CodedError): void;
}

/** Trades tokens, one at a time a store. */
export interface Refresher {
  /**
   * New tokens in the place of `used`; those another call has brought meanwhile, if there are.
   * Throws `auth-expired` when the platform refuses, else `unreachable` or `rate-limited`: whatever was to be done
   * with the tokens has not begun, so an unclear answer to the refresh itself is never `ambiguous` here.
   */
  refresh(
    storeId: number,
    what: CallFor,
    used: StoredTokens,
    channel: Channel,
    context: StoreContext,
  ): Promise<StoredTokens>;
}

/** Makes the refresher. */
export function createRefresher(input: RefresherInput): Refresher {
  const running = new Map<number, Promise<StoredTokens>>();
  const refused = new Map<number, { readonly token: string; readonly until: number }>();

  const trade = async (
    storeId: number,
    what: CallFor,
    used: StoredTokens,
    channel: Channel,
    context: StoreContext,
  ): Promise<StoredTokens> => {
    const before = refused.get(storeId);
    if (before?.token === used.refreshToken && input.now() < before.until) throw signInNeeded();
    let fresh: TokenSet;
    try {
      fresh = await byTheRightTime(async () => {
        await input.turn(storeId, what);
        return await channel.refreshToken({ ...context, token: used });
      });
    } catch (error) {
      throw onFailure(storeId, used, error);
    }
    const tokens: StoredTokens = { ...fresh, obtainedAt: input.now() };
    input.write(storeId, tokens);
    refused.delete(storeId);
    return tokens;
  };

  const onFailure = (storeId: number, used: StoredTokens, error: unknown): CodedError => {
    if (!(error instanceof CodedError))
      return new CodedError('unreachable', 'The refresh failed', undefined, error);
    if (!REFUSALS.has(error.code) || isClockRefusal(error)) {
      return error.code === 'rate-limited'
        ? error
        : new CodedError('unreachable', error.message, error.details, error);
    }
    refused.set(storeId, { token: used.refreshToken, until: input.now() + REFUSED_MS });
    const signIn = signInNeeded(error);
    input.signIn(storeId, signIn);
    return signIn;
  };

  return {
    refresh: (storeId, what, used, channel, context) => {
      const stored = input.read(storeId);
      if (stored !== null && stored.accessToken !== used.accessToken) return Promise.resolve(stored);
      const known = running.get(storeId);
      if (known !== undefined) return known;
      const started = trade(storeId, what, used, channel, context).finally(() => running.delete(storeId));
      running.set(storeId, started);
      return started;
    },
  };
}

/**
 * Runs `ask`, and once more where it was refused for the time it bore: that very answer named the platform's time, by
 * which the second one goes. A refusal of this kind is well-formed: nothing was done.
 */
async function byTheRightTime<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isClockRefusal(error)) throw error;
    return await ask();
  }
}

function isClockRefusal(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'rejected' && error.details?.reason === 'clock_skew';
}

/** What a call for a store answers while its person has to sign in again. */
export function signInNeeded(cause?: CodedError): CodedError {
  return new CodedError('auth-expired', 'Sign in to this store again', { reason: 'sign-in' }, cause);
}
