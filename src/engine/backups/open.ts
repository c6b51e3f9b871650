import { statSync } from 'node:fs';
import {
  claimDataFolder,
  openClaimed,
  type ClaimedFolder,
  type OpenDataFolder,
  type OpenInput,
} from '../db/data-folder.ts';
import { dataPaths } from '../paths.ts';
import { hasLostCommits } from '../db/log-check.ts';
import { storageTrouble } from '../db/storage-trouble.ts';
import { readRecovery } from './marker.ts';
import { listBackups } from './names.ts';
import { StartError } from '../start-error.ts';
import { beginRecovery, finishRecovery, replaceDatabase, type HoldUnsent } from './recovery.ts';

/**
 * Opens a data folder, whatever state its database is in: a restore that was begun is ended first, and a damaged file is
 * put aside for the newest good backup (without any, for a new database). Throws `StartError` when another engine has
 * the folder, when it is of a newer Counterdesk, and when its disk is full or can only be read.
 */
export async function openWithRecovery(input: OpenInput, holdUnsent: HoldUnsent): Promise<OpenDataFolder> {
  let claim: ClaimedFolder | undefined;
  try {
    claim = claimDataFolder(input.dataDir);
    return await openClaimedWithRecovery(input, claim, holdUnsent);
  } catch (error) {
    claim?.release();
    throw inPlainWords(error, input.dataDir);
  }
}

async function openClaimedWithRecovery(
  input: OpenInput,
  claim: ClaimedFolder,
  holdUnsent: HoldUnsent,
): Promise<OpenDataFolder> {
  if (isToBeReplaced(input)) beginRecovery(input.dataDir, input.now());
  let recovery = await replaceDatabase(input, 'untried');
  for (;;) {
    let data: OpenDataFolder | undefined;
    try {
      data = await openClaimed(input, claim);
      if (recovery !== null) finishRecovery(input, data.db, recovery, holdUnsent);
      return data;
    } catch (error) {
      data?.db.close();
      if (!(error instanceof StartError) || error.reason === 'locked') throw error;
      // Without a backup to blame, or to fall back on, there is nothing else to try.
      if (recovery === null ? error.reason !== 'damaged-database' : recovery.backup === null) throw error;
      input.log.error('database-not-good', { reason: error.reason, message: error.message });
      if (recovery === null) beginRecovery(input.dataDir, input.now());
      recovery = await replaceDatabase(input, 'broken');
    }
  }
}

/**
 * Damage that SQLite says nothing of: an empty place where a database was, in which it would begin a new one, and a log
 * that lost commits. Without a backup there is nothing better than what it makes of them.
 */
function isToBeReplaced({ dataDir, log }: OpenInput): boolean {
  const { database, backups, recovery } = dataPaths(dataDir);
  const size = statSync(database, { throwIfNoEntry: false })?.size ?? 0;
  if (readRecovery(recovery) !== null) return false;
  if (!listBackups(backups).some(({ kind }) => kind !== 'added')) return false;
  const isDamaged = size === 0 || hasLostCommits(database);
  if (isDamaged) log.error('database-not-good', { size });
  return isDamaged;
}

/** What the disk keeps from being opened is no mystery to the person who can make room. */
function inPlainWords(error: unknown, dataDir: string): unknown {
  const trouble = error instanceof StartError ? null : storageTrouble(error, dataDir);
  if (trouble === null || trouble === 'file-trouble') return error;
  return new StartError(trouble, `The data folder can not be opened: ${String(error)}`, error);
}
