import type { Clock } from '../../base/time.ts';
import type { StoreRecord } from '../parts.ts';
import { pollWaitMs } from './pacing.ts';

/** When a store's list is read next. */
export interface PollPlan {
  isDue(): boolean;
  /** Milliseconds until then; infinite for a store that pushes. */
  waitMs(): number;
  /** After a read. */
  next(): void;
  /** Whatever the interval says. */
  atOnce(): void;
  /** Something happens in this store: it is read at its fastest. */
  lively(): void;
  /** A sign of life was found by reading. */
  sawLife(): void;
}

export function createPollPlan(
  clock: Pick<Clock, 'now'>,
  live: () => StoreRecord['live'],
  isFirstReadDone: () => boolean,
): PollPlan {
  let pollAt = 0;
  let livelyAt = clock.now();
  const nextAt = (): number =>
    live().mode === 'push' && isFirstReadDone()
      ? Number.POSITIVE_INFINITY
      : clock.now() + pollWaitMs(live(), clock.now() - livelyAt);
  const sawLife = (): void => {
    livelyAt = clock.now();
  };

  return {
    sawLife,
    waitMs: () => pollAt - clock.now(),
    isDue: () => {
      const { minMs, maxMs } = live();
      const waitMs = pollAt - clock.now();
      // No poll is planned so far ahead: the computer's clock was set back.
      const isOff = Number.isFinite(waitMs) && waitMs > Math.max(minMs, maxMs);
      return waitMs <= 0 || isOff;
    },
    next: () => {
      pollAt = nextAt();
    },
    atOnce: () => {
      pollAt = 0;
    },
    lively: () => {
      sawLife();
      pollAt = Math.min(pollAt, nextAt());
    },
  };
}
