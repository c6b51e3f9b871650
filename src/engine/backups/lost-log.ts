import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { startCheck } from '../db/check.ts';
import { moveIfThere, syncFile, syncFolder } from '../db/files.ts';
import { dataPaths } from '../paths.ts';
import { newestGood, type ChooseInput } from './choose-backup.ts';
import type { Recovery } from './marker.ts';
import { listBackups } from './names.ts';
import { newestMoment } from './newest-moment.ts';

/** Its name there: not one by which SQLite would read it. */
const BROKEN_LOG = 'broken-log';

/**
 * Puts a broken log aside: by copy where SQLite is to read its beginning, by moving it where the file is newer without
 * it. Done twice it does no more than done once.
 */
export function putLogAside(database: string, folder: string, step: Recovery['step']): void {
  const [log, aside] = [`${database}-wal`, join(folder, BROKEN_LOG)];
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (step === 'move-log') {
    // Whoever reads a database makes a new log for it.
    if (!existsSync(aside)) moveIfThere(log, aside);
  } else if (existsSync(log)) {
    copyFileSync(log, `${aside}.partial`);
    syncFile(`${aside}.partial`);
    renameSync(`${aside}.partial`, aside);
  }
  syncFolder(folder);
}

/**
 * Looks whether a database that lost the end of its log is to stay in use: the newest moment it knows of (null when it
 * knows none), or `not-good` when it is broken besides, or when going back to a good backup loses less.
 */
export async function judgeKept(input: ChooseInput): Promise<number | null | 'not-good'> {
  const { database, backups } = dataPaths(input.dataDir);
  const until = newestMoment(database, input.now());
  const isNewer = ({ at }: { readonly at: number }): boolean => at > (until ?? 0);
  const isAnyNewer = listBackups(backups).some(
    (backup) => backup.kind !== 'added' && backup.kind !== 'before-restore' && isNewer(backup),
  );
  if (isAnyNewer) {
    const newest = await newestGood(input, { tried: [], kind: 'damaged' });
    if (newest !== null && isNewer(newest)) return 'not-good';
  }
  const problems = await startCheck(database, 'integrity_check').problems;
  if (problems === null || problems.length === 0) return until;
  input.log.error('kept-not-good', { problems });
  return 'not-good';
}
