import { backoffMs } from '../../base/backoff.ts';
import type { Clock } from '../../base/time.ts';

const FIRST_MS = 5_000;
const LONGEST_MS = 900_000;

/** Remembers what could not be read, and when to try it again. */
export interface Retries {
  fail(key: number | string): void;
  clear(key: number | string): void;
  isDue(key: number | string): boolean;
  /** Until the next one is due; infinite when there is none. */
  waitMs(): number;
  size(): number;
}

export function createRetries(clock: Clock, random: () => number): Retries {
  const failed = new Map<number | string, { readonly attempts: number; readonly at: number }>();
  return {
    fail: (key) => {
      const attempts = (failed.get(key)?.attempts ?? 0) + 1;
      failed.set(key, { attempts, at: clock.now() + backoffMs(attempts, FIRST_MS, LONGEST_MS, random) });
    },
    clear: (key) => void failed.delete(key),
    isDue: (key) => (failed.get(key)?.at ?? 0) <= clock.now(),
    waitMs: () => Math.min(...[...failed.values()].map(({ at }) => Math.max(0, at - clock.now()))),
    size: () => failed.size,
  };
}
