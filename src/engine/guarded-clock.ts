import type { Clock } from '../base/time.ts';
import type { Log } from './parts.ts';

/**
 * A clock whose tasks can't end the process: what one throws (a full disk) is logged, and the engine goes on. Whoever
 * has to go on after such a failure plans that before it throws.
 */
export function guardedClock(clock: Clock, log: Pick<Log, 'error'>): Clock {
  return {
    now: () => clock.now(),
    after: (ms, task) =>
      clock.after(ms, () => {
        try {
          task();
        } catch (error) {
          log.error('timer-failed', { error });
        }
      }),
  };
}
