import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CodedError } from '../../base/errors.ts';
import { StartError } from '../start-error.ts';
import { startCheck } from './check.ts';
import type { Db } from './database.ts';
import { removeDatabase, syncFile, syncFolder } from './files.ts';
import { readVersion } from './open-damaged.ts';
import { freeBytes, storageTrouble } from './storage-trouble.ts';

/** Left free beside a backup, so that work goes on, in bytes. */
const SPARE_BYTES = 4 * 1024 * 1024;

/**
 * Copies the open database to `folder/name` while it stays usable, then reads through the whole copy in a thread of its
 * own. Nothing half-made ever bears a backup's name or stays behind. Throws `StartError('damaged-database')` when the
 * copy does not pass `integrity_check` (page by page it is what the database is), and `CodedError('unreachable')`
 * with reason `disk-full`, `read-only-file`, `file-trouble` or `unchecked` when none could be made.
 */
export async function backupDatabase(db: Db, folder: string, name: string): Promise<void> {
  const path = join(folder, name);
  const partial = `${path}.partial`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    clearHalfMade(folder);
    const bytes =
      Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
    if (freeBytes(folder) < bytes + SPARE_BYTES) throw noRoom();
    await db.backup(partial);
    await verify(partial);
    syncFile(partial);
    renameSync(partial, path);
    syncFolder(folder);
  } catch (error) {
    removeDatabase(partial);
    const trouble = storageTrouble(error, folder);
    if (trouble === 'disk-full') throw noRoom(error);
    if (trouble === null) throw error;
    throw new CodedError('unreachable', 'The backup could not be written', { reason: trouble }, error);
  }
}

/**
 * Puts a backup in the place of a closed database. The copy is complete and on disk before it takes the name,
 * so a kill in between leaves one whole file or the other.
 */
export function restoreBackup(backup: string, database: string): void {
  const copy = `${database}.restore`;
  copyFileSync(backup, copy);
  syncFile(copy);
  // A log left beside the file belongs to the one that is replaced; SQLite would play it into the copy.
  for (const end of ['-wal', '-shm']) rmSync(`${database}${end}`, { force: true });
  renameSync(copy, database);
  if (existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${database}-wal`);
  syncFolder(dirname(database));
}

/** What a backup is found to be. */
interface Inspected {
  /** Empty when it is whole, null when that can't be told. */
  readonly problems: readonly string[] | null;
  /** Of the newest migration it has had; null when it is no database of Counterdesk's. */
  readonly version: number | null;
}

/** Reads through a backup. */
export async function inspectBackup(path: string): Promise<Inspected> {
  // One that was there before belongs to a file that a person copied while it was in use.
  const own = ['-wal', '-shm'].filter((end) => !existsSync(`${path}${end}`));
  const problems = await startCheck(path, 'integrity_check').problems;
  const version = problems?.length === 0 ? readVersion(path) : null;
  for (const end of own) rmSync(`${path}${end}`, { force: true });
  return { problems, version };
}

async function verify(path: string): Promise<void> {
  const { problems } = await inspectBackup(path);
  if (problems === null) {
    throw new CodedError('unreachable', 'The backup could not be checked', { reason: 'unchecked' });
  }
  if (problems.length > 0) {
    throw new StartError('damaged-database', `The database file is damaged: ${problems[0] ?? ''}`);
  }
}

function noRoom(cause?: unknown): CodedError {
  return new CodedError('unreachable', 'Not enough room for a backup', { reason: 'disk-full' }, cause);
}

/** Of copies that a kill cut short, nothing is worth keeping. */
function clearHalfMade(folder: string): void {
  const left = readdirSync(folder).filter((file) => file.includes('.db.partial'));
  for (const file of left) rmSync(join(folder, file), { force: true });
}
