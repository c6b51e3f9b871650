import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RecoveryReport } from '../../contract/backups.ts';
import { restoreBackup } from '../db/backup.ts';
import type { Db } from '../db/database.ts';
import { DATABASE_ENDS, moveIfThere, removeDatabase, syncFolder } from '../db/files.ts';
import { dataPaths } from '../paths.ts';
import { newestGood, type ChooseInput } from './choose-backup.ts';
import { judgeKept, putLogAside } from './lost-log.ts';
import { endRecovery, readRecovery, writeRecovery, type Recovery } from './marker.ts';
import { listBackups, timeStamp } from './names.ts';
import { giveNewIds } from './new-ids.ts';
import { writeReport } from './report.ts';
import { salvage } from './salvage.ts';

/** Every message not surely sent is held for a person from now on; answers how many those are. Inside a transaction. */
export type HoldUnsent = (db: Db) => number;

const DATABASE = 'counterdesk.db';

/** Begins to put a backup in the place of the database: `backup`, or the newest good one when it is damaged. */
export function beginRecovery(dataDir: string, now: number, backup: string | null = null): Recovery {
  return begin(dataDir, now, {
    kind: backup === null ? 'damaged' : 'restored-by-hand',
    step: 'aside',
    backup,
  });
}

/** Begins to keep a database whose log lost commits, without them. */
export function beginKeeping(dataDir: string, now: number, step: 'copy-log' | 'move-log'): Recovery {
  return begin(dataDir, now, { kind: 'lost-changes', step, backup: null });
}

function begin(dataDir: string, now: number, what: Pick<Recovery, 'kind' | 'step' | 'backup'>): Recovery {
  const folder = `${DATABASE}-${timeStamp(now)}`;
  const recovery: Recovery = { ...what, at: now, folder, since: null, tried: [] };
  writeRecovery(dataPaths(dataDir).recovery, recovery);
  return recovery;
}

/**
 * Goes on with a restore up to where the database can be opened; the engine must have it closed. Each step may be done
 * twice: killed anywhere, the next start goes on. `replacement` says that what was put in place can't be opened.
 */
export async function replaceDatabase(
  input: ChooseInput,
  replacement: 'untried' | 'broken',
): Promise<Recovery | null> {
  const paths = dataPaths(input.dataDir);
  const found = readRecovery(paths.recovery);
  if (found === null) return null;
  let recovery = found;
  const aside = join(paths.quarantine, recovery.folder);
  const advance = (change: Partial<Recovery>): void => {
    recovery = { ...recovery, ...change };
    writeRecovery(paths.recovery, recovery);
  };
  if (recovery.step === 'finish' && replacement === 'broken') {
    const tried = recovery.backup === null ? recovery.tried : [...recovery.tried, recovery.backup];
    advance({ step: 'install', backup: null, tried });
  }
  if (recovery.step === 'copy-log' || recovery.step === 'move-log') {
    putLogAside(paths.database, aside, recovery.step);
    const since = await judgeKept(input);
    advance(since === 'not-good' ? { kind: 'damaged', step: 'aside' } : { step: 'finish', since });
    input.log.warn('log-put-aside', { kind: recovery.kind, since });
  }
  if (recovery.step === 'aside') {
    if (recovery.backup !== null && !existsSync(join(paths.backups, recovery.backup))) {
      input.log.error('backup-gone', { name: recovery.backup });
      endRecovery(paths.recovery);
      return null;
    }
    putAside(paths.database, aside);
    advance({ step: 'install' });
  }
  if (recovery.step === 'install') {
    const asked = listBackups(paths.backups).find(({ name }) => name === recovery.backup);
    const backup = asked ?? (await newestGood(input, recovery));
    removeDatabase(paths.database);
    if (backup !== null) restoreBackup(join(paths.backups, backup.name), paths.database);
    advance({ step: 'finish', backup: backup?.name ?? null, since: backup?.at ?? null });
    input.log.warn('database-replaced', { kind: recovery.kind, backup: recovery.backup });
  }
  return recovery;
}

/** The next start chooses anew among all backups. */
export function tryAllAgain(dataDir: string): void {
  const path = dataPaths(dataDir).recovery;
  const found = readRecovery(path);
  if (found !== null) writeRecovery(path, { ...found, step: 'install', backup: null, tried: [] });
}

/** Ends a restore in the database that is open now: what was unsent comes over, nothing leaves by itself, a report is left. */
export function finishRecovery(input: ChooseInput, db: Db, recovery: Recovery, holdUnsent: HoldUnsent): void {
  const paths = dataPaths(input.dataDir);
  const aside = join(paths.quarantine, recovery.folder);
  const bringOver = db.transaction(() => {
    giveNewIds(db, join(aside, DATABASE), input.now());
    const saved = salvage(db, join(aside, DATABASE));
    return { saved, held: holdUnsent(db) };
  });
  const { saved, held } = bringOver.immediate();
  const { kind, at, backup, since, tried } = recovery;
  const isRefused = kind === 'restored-by-hand' && tried.length > 0;
  // Replaced by hand, it is among the backups. Where the one asked for was no good, nobody asked for what is in use now.
  const isKept = kind !== 'restored-by-hand' || isRefused;
  const report: RecoveryReport = {
    kind: isRefused ? 'not-restored' : kind,
    at,
    backup: backup === null ? null : { name: backup, at: since ?? at },
    keptUntil: kind === 'lost-changes' ? since : null,
    quarantine: isKept && existsSync(aside) ? aside : null,
    savedMessages: saved.messages,
    savedDrafts: saved.drafts,
    stoppedStores: saved.stoppedStores,
    held,
  };
  writeReport(paths.report, report);
  if (!isKept) rmSync(aside, { recursive: true, force: true });
  endRecovery(paths.recovery);
  input.log.info('recovered', { ...report });
}

/** Moved, not copied: there may be no room for a second one, and it costs nothing. */
function putAside(database: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The log before the file: a file without its log would look whole.
  for (const end of DATABASE_ENDS.toReversed())
    moveIfThere(`${database}${end}`, join(folder, `${DATABASE}${end}`));
  syncFolder(folder);
  syncFolder(dirname(folder));
}
