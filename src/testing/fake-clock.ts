import type { Clock } from '../base/time.ts';

/** A clock that stands still until it is moved. Whatever falls due on the way runs in order. */
export interface FakeClock extends Clock {
  /** Moves on by `ms`, letting promises settle before and after every timer. */
  advance(ms: number): Promise<void>;
  /** Moves on by `ms` before anything else can run. */
  advanceAtOnce(ms: number): void;
  /** As when the computer's time is corrected: timers that wait don't notice. */
  setBack(ms: number): void;
  /** Timers that wait. */
  readonly waiting: number;
}

/** Makes a clock that shows `startMs`, UTC milliseconds; 2026-01-05 08:00 unless told otherwise. */
export function fakeClock(startMs = Date.UTC(2026, 0, 5, 8)): FakeClock {
  let now = startMs;
  let timers: { at: number; readonly task: () => void }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  /** Runs the first timer due until `end`; false if there is none. */
  const runNext = (end: number): boolean => {
    const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
    if (next === undefined) return false;
    timers = timers.filter((timer) => timer !== next);
    now = Math.max(now, next.at);
    next.task();
    return true;
  };
  return {
    now: () => now,
    after: (ms, task) => {
      const timer = { at: now + Math.max(0, ms), task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    setBack: (ms) => {
      now -= ms;
      for (const timer of timers) timer.at -= ms;
    },
    get waiting() {
      return timers.length;
    },
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      while (runNext(end)) await settle();
      now = end;
    },
    advanceAtOnce: (ms) => {
      const end = now + ms;
      while (runNext(end));
      now = end;
    },
  };
}
