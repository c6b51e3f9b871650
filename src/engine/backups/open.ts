import { statSync } from 'node:fs';
import { CodedError } from '../../base/errors.ts';
import {
  claimDataFolder,
  openClaimed,
  type ClaimedFolder,
  type OpenDataFolder,
  type OpenInput,
} from '../db/data-folder.ts';
import { dataPaths } from '../paths.ts';
import { inspectLog, type LogState } from '../db/log-check.ts';
import { storageTrouble } from '../db/storage-trouble.ts';
import { readRecovery } from './marker.ts';
import { listBackups } from './names.ts';
import { StartError } from '../start-error.ts';
import {
  beginKeeping,
  beginRecovery,
  finishRecovery,
  replaceDatabase,
  tryAllAgain,
  type HoldUnsent,
} from './recovery.ts';

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
  const log = beginIfBroken(input);
  let recovery = await replaceDatabase(input, 'untried');
  for (;;) {
    let data: OpenDataFolder | undefined;
    try {
      // What lies behind the part of a log that is read must not be taken for this engine's own when it is killed.
      const beginLog = log !== 'whole' || recovery !== null;
      data = await openClaimed({ ...input, beginLog, isBackup: (recovery?.backup ?? null) !== null }, claim);
      if (recovery !== null) finishRecovery(input, data.db, recovery, holdUnsent);
      return data;
    } catch (error) {
      data?.db.close();
      if (!(error instanceof StartError) || error.reason === 'locked') throw error;
      const isReplaced = recovery !== null && recovery.kind !== 'lost-changes';
      // Without a backup to blame, or to fall back on, there is nothing else to try.
      if (isReplaced ? recovery?.backup === null : error.reason !== 'damaged-database') {
        // Not even a new database can be opened: it is not the backups that are no good.
        if (isReplaced) tryAllAgain(input.dataDir);
        throw error;
      }
      input.log.error('database-not-good', { reason: error.reason, message: error.message });
      if (!isReplaced) beginRecovery(input.dataDir, input.now());
      recovery = await replaceDatabase(input, 'broken');
    }
  }
}

/**
 * Damage that SQLite says nothing of: an empty place where a database was, in which it would begin a new one, and a log
 * that lost commits. Without a backup there is nothing better than what it makes of them. Answers what the log is like.
 */
function beginIfBroken({ dataDir, log, now }: OpenInput): LogState {
  const { database, backups, recovery } = dataPaths(dataDir);
  if (readRecovery(recovery) !== null) return 'whole';
  const hasBackup = listBackups(backups).some(({ kind }) => kind !== 'added');
  const size = statSync(database, { throwIfNoEntry: false })?.size ?? 0;
  const state = size === 0 ? 'whole' : inspectLog(database);
  const isLost = state !== 'whole' && state !== 'torn';
  if (isLost || (size === 0 && hasBackup)) log.error('database-not-good', { size, log: state });
  if (hasBackup && (size === 0 || state === 'mixed')) beginRecovery(dataDir, now());
  else if (isLost) beginKeeping(dataDir, now(), state === 'ahead' ? 'move-log' : 'copy-log');
  return state;
}

/** What the disk keeps from being opened is no mystery to the person who can make room. */
function inPlainWords(error: unknown, dataDir: string): unknown {
  if (error instanceof StartError) return error;
  // The backup before an update says it in its own way.
  const said = error instanceof CodedError ? error.details?.reason : undefined;
  const trouble = said ?? storageTrouble(error, dataDir);
  if (trouble !== 'disk-full' && trouble !== 'read-only-file') return error;
  return new StartError(trouble, `The data folder can not be opened: ${String(error)}`, error);
}
