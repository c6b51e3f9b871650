import { backoffMs } from '../../base/backoff.ts';
import { CodedError, toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { StoreState } from '../../contract/models.ts';
import { LONGEST_PLAN_MS, waitUntil } from '../due.ts';
import type { EngineParts } from '../parts.ts';
import type { ListReader } from './list-reader.ts';
import { pollWaitMs } from './pacing.ts';
import { createSleeper } from './sleeper.ts';
import type { Wishes } from './wishes.ts';

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;
/** A store that must be signed in to again is tried seldom: every try spends a refresh. */
const SIGN_IN_RETRY_MS = 300_000;

/** Keeps one store up to date, one request at a time. */
export interface StoreLoop {
  /**
   * Polls at the next turn, without waiting for the interval or a backoff. Answers once it was read; throws what came
   * in between, and at once while the platform wants to be left alone.
   */
  pollNow(): Promise<void>;
  /** Something happens in this store: it is read at its fastest. */
  lively(): void;
  /** There are new wishes. */
  wake(): void;
  /** Ends when the engine stops. */
  run(): Promise<void>;
}

type Parts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'stores'>;

interface Needs {
  readonly storeId: number;
  readonly list: ListReader;
  readonly wishes: Wishes;
  readonly signal: AbortSignal;
}

export function createStoreLoop(parts: Parts, { storeId, list, wishes, signal }: Needs): StoreLoop {
  const { clock, stores } = parts;
  const sleeper = createSleeper(clock, signal);
  const failure = createFailures(parts);
  const asked = createAsked();
  let pollAt = 0;
  let livelyAt = clock.now();

  const nextPollAt = (): number => {
    const { live } = stores.get(storeId);
    if (live.mode === 'push' && list.isFirstReadDone()) return Number.POSITIVE_INFINITY;
    return clock.now() + pollWaitMs(live, clock.now() - livelyAt);
  };
  const isPollDue = (): boolean => {
    const { live } = stores.get(storeId);
    const waitMs = pollAt - clock.now();
    // No poll is planned so far ahead: the computer's clock was set back.
    const isOff = Number.isFinite(waitMs) && waitMs > Math.max(live.minMs, live.maxMs);
    return waitMs <= 0 || isOff;
  };
  const report = (): void => stores.report(storeId, list.isFirstReadDone() ? 'online' : 'first-read', null);

  /** True when there is more to do at once. */
  const round = async (): Promise<boolean> => {
    if (list.hasBegun() && (asked.any() || isPollDue())) {
      const answer = asked.take();
      if (await list.poll()) livelyAt = clock.now();
      answer();
      pollAt = nextPollAt();
    }
    if ((await wishes.work()) > 0) return true;
    if (list.isFirstReadDone()) return false;
    if (await list.firstReadPage()) return true;
    list.finishFirstRead();
    pollAt = nextPollAt();
    return false;
  };

  /** One turn; answers how long to sleep after it, in milliseconds. */
  const turn = async (): Promise<number> => {
    try {
      if (failure.count() === 0 && !list.isFirstReadDone()) report();
      const hasMore = await round();
      failure.clear();
      report();
      return hasMore ? 0 : Math.min(pollAt - clock.now(), wishes.waitMs());
    } catch (thrown) {
      asked.fail(thrown);
      if (signal.aborted) return 0;
      const error = toErrorShape(thrown);
      stores.report(storeId, stateOf(error), error);
      if (stateOf(error) === 'error') parts.log.error('store-read', { storeId, error });
      // Whatever the interval says: after a failure the list is read again first, pushes may have been missed.
      pollAt = 0;
      return failure.waitMs(error);
    }
  };

  return {
    pollNow: async () => {
      livelyAt = clock.now();
      const answer = asked.add();
      sleeper.wake();
      failure.checkPause();
      await answer;
    },
    lively: () => {
      livelyAt = clock.now();
      pollAt = Math.min(pollAt, nextPollAt());
      if (failure.count() === 0) sleeper.wake();
    },
    wake: () => {
      if (failure.count() === 0) sleeper.wake();
    },
    run: async () => {
      while (!signal.aborted) {
        sleeper.settle();
        const waitMs = await turn();
        if (waitMs > 0) await sleeper.sleep(waitMs);
        // A platform's request to slow down outlasts every wish to read at once.
        while (!signal.aborted && failure.pauseMs() > 0) {
          sleeper.settle();
          await sleeper.sleep(failure.pauseMs());
        }
      }
      asked.fail(new CodedError('closed', 'The engine is ending'));
    },
  };
}

/** Who asked for a poll: told once a poll that began after they asked is over. */
function createAsked() {
  interface Asker {
    readonly promise: Promise<void>;
    readonly resolve: () => void;
    readonly reject: (reason: unknown) => void;
  }
  const waiting = new Set<Asker>();
  return {
    any: () => waiting.size > 0,
    add: (): Promise<void> => {
      const asker = Promise.withResolvers<void>();
      // Whoever asked may have gone away; then nobody hears of a failure, and the store's state says it.
      asker.promise.catch(() => {});
      waiting.add(asker);
      return asker.promise;
    },
    /** For those who have asked by now. */
    take: () => {
      const taken = [...waiting];
      return (): void => {
        for (const asker of taken) if (waiting.delete(asker)) asker.resolve();
      };
    },
    fail: (reason: unknown): void => {
      for (const asker of waiting) asker.reject(reason);
      waiting.clear();
    },
  };
}

/** Counts failures in a row, and how long to leave the platform alone after them. */
function createFailures({ clock, random }: Parts) {
  let count = 0;
  let notBefore = 0;
  return {
    count: () => count,
    clear: () => {
      count = 0;
    },
    pauseMs: () => waitUntil(notBefore, clock.now()),
    /** Throws while the platform wants to be left alone. */
    checkPause: (): void => {
      const retryAfterMs = waitUntil(notBefore, clock.now());
      if (retryAfterMs <= 0) return;
      throw new CodedError('rate-limited', 'The platform asks us to slow down', { retryAfterMs });
    },
    waitMs: (error: ErrorShape): number => {
      count += 1;
      const backoff = backoffMs(count, FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS, random);
      if (error.code === 'auth-expired') return SIGN_IN_RETRY_MS;
      if (error.code !== 'rate-limited') return backoff;
      const waitMs = Math.min(LONGEST_PLAN_MS, Math.max(backoff, error.details?.retryAfterMs ?? 0));
      notBefore = clock.now() + waitMs;
      return waitMs;
    },
  };
}

function stateOf(error: ErrorShape): StoreState {
  if (error.code === 'unreachable') return 'unreachable';
  if (error.code === 'rate-limited') return 'limited';
  if (error.code === 'auth-expired') return 'sign-in';
  return 'error';
}
