import type { StoreRecord } from '../parts.ts';

/** So long after the last sign of life a store is read as fast as it may be. */
const LIVELY_MS = 60_000;
/** And so long after it as seldom as it may be. */
const QUIET_MS = 600_000;

/** How long to wait before the next poll of a store that has been quiet for `quietMs`. */
export function pollWaitMs({ minMs, maxMs }: StoreRecord['live'], quietMs: number): number {
  const share = Math.min(1, Math.max(0, (quietMs - LIVELY_MS) / (QUIET_MS - LIVELY_MS)));
  return Math.round(minMs + (Math.max(minMs, maxMs) - minMs) * share);
}
