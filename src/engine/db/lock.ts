import Database from 'better-sqlite3';
import { StartError } from '../start-error.ts';

/** A restarting host may start the next engine while the last one is still being taken down, in milliseconds. */
const WAIT_MS = 300;

/**
 * Takes the data folder for this engine alone: an exclusive transaction on `lock.db`, held until released.
 * The system drops it with the process, SIGKILL included, so no stale lock is ever left.
 * Throws `StartError('locked')` when another engine has the folder.
 */
export function lockDataFolder(path: string): { release(): void } {
  const db = new Database(path, { timeout: WAIT_MS });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StartError('locked', 'Counterdesk is already open on this data folder.', error);
    }
    throw error;
  }
  return { release: () => void db.close() };
}
