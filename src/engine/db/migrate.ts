import { StartError } from '../start-error.ts';
import type { Db } from './database.ts';
import type { Migration } from './migrations-folder.ts';

interface AppliedRow {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Which migrations this database still needs. Throws `StartError`: `newer-database` when it was last opened by a
 * newer Counterdesk, `failed-migration` when a migration it has had since changed. Writes nothing.
 */
export function pendingMigrations(db: Db, migrations: readonly Migration[]): Migration[] {
  const applied = readApplied(db);
  for (const [index, row] of applied.entries()) {
    const known = migrations[index];
    if (known === undefined) {
      throw new StartError(
        'newer-database',
        `This data was last opened by a newer Counterdesk (migration ${row.version}-${row.name}). Update Counterdesk to open it.`,
      );
    }
    if (known.version !== row.version || known.checksum !== row.checksum) {
      throw new StartError(
        'failed-migration',
        `Migration ${row.version}-${row.name} is not the one this database was made with.`,
      );
    }
  }
  return migrations.slice(applied.length);
}

/**
 * Applies migrations in order, one transaction each, together with the row that records it: killed at any point,
 * the file holds either all of a migration or nothing of it. Throws `StartError('failed-migration')` at the first
 * that fails; those before it stay.
 */
export function applyMigrations(db: Db, pending: readonly Migration[], nowMs: () => number): void {
  if (pending.length === 0) return;
  // Off while tables may be rebuilt (https://www.sqlite.org/lang_altertable.html#otheralter); checked before each commit.
  db.pragma('foreign_keys = OFF');
  try {
    for (const migration of pending) applyOne(db, migration, nowMs());
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

function applyOne(db: Db, migration: Migration, nowMs: number): void {
  const label = `${String(migration.version).padStart(4, '0')}-${migration.name}`;
  try {
    db.exec('BEGIN IMMEDIATE');
    db.exec(
      `CREATE TABLE IF NOT EXISTS migrations (
         version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL
       ) STRICT`,
    );
    db.exec(migration.sql);
    if (!db.inTransaction) throw new Error('the migration ended its transaction');
    const broken = db.prepare<[], { table: string }>('PRAGMA foreign_key_check').get();
    if (broken !== undefined) throw new Error(`rows of ${broken.table} refer to rows that are not there`);
    db.prepare('INSERT INTO migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)').run(
      migration.version,
      migration.name,
      migration.checksum,
      nowMs,
    );
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError('failed-migration', `Migration ${label} failed: ${reason}`, error);
  }
}

function readApplied(db: Db): AppliedRow[] {
  const made = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'").get();
  if (made === undefined) return [];
  return db.prepare<[], AppliedRow>('SELECT version, name, checksum FROM migrations ORDER BY version').all();
}
