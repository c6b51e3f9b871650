/** So much is remembered of anything. */
const REMEMBERED = 5_000;

/** Puts a value in a map that forgets its oldest beyond a measure. */
export function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}
