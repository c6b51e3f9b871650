import type { Clock } from '../../base/time.ts';

const AT_ONCE = 6;
/** So many wishes wait at most; older ones are wished for again when they are next shown. */
const MAX_WAITING = 500;

/** Does what was wished for last first, a few at a time. */
export interface FetchQueue {
  /** After `waitMs`, if that is above 0. A wish that runs or waits for its time already is left alone. */
  want(id: number, waitMs: number): void;
  stop(): void;
}

/** `work` never rejects; it answers after how many milliseconds it is to be done again, or null. */
export function createFetchQueue(clock: Clock, work: (id: number) => Promise<number | null>): FetchQueue {
  /** The newest wish last. */
  const wanted = new Set<number>();
  const running = new Set<number>();
  const timers = new Map<number, () => void>();
  let stopped = false;

  const run = async (id: number): Promise<void> => {
    running.add(id);
    const againMs = await work(id);
    running.delete(id);
    if (againMs !== null) want(id, againMs);
    pump();
  };
  const pump = (): void => {
    while (!stopped && running.size < AT_ONCE) {
      const id = [...wanted].at(-1);
      if (id === undefined) return;
      wanted.delete(id);
      void run(id);
    }
  };

  const want = (id: number, waitMs: number): void => {
    if (stopped || running.has(id) || timers.has(id)) return;
    if (waitMs > 0) {
      const cancel = clock.after(waitMs, () => {
        timers.delete(id);
        want(id, 0);
      });
      timers.set(id, cancel);
      return;
    }
    wanted.delete(id);
    wanted.add(id);
    const [oldest] = wanted;
    if (wanted.size > MAX_WAITING && oldest !== undefined) wanted.delete(oldest);
    pump();
  };

  return {
    want,
    stop: () => {
      stopped = true;
      wanted.clear();
      for (const cancel of timers.values()) cancel();
    },
  };
}
