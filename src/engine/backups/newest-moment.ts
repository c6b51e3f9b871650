import { openDamaged } from '../db/open-damaged.ts';

/** Where a time is kept that says when something was written. */
const TIMES = [
  `SELECT CAST(value AS INTEGER) AS at FROM engine_state WHERE key IN ('running', 'last-used', 'checked-at', 'changed-since')`,
  // The newest rows, not the newest times: those would be looked for in all of them.
  'SELECT created_at AS at FROM messages ORDER BY id DESC LIMIT 20',
  'SELECT max(last_sync_at) AS at FROM stores',
  'SELECT max(saved_at) AS at FROM drafts',
  'SELECT max(saved_at) AS at FROM panel_snapshots',
  'SELECT max(saved_at) AS at FROM reading_positions',
  'SELECT max(updated_at) AS at FROM secrets',
];

/**
 * The newest moment a closed database knows of, UTC milliseconds; null when it knows none. Times after `now` are of a
 * clock that was ahead, and say nothing.
 */
export function newestMoment(path: string, now: number): number | null {
  const db = openDamaged(path);
  const times = TIMES.flatMap((sql) => db?.rows(sql).map(({ at }) => Number(at ?? Number.NaN)) ?? []);
  db?.close();
  const known = times.filter((at) => at <= now);
  return known.length === 0 ? null : Math.max(...known);
}
