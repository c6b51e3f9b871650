/** Rows that Page Up and Page Down leap over. */
const PAGE = 10;

/** Which row a key leads to from row `at` of so many; null when it is no key for moving about. */
export function stepTo(key: string, at: number, count: number): number | null {
  const steps = new Map([
    ['ArrowDown', at + 1],
    ['ArrowUp', at - 1],
    ['PageDown', at + PAGE],
    ['PageUp', at - PAGE],
    ['Home', 0],
    ['End', count - 1],
  ]);
  const wanted = steps.get(key);
  return wanted === undefined ? null : Math.min(count - 1, Math.max(0, wanted));
}
