import type { Clock } from '../base/time.ts';

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /** Moves on by `ms`, running on the way, in order, whatever is due. */
  advance(ms: number): void;
}

/** Makes a clock that shows `startMs`, UTC milliseconds. */
export function fakeClock(startMs: number): FakeClock {
  let now = startMs;
  let waiting: { readonly at: number; readonly task: () => void }[] = [];
  return {
    now: () => now,
    after(ms, task) {
      const entry = { at: now + Math.max(0, ms), task };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((one) => one !== entry);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        waiting = waiting.filter((one) => one !== due);
        now = Math.max(now, due.at);
        due.task();
      }
      now = end;
    },
  };
}
