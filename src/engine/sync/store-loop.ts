import { backoffMs } from '../../base/backoff.ts';
import { CodedError, toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { StoreState } from '../../contract/models.ts';
import { LONGEST_PLAN_MS } from '../due.ts';
import type { EngineParts } from '../parts.ts';
import type { ListReader } from './list-reader.ts';
import { createPollPlan } from './poll-plan.ts';
import { createReaders } from './readers.ts';
import { createSleeper, type Sleeper } from './sleeper.ts';
import type { Wishes } from './wishes.ts';

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;
/** A store that must be signed in to again is tried seldom: every try spends a refresh. */
const SIGN_IN_RETRY_MS = 300_000;
/** Nobody sleeps longer than an hour; a gate that opens wakes sooner. */
const GATE_SLEEP_MS = 3_600_000;

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
  /** Reads the store up to now, though the gate is closed; rejects with what stood in the way. */
  catchUp(): Promise<void>;
  /** The gate opened or closed: while it is closed nothing is read. */
  gateChanged(): void;
  /** Ends when the engine stops. */
  run(): Promise<void>;
}

type Parts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'stores' | 'gate'>;

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
  const readers = createReaders();
  const asked = createAsked();
  const plan = createPollPlan(clock, () => stores.get(storeId).live, list.isFirstReadDone);
  const report = (): void => stores.report(storeId, list.isFirstReadDone() ? 'online' : 'first-read', null);

  const round = createRound({ list, wishes, plan, asked });

  /** One turn; answers how long to sleep after it, in milliseconds. */
  const turn = async (): Promise<number> => {
    const failReaders = readers.begin();
    try {
      if (failure.count() === 0 && !list.isFirstReadDone()) report();
      const hasMore = await round();
      failure.clear();
      report();
      // Of a first read the rest comes in time; what was asked for while this turn ran has the next one.
      if (!list.isFirstReadDone() || !(hasMore || asked.any())) readers.done();
      return hasMore ? 0 : Math.min(plan.waitMs(), wishes.waitMs());
    } catch (thrown) {
      asked.fail(thrown);
      failReaders(thrown);
      if (signal.aborted) return 0;
      const error = toErrorShape(thrown);
      // The engine is ending and tells the loop in a moment.
      if (error.code === 'closed') return GATE_SLEEP_MS;
      tellFailure(parts, storeId, error);
      // Whatever the interval says: after a failure the list is read again first, pushes may have been missed.
      plan.atOnce();
      const waitMs = failure.waitMs(error);
      // Who asked meanwhile must not wait for as long as the platform wants to be left alone.
      if (failure.pauseMs() > 0) readers.begin()(thrown);
      return waitMs;
    }
  };

  const isClosed = (): boolean => !readers.any() && parts.gate.closedFor(storeId) !== null;

  return {
    gateChanged: sleeper.wake,
    catchUp: async () => {
      failure.checkPause();
      const read = readers.wait();
      void asked.add();
      sleeper.wake();
      await read;
    },
    pollNow: async () => {
      const closed = parts.gate.closedFor(storeId);
      if (closed !== null) throw new CodedError('unreachable', 'Reading pauses', { reason: closed });
      plan.sawLife();
      const answer = asked.add();
      sleeper.wake();
      failure.checkPause();
      await answer;
    },
    lively: () => {
      plan.lively();
      if (failure.count() === 0) sleeper.wake();
    },
    wake: () => {
      if (failure.count() === 0) sleeper.wake();
    },
    run: async () => {
      const tellAll = (error: unknown): void => {
        readers.begin()(error);
        asked.fail(error);
      };
      const turns = { signal, sleeper, turn, isClosed, pauseMs: failure.pauseMs };
      await repeat(turns, (error) => {
        parts.log.error('store-loop', { storeId, error: toErrorShape(error) });
        tellAll(error);
      });
      tellAll(new CodedError('closed', 'The engine is ending'));
    },
  };
}

interface RoundNeeds {
  readonly list: ListReader;
  readonly wishes: Wishes;
  readonly plan: ReturnType<typeof createPollPlan>;
  readonly asked: ReturnType<typeof createAsked>;
}

/** Reads what is due; true when there is more to do at once. */
function createRound({ list, wishes, plan, asked }: RoundNeeds): () => Promise<boolean> {
  return async () => {
    if (list.hasBegun() && (asked.any() || plan.isDue())) {
      const answer = asked.take();
      if (await list.poll()) plan.sawLife();
      answer();
      plan.next();
    }
    if ((await wishes.work()) > 0) return true;
    if (list.isFirstReadDone()) return false;
    if (await list.firstReadPage()) return true;
    list.finishFirstRead();
    plan.next();
    return false;
  };
}

/** A state that can't be written down (a full disk) must not end the reading: it is told again after the next turn. */
function tellFailure({ stores, log }: Parts, storeId: number, error: ErrorShape): void {
  if (stateOf(error) === 'error') log.error('store-read', { storeId, error });
  try {
    stores.report(storeId, stateOf(error), error);
  } catch (thrown) {
    log.error('store-state', { storeId, error: toErrorShape(thrown) });
  }
}

interface Turns {
  readonly signal: AbortSignal;
  readonly sleeper: Sleeper;
  turn(): Promise<number>;
  isClosed(): boolean;
  pauseMs(): number;
}

/**
 * Turn after turn until the engine stops; `onFault` hears what nobody foresaw: a store that is never read again would be
 * worse.
 */
async function repeat(turns: Turns, onFault: (error: unknown) => void): Promise<void> {
  const { signal, sleeper } = turns;
  while (!signal.aborted) {
    try {
      await takeTurns(turns);
    } catch (error) {
      onFault(error);
      await sleeper.sleep(LONGEST_BACKOFF_MS);
    }
  }
}

async function takeTurns({ signal, sleeper, turn, isClosed, pauseMs }: Turns): Promise<void> {
  while (!signal.aborted) {
    sleeper.settle();
    if (isClosed()) {
      await sleeper.sleep(GATE_SLEEP_MS);
      continue;
    }
    const waitMs = await turn();
    if (waitMs > 0) await sleeper.sleep(waitMs);
    // A platform's request to slow down outlasts every wish to read at once.
    while (!signal.aborted && pauseMs() > 0) {
      sleeper.settle();
      await sleeper.sleep(pauseMs());
    }
  }
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
  let plannedMs = 0;
  /** More than was planned is left when the computer's clock was set back since: then the wait begins anew. */
  const leftMs = (): number => {
    const now = clock.now();
    notBefore = Math.min(notBefore, now + plannedMs);
    return notBefore - now;
  };
  return {
    count: () => count,
    clear: () => {
      count = 0;
    },
    pauseMs: leftMs,
    /** Throws while the platform wants to be left alone. */
    checkPause: (): void => {
      const retryAfterMs = leftMs();
      if (retryAfterMs <= 0) return;
      throw new CodedError('rate-limited', 'The platform asks us to slow down', { retryAfterMs });
    },
    waitMs: (error: ErrorShape): number => {
      count += 1;
      const backoff = backoffMs(count, FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS, random);
      if (error.code === 'auth-expired') return SIGN_IN_RETRY_MS;
      if (error.code !== 'rate-limited') return backoff;
      const waitMs = Math.min(LONGEST_PLAN_MS, Math.max(backoff, error.details?.retryAfterMs ?? 0));
      plannedMs = waitMs;
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
