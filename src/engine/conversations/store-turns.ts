import type { Clock } from '../../base/time.ts';

/** Work done one at a time a store, with a rest after each. */
export interface StoreTurns {
  /** `work` never rejects; it answers how long the store is then left alone, in milliseconds. */
  run(storeId: number, work: () => Promise<number>): void;
  /** What has not begun never does. */
  stop(): void;
}

export function createStoreTurns(clock: Clock): StoreTurns {
  const turns = new Map<number, Promise<void>>();
  const rests = new Set<() => void>();
  let stopped = false;

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(ms, () => {
        rests.delete(cancel);
        resolve();
      });
      rests.add(cancel);
    });
  const turn = async (before: Promise<void> | undefined, work: () => Promise<number>): Promise<void> => {
    await before;
    if (stopped) return;
    const restMs = await work();
    if (!stopped) await rest(restMs);
  };

  return {
    run: (storeId, work) => void turns.set(storeId, turn(turns.get(storeId), work)),
    stop: () => {
      stopped = true;
      for (const cancel of rests) cancel();
    },
  };
}
