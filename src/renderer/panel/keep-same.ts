/** Deep equality of plain JSON values. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  const left = new Map<string, unknown>(Object.entries(one));
  const right = new Map<string, unknown>(Object.entries(other));
  return keys.every((key) => right.has(key) && sameJson(left.get(key), right.get(key)));
}

/**
 * The next rows, with the previous object wherever nothing in it changed, so that only changed rows are drawn again.
 * Answers the previous array itself when nothing changed at all.
 */
export function keepSame<T extends { readonly id: number }>(
  previous: readonly T[],
  next: readonly T[],
): readonly T[] {
  return keepSameBy(({ id }) => id, previous, next);
}

/** The same for rows that are known by something else. */
export function keepSameBy<T>(
  keyOf: (row: T) => number,
  previous: readonly T[],
  next: readonly T[],
): readonly T[] {
  const known = new Map(previous.map((row) => [keyOf(row), row]));
  const kept = next.map((row) => {
    const old = known.get(keyOf(row));
    return old !== undefined && sameJson(old, row) ? old : row;
  });
  const unchanged = kept.length === previous.length && kept.every((row, index) => row === previous[index]);
  return unchanged ? previous : kept;
}
