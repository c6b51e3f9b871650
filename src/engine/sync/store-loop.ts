import { backoffMs } from '../../base/backoff.ts';
import { CodedError, toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { StoreState } from '../../contract/models.ts';
import type { EngineParts } from '../parts.ts';
import { pollWaitMs } from './pacing.ts';
import type { StoreReader } from './reader.ts';
import { createRetries } from './retries.ts';

/** Conversations read between two looks at the list. */
const READS_PER_ROUND = 10;
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;
/** A store that must be signed in to again is tried seldom: every try spends a refresh. */
const SIGN_IN_RETRY_MS = 300_000;
/** Timers can't count further than 2^31 milliseconds. */
const LONGEST_SLEEP_MS = 3_600_000;

/** Keeps one store up to date, one request at a time. */
export interface StoreLoop {
  /** Polls at the next turn, without waiting for the interval or a backoff. */
  pollNow(): void;
  /** Something happens in this store: it is read at its fastest. */
  lively(): void;
  /** A conversation (by the platform's id) that must be fetched anew. */
  look(remoteId: string): void;
  /** A conversation a person opened before it was first read: it goes first. */
  readSoon(conversationId: number): void;
  /** Ends when the engine stops. */
  run(): Promise<void>;
}

type Parts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'stores'>;

export function createStoreLoop(
  parts: Parts,
  storeId: number,
  reader: StoreReader,
  signal: AbortSignal,
): StoreLoop {
  const { clock, stores } = parts;
  const log = parts.log.scope('sync');
  const looks = new Set<string>();
  const soon = new Set<number>();
  const retries = createRetries(clock, parts.random);
  let pollAt = 0;
  let pollWanted = false;
  let woken = false;
  let livelyAt = clock.now();
  let failures = 0;
  let notBefore = 0;
  let wakeUp = (): void => {};

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted || woken) return resolve();
      const cancel = clock.after(Math.min(ms, LONGEST_SLEEP_MS), resolve);
      wakeUp = () => {
        cancel();
        resolve();
      };
    });
  const wake = (): void => {
    woken = true;
    wakeUp();
  };

  /** One conversation or address that can't be read must not stop the store. */
  const guarded = async (key: number | string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      retries.clear(key);
    } catch (error) {
      if (signal.aborted || stopsStore(error)) throw error;
      retries.fail(key);
      log.warn('unreadable-conversation', { storeId, conversation: key, error: toErrorShape(error) });
    }
  };

  const nextPollAt = (): number => {
    const { live } = stores.get(storeId);
    if (live.mode === 'push' && reader.isFirstReadDone) return Number.POSITIVE_INFINITY;
    return clock.now() + pollWaitMs(live, clock.now() - livelyAt);
  };

  /** True when there is more to do at once. */
  const round = async (): Promise<boolean> => {
    if (reader.hasBegun && (pollWanted || clock.now() >= pollAt)) {
      pollWanted = false;
      if (await reader.poll()) livelyAt = clock.now();
      pollAt = nextPollAt();
    }
    for (const remoteId of [...looks].filter((id) => retries.isDue(id))) {
      await guarded(remoteId, async () => {
        await reader.look(remoteId);
        looks.delete(remoteId);
      });
    }
    const first = [...soon];
    soon.clear();
    const behind = reader.behind(READS_PER_ROUND + retries.size).filter((id) => retries.isDue(id));
    const reads = [...new Set([...first, ...behind])].slice(0, READS_PER_ROUND + first.length);
    for (const conversationId of reads) {
      if (signal.aborted) return false;
      await guarded(conversationId, () => reader.read(conversationId));
    }
    if (reads.length > 0) return true;
    if (reader.isFirstReadDone) return false;
    if (await reader.firstReadPage()) return true;
    reader.finishFirstRead();
    pollAt = nextPollAt();
    return false;
  };

  const report = (state: StoreState, error: ErrorShape | null): void => stores.report(storeId, state, error);

  const turn = async (): Promise<number> => {
    if (!reader.isFirstReadDone && failures === 0) report('first-read', null);
    const hasMore = await round();
    failures = 0;
    if (reader.isFirstReadDone) report('online', null);
    else report('first-read', null);
    return hasMore ? 0 : Math.min(pollAt - clock.now(), retries.waitMs());
  };

  const fail = (thrown: unknown): number => {
    failures += 1;
    const error = toErrorShape(thrown);
    const state = stateOf(error);
    if (state === 'error') log.error('store-read', { storeId, error });
    report(state, error);
    // Whatever the interval says: after a failure the list is read again first, pushes may have been missed.
    pollAt = 0;
    const backoff = backoffMs(failures, FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS, parts.random);
    if (state === 'sign-in') return SIGN_IN_RETRY_MS;
    if (state !== 'limited') return backoff;
    const waitMs = Math.max(backoff, error.details?.retryAfterMs ?? 0);
    notBefore = clock.now() + waitMs;
    return waitMs;
  };

  return {
    pollNow: () => {
      pollWanted = true;
      livelyAt = clock.now();
      wake();
    },
    lively: () => {
      livelyAt = clock.now();
      pollAt = Math.min(pollAt, nextPollAt());
      if (failures === 0) wake();
    },
    look: (remoteId) => {
      looks.add(remoteId);
      livelyAt = clock.now();
      if (failures === 0) wake();
    },
    readSoon: (conversationId) => {
      soon.add(conversationId);
      if (failures === 0) wake();
    },
    run: async () => {
      const stop = (): void => wake();
      signal.addEventListener('abort', stop);
      while (!signal.aborted) {
        let waitMs: number;
        woken = false;
        try {
          waitMs = await turn();
        } catch (error) {
          if (signal.aborted) break;
          waitMs = fail(error);
        }
        if (waitMs > 0) await sleep(waitMs);
        // A platform's request to slow down outlasts every wish to read at once.
        while (!signal.aborted && notBefore > clock.now()) {
          woken = false;
          await sleep(notBefore - clock.now());
        }
      }
      signal.removeEventListener('abort', stop);
    },
  };
}

function stopsStore(error: unknown): boolean {
  return error instanceof CodedError && ['unreachable', 'rate-limited', 'auth-expired'].includes(error.code);
}

function stateOf(error: ErrorShape): StoreState {
  if (error.code === 'unreachable') return 'unreachable';
  if (error.code === 'rate-limited') return 'limited';
  if (error.code === 'auth-expired') return 'sign-in';
  return 'error';
}
