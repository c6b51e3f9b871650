import type { Db } from './database.ts';

/** After this long the file is checked even if every stop was clean, in milliseconds. */
const CHECK_EVERY_MS = 7 * 24 * 3_600_000;

/**
 * Notes that an engine has the database open, and says whether the file should be checked: after an engine that
 * never stopped cleanly, or a week after the last check.
 */
export function markRunning(db: Db, nowMs: number): { readonly checkDue: boolean } {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM engine_state WHERE key = ?');
  const unclean = read.get('running') !== undefined;
  const checkedAt = Number(read.get('checked-at')?.value ?? Number.NaN);
  write(db, 'running', String(nowMs));
  // A new file has nothing to check; its week begins now.
  if (Number.isNaN(checkedAt)) write(db, 'checked-at', String(nowMs));
  return { checkDue: unclean || nowMs - checkedAt >= CHECK_EVERY_MS };
}

/** Notes that the file was found whole. */
export function markChecked(db: Db, nowMs: number): void {
  write(db, 'checked-at', String(nowMs));
}

/** Notes a clean stop. The last thing written. */
export function markStopped(db: Db): void {
  db.prepare("DELETE FROM engine_state WHERE key = 'running'").run();
}

function write(db: Db, key: string, value: string): void {
  db.prepare(
    'INSERT INTO engine_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
}
