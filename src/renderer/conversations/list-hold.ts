import type { Clock } from '../../base/time.ts';

/** Why the rows must not change places: someone points at them, walks through them by key, or is elsewhere. */
export type HoldReason = 'pointer' | 'key' | 'away';

/** How long after the last reason is gone the rows still stay, in milliseconds. */
export const calmMs = 500;

/** Keeps the rows of a list in their places while there is a reason to. */
export interface ListHold {
  isHeld(): boolean;
  hold(reason: HoldReason): void;
  /** The reason is gone; the rows are let go `afterMs` later, unless there is another one by then. */
  letGo(reason: HoldReason, afterMs?: number): void;
}

/** `onFree` is called when the rows may move again. */
export function createListHold(clock: Pick<Clock, 'after'>, onFree: () => void): ListHold {
  const reasons = new Set<HoldReason>();
  let cancel: (() => void) | null = null;
  const stay = (): void => {
    cancel?.();
    cancel = null;
  };
  return {
    isHeld: () => reasons.size > 0 || cancel !== null,
    hold(reason) {
      stay();
      reasons.add(reason);
    },
    letGo(reason, afterMs = calmMs) {
      if (!reasons.delete(reason) || reasons.size > 0) return;
      stay();
      cancel = clock.after(afterMs, () => {
        cancel = null;
        onFree();
      });
    },
  };
}
