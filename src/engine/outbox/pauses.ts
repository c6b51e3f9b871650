import type { Clock } from '../../base/time.ts';

/** Stores that asked to be left alone. Measured by timers alone: the computer's clock may be set back meanwhile. */
export interface Pauses {
  /** Leaves the store alone for `ms`. */
  add(storeId: number, ms: number): void;
  /** Whether it is left alone now; at the end of that the conversation's turn comes. */
  holds(storeId: number, conversationId: number): boolean;
  stop(): void;
}

interface Pause {
  open: number;
  readonly waiting: Set<number>;
}

/** `wake` is called for each conversation that waited. */
export function createPauses(clock: Clock, wake: (conversationId: number) => void): Pauses {
  const byStore = new Map<number, Pause>();
  const timers = new Set<() => void>();

  const end = (storeId: number, pause: Pause): void => {
    pause.open -= 1;
    if (pause.open > 0) return;
    byStore.delete(storeId);
    for (const conversationId of pause.waiting) wake(conversationId);
  };
  return {
    add: (storeId, ms) => {
      const pause = byStore.get(storeId) ?? { open: 0, waiting: new Set() };
      byStore.set(storeId, pause);
      pause.open += 1;
      const cancel = clock.after(ms, () => {
        timers.delete(cancel);
        end(storeId, pause);
      });
      timers.add(cancel);
    },
    holds: (storeId, conversationId) => {
      const pause = byStore.get(storeId);
      pause?.waiting.add(conversationId);
      return pause !== undefined;
    },
    stop: () => {
      for (const cancel of timers) cancel();
    },
  };
}
