import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../start-error.ts';
import type { Db } from './database.ts';

/** Backups kept of each kind; the oldest go first. */
const KEEP = 5;

/**
 * Copies the open database to `backups/NAME-TIME.db` while it stays usable, then opens the copy and checks it.
 * Nothing half-made ever bears a backup's name. Throws `StartError('damaged-database')` when the copy does not
 * pass `quick_check`: page by page it is what the database is.
 */
export async function backupDatabase(db: Db, folder: string, name: string, nowMs: number): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:]/g, '').replace('.', '-');
  const path = join(folder, `${name}-${stamp}.db`);
  // Of copies that a kill cut short, nothing is worth keeping.
  for (const file of readdirSync(folder))
    if (file.endsWith('.partial')) rmSync(join(folder, file), { force: true });
  const partial = `${path}.partial`;
  await db.backup(partial);
  verify(partial);
  syncFile(partial);
  renameSync(partial, path);
  forgetOldest(folder, name);
  return path;
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
}

function verify(path: string): void {
  const copy = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const answer = copy.pragma('quick_check(1)', { simple: true });
    if (answer !== 'ok')
      throw new StartError('damaged-database', `The database file is damaged: ${String(answer)}`);
  } finally {
    copy.close();
    for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  }
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function forgetOldest(folder: string, name: string): void {
  const mine = readdirSync(folder).filter((file) => file.startsWith(`${name}-`) && file.endsWith('.db'));
  for (const file of mine.sort().slice(0, -KEEP)) rmSync(join(folder, file), { force: true });
}
