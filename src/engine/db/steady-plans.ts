import type { Db } from './database.ts';

const COMPARED = /(=|<|>|\b(?:IS|IS NOT|LIMIT|OFFSET))(\s*)(\?|@\w+)/gi;

/**
 * The same SQL, its plan no longer hanging on what is bound: `a = +?` for `a = ?`. SQLite (3.54) takes a bare parameter
 * in a comparison or a LIMIT for a hint, and plans the statement anew each time another value is bound to it; as
 * better-sqlite3 clears the bindings after every run, that is at every run: 50 µs instead of 3 for a join of two
 * tables. A plus changes no value of any type and takes no index away.
 */
export function steadyPlan(sql: string): string {
  return sql.replaceAll(COMPARED, '$1$2+$3');
}

/** Every statement prepared on `db` from now on is planned once. */
export function planOnce(db: Db): void {
  const prepare = db.prepare.bind(db);
  db.prepare = ((sql: string) => prepare(steadyPlan(sql))) as typeof db.prepare;
}

/**
 * Throws away what an `ANALYZE` left in the file: plans then follow from the schema alone, as the tests see them.
 * With statistics SQLite takes an index that was once full of nulls for useless, and reads the whole table instead.
 */
export function forgetStatistics(db: Db): void {
  const drop = 'DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4;';
  const kept = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").get();
  // Analyzing the schema's own table counts nothing: it makes this connection let go of what it read before.
  if (kept !== undefined) db.exec(`${drop} ANALYZE sqlite_schema; ${drop}`);
}
