import type { Clock } from '../../base/time.ts';

/** Timers can't count further than 2^31 milliseconds. */
const LONGEST_SLEEP_MS = 3_600_000;

/** Sleeping that can be cut short; a wake while nobody sleeps ends the next sleep at once. */
export interface Sleeper {
  sleep(ms: number): Promise<void>;
  wake(): void;
  /** What woke it before no longer counts. */
  settle(): void;
}

export function createSleeper(clock: Clock, signal: AbortSignal): Sleeper {
  let woken = false;
  let end = (): void => {};
  const wake = (): void => {
    woken = true;
    end();
  };
  signal.addEventListener('abort', wake, { once: true });
  return {
    wake,
    settle: () => {
      woken = false;
    },
    sleep: (ms) =>
      new Promise((resolve) => {
        if (signal.aborted || woken) {
          resolve();
          return;
        }
        const cancel = clock.after(Math.min(ms, LONGEST_SLEEP_MS), resolve);
        end = () => {
          cancel();
          resolve();
        };
      }),
  };
}
