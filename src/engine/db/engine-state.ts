import type { Db } from './database.ts';

/** After this long the file is checked even if every stop was clean, in milliseconds. */
const CHECK_EVERY_MS = 7 * 24 * 3_600_000;

/**
 * Notes that an engine has the database open, and says whether the file should be checked: after an engine that
 * never stopped cleanly, or a week after the last check.
 */
export function markRunning(db: Db, nowMs: number): { readonly checkDue: boolean } {
  const unclean = readState(db, 'running') !== null;
  const checkedAt = Number(readState(db, 'checked-at') ?? Number.NaN);
  writeState(db, 'running', String(nowMs));
  // A new file has nothing to check; its week begins now.
  if (Number.isNaN(checkedAt)) writeState(db, 'checked-at', String(nowMs));
  return { checkDue: unclean || nowMs - checkedAt >= CHECK_EVERY_MS };
}

/** Notes that the file was found whole. */
export function markChecked(db: Db, nowMs: number): void {
  writeState(db, 'checked-at', String(nowMs));
}

/** Notes a clean stop. The last thing written. */
export function markStopped(db: Db): void {
  clearState(db, 'running');
}

/** What the engine keeps: `running` and `checked-at` are this file's own, the others their features'. */
type StateKey =
  | 'running'
  | 'checked-at'
  | 'machine'
  | 'last-used'
  | 'changed-since'
  | 'probe'
  | 'proxies-warned'
  | 'budgets-told'
  | 'translation-told'
  /** Local ids up to this one were given before data went back to an earlier moment. */
  | 'ids-after'
  /** When it last did, UTC milliseconds. */
  | 'recovered-at';

/** What is kept under this key; null when nothing is. */
export function readState(db: Db, key: StateKey): string | null {
  return (
    db.prepare<[string], { value: string }>('SELECT value FROM engine_state WHERE key = ?').get(key)?.value ??
    null
  );
}

/** Keeps nothing under this key any more. */
export function clearState(db: Db, key: StateKey): void {
  db.prepare('DELETE FROM engine_state WHERE key = ?').run(key);
}

/** Keeps this text under a key. */
export function writeState(db: Db, key: StateKey, value: string): void {
  db.prepare(
    'INSERT INTO engine_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
}
