import type { Clock } from '../../base/time.ts';
import type { Prober } from './prober.ts';

/** Nothing answered for so long after the first failure: it is not one store, it is the network. Milliseconds. */
const LOSS_MS = 1_800;

interface Case {
  readonly failed: Set<number>;
  readonly cancel: () => void;
}

/**
 * Tells a store that can't be reached from a network that is gone: when a store fails, some others are asked at once,
 * and one answer to anything asked since settles it.
 */
export interface Suspicion {
  /** A store's request failed for want of an answer. */
  failed(storeId: number): void;
  /** Somebody says that the network is gone: asks, and believes only what comes of it. */
  hint(): void;
  /** Something that was asked after `turn` stood at `askedAt` was answered. */
  answered(storeId: number, askedAt: number): void;
  /** Moves on with every suspicion. */
  turn(): number;
  /** Forgets what it suspects, and which stores alone can't be reached. */
  reset(): void;
}

/** `onLost` is called when nobody answers. */
export function createSuspicion(
  clock: Pick<Clock, 'after'>,
  prober: Pick<Prober, 'sample' | 'probe'>,
  onLost: () => void,
): Suspicion {
  let current: Case | null = null;
  let turn = 0;
  /** Stores that can't be reached while others can: that they fail again says nothing new. */
  const down = new Set<number>();

  const settle = (which: Case): boolean => {
    if (current !== which) return false;
    which.cancel();
    current = null;
    return true;
  };
  const begin = (failed: readonly number[]): void => {
    const asked = prober.sample(failed[0] ?? null, (storeId) => down.has(storeId));
    if (asked.length === 0) return;
    turn += 1;
    const lost = (): void => {
      if (settle(mine)) onLost();
    };
    const mine: Case = { failed: new Set(failed), cancel: clock.after(LOSS_MS, lost) };
    current = mine;
    void Promise.all(asked.map((storeId) => prober.probe(storeId))).then(lost);
  };

  return {
    turn: () => turn,
    failed: (storeId) => {
      if (current !== null) current.failed.add(storeId);
      else if (!down.has(storeId)) begin([storeId]);
    },
    hint: () => {
      if (current === null) begin([]);
    },
    answered: (storeId, askedAt) => {
      down.delete(storeId);
      if (current === null || askedAt < turn) return;
      const { failed } = current;
      settle(current);
      for (const each of failed) if (each !== storeId) down.add(each);
    },
    reset: () => {
      if (current !== null) settle(current);
      down.clear();
    },
  };
}
