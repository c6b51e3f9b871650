import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { listBackups, nextBackupName } from '../backups/names.ts';
import { noLongerNeeded } from '../backups/retention.ts';
import { dataPaths } from '../paths.ts';
import type { Log } from '../parts.ts';
import { StartError } from '../start-error.ts';
import { backupDatabase, restoreBackup } from './backup.ts';
import { startCheck, type RunningCheck } from './check.ts';
import type { Db } from './database.ts';
import { markChecked, markRunning, markStopped } from './engine-state.ts';
import { lockDataFolder } from './lock.ts';
import { applyMigrations, pendingMigrations } from './migrate.ts';
import { readMigrations, type Migration } from './migrations-folder.ts';
import { isDamage, openDatabase } from './open.ts';
import { forgetStatistics } from './steady-plans.ts';

/** A data folder this engine alone has open. */
export interface OpenDataFolder {
  readonly db: Db;
  /** Settles once the check that was due is over: the damage found, or null. Null at once when none was due. */
  readonly damage: Promise<StartError | null>;
  /** Closes cleanly and lets go of the folder. */
  close(): Promise<void>;
}

export interface OpenInput {
  readonly dataDir: string;
  readonly migrationsDir: string;
  readonly log: Log;
  readonly now: () => number;
  /** Hears of every error of the database once it is open; answers the one to throw in its place. */
  readonly onError?: (error: unknown) => unknown;
  /** Plays the log into the file and begins it anew: something is left in it that no longer counts. */
  readonly beginLog?: boolean;
  /** What is there is a backup that was just put in place: no other one is made of it before an update. */
  readonly isBackup?: boolean;
}

/** A folder that is this engine's, its database not open yet. */
export interface ClaimedFolder {
  release(): void;
}

/** Locks the folder for this engine alone. Throws `StartError('locked')`, or what the system said. */
export function claimDataFolder(dataDir: string): ClaimedFolder {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return lockDataFolder(dataPaths(dataDir).lock);
}

/**
 * Locks the folder, opens its database, brings it up to date (with a backup of what was there) and starts the
 * check that is due. Throws `StartError`; the folder is then free again and its old database usable.
 */
export async function openDataFolder(input: OpenInput): Promise<OpenDataFolder> {
  const claim = claimDataFolder(input.dataDir);
  try {
    return await openClaimed(input, claim);
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** The same in a folder that is claimed already, and stays so when this fails. */
export async function openClaimed(input: OpenInput, claim: ClaimedFolder): Promise<OpenDataFolder> {
  let db: Db | undefined;
  try {
    db = await openMigrated(input);
    forgetStatistics(db);
    const check = checkIfDue(db, input);
    const open = db;
    return { db: open, damage: check.damage, close: () => closeAll(open, claim, check, input.log) };
  } catch (error) {
    db?.close();
    if (error instanceof StartError || !isDamage(error)) throw error;
    throw new StartError('damaged-database', 'The database file is damaged.', error);
  }
}

async function openMigrated(input: OpenInput): Promise<Db> {
  const { database, backups } = dataPaths(input.dataDir);
  const migrations = readMigrations(input.migrationsDir);
  const db = openDatabase(database, {
    onSlow: ({ sql, ms }) => input.log.warn('slow-query', { sql, ms }),
    ...(input.onError === undefined ? {} : { onError: input.onError }),
  });
  try {
    if (input.beginLog === true) db.pragma('wal_checkpoint(TRUNCATE)');
    const pending = pendingMigrations(db, migrations);
    if (pending.length === 0) return db;
    const holdsData = pending.length < migrations.length && input.isBackup !== true;
    const name = holdsData ? nextBackupName(backups, 'before-migration', input.now()) : null;
    if (name !== null) await backupDatabase(db, backups, name);
    for (const old of noLongerNeeded(listBackups(backups))) rmSync(join(backups, old), { force: true });
    input.log.info('migrate', { from: migrations.length - pending.length, to: migrations.length });
    migrateOrRestore(db, pending, name === null ? null : join(backups, name), input);
    return db;
  } catch (error) {
    if (db.open) db.close();
    throw error;
  }
}

/**
 * When a later one of several migrations fails, the earlier ones are in the file and the older Counterdesk would
 * refuse it as newer: the backup goes back in its place, so that "reinstall the old version" is always a way out.
 */
function migrateOrRestore(
  db: Db,
  pending: readonly Migration[],
  backup: string | null,
  input: OpenInput,
): void {
  try {
    applyMigrations(db, pending, input.now);
  } catch (error) {
    db.close();
    if (backup !== null) restoreBackup(backup, dataPaths(input.dataDir).database);
    input.log.error('migration-failed', { message: String(error), restored: backup !== null });
    throw error;
  }
}

interface DueCheck {
  readonly damage: Promise<StartError | null>;
  readonly running: RunningCheck | null;
  /** False while a check is still reading. */
  over: boolean;
}

function checkIfDue(db: Db, input: OpenInput): DueCheck {
  const { checkDue } = markRunning(db, input.now());
  if (!checkDue) return { damage: Promise.resolve(null), running: null, over: true };
  const running = startCheck(dataPaths(input.dataDir).database, 'quick_check');
  const check: DueCheck = { running, over: false, damage: running.problems.then((found) => judge(found)) };
  const judge = (problems: readonly string[] | null): StartError | null => {
    if (problems === null || !db.open) return null;
    if (problems.length > 0) {
      input.log.error('check-failed', { problems });
      return new StartError('damaged-database', `The database file is damaged: ${problems[0] ?? ''}`);
    }
    check.over = true;
    markChecked(db, input.now());
    input.log.info('check-passed');
    return null;
  };
  return check;
}

async function closeAll(db: Db, lock: ClaimedFolder, check: DueCheck, log: Log): Promise<void> {
  await check.running?.stop();
  try {
    // A check that was due and did not end well stays due: the stop then counts as unclean.
    if (check.over) markStopped(db);
  } catch (error) {
    log.error('stop-not-noted', { message: String(error) });
  } finally {
    db.close();
    lock.release();
  }
}
