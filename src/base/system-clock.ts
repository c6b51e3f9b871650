import type { Clock } from './time.ts';

// This layer's compiler knows neither Node nor the page; both have these two.
declare function setTimeout(task: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;

/** The computer's own clock and timers. Composition roots hand it on; everything else is given a `Clock`. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
