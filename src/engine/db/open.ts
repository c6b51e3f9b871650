import Database from 'better-sqlite3';
import { StartError } from '../start-error.ts';
import type { Db } from './database.ts';
import { planOnce } from './steady-plans.ts';
import { watchStatements, type StatementWatch } from './slow-statements.ts';

/** How long a statement waits for a reader of another process (a backup, a person's own tool), in milliseconds. */
const BUSY_MS = 5_000;

/** Codes by which SQLite says that the file is no database, or a broken one. */
const DAMAGED = /^SQLITE_(NOTADB|CORRUPT)/;

/**
 * Opens (or creates) a database file the one way it may be opened: WAL, `synchronous=FULL`, foreign keys on.
 * FULL is set on every open because a reopened WAL file falls back to NORMAL, and then the last commits before
 * a power cut are gone. Ends with a first query, so that a damaged file shows here and not in a feature.
 * Throws `StartError('damaged-database')`.
 */
export function openDatabase(path: string, watch?: StatementWatch): Db {
  let db: Db | undefined;
  try {
    db = new Database(path, { timeout: BUSY_MS });
    configure(db);
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    db?.close();
    if (isDamage(error)) {
      throw new StartError('damaged-database', `The database file is damaged: ${path}`, error);
    }
    throw error;
  }
  planOnce(db);
  if (watch !== undefined) watchStatements(db, watch);
  return db;
}

/** Whether SQLite means by this error that the file is damaged. */
export function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && DAMAGED.test(error.code);
}

/** Whether SQLite means by this error that values are not fit for their columns. */
export function isUnfit(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(error.code);
}

function configure(db: Db): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // Text from platforms may be hostile; none of it is ever SQL, and the schema needs no functions of its own.
  db.pragma('trusted_schema = OFF');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -16000');
}
