/**
 * How long to wait before attempt `attempt` (1 is the first repeat): doubling from `firstMs` to `maxMs`,
 * spread by up to a fifth either way so that many stores don't call in step. `random` gives [0, 1).
 */
export function backoffMs(attempt: number, firstMs: number, maxMs: number, random: () => number): number {
  const base = Math.min(maxMs, firstMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(base * (0.8 + 0.4 * random()));
}
