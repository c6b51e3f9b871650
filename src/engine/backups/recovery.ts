import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryReport } from '../../contract/backups.ts';
import { inspectBackup, restoreBackup } from '../db/backup.ts';
import type { OpenInput } from '../db/data-folder.ts';
import type { Db } from '../db/database.ts';
import { DATABASE_ENDS, moveIfThere, removeDatabase, syncFolder } from '../db/files.ts';
import { readMigrations } from '../db/migrations-folder.ts';
import { dataPaths } from '../paths.ts';
import { endRecovery, readRecovery, writeRecovery, type Recovery } from './marker.ts';
import { listBackups, timeStamp } from './names.ts';
import { writeReport } from './report.ts';
import { salvage } from './salvage.ts';

/** Every message not surely sent is held for a person from now on; answers how many those are. Inside a transaction. */
export type HoldUnsent = (db: Db) => number;

type Input = Pick<OpenInput, 'dataDir' | 'migrationsDir' | 'log' | 'now'>;

const DATABASE = 'counterdesk.db';

/** Begins to put a backup in the place of the database: `backup`, or the newest good one when it is damaged. */
export function beginRecovery(dataDir: string, now: number, backup: string | null = null): Recovery {
  const recovery: Recovery = {
    kind: backup === null ? 'damaged' : 'restored-by-hand',
    at: now,
    step: 'aside',
    folder: `${DATABASE}-${timeStamp(now)}`,
    backup,
    tried: [],
  };
  writeRecovery(dataPaths(dataDir).recovery, recovery);
  return recovery;
}

/**
 * Goes on with a restore up to where the database can be opened; the engine must have it closed. Each step may be done
 * twice: killed anywhere, the next start goes on. `replacement` says that what was put in place can't be opened.
 */
export async function replaceDatabase(
  input: Input,
  replacement: 'untried' | 'broken',
): Promise<Recovery | null> {
  const paths = dataPaths(input.dataDir);
  const found = readRecovery(paths.recovery);
  if (found === null) return null;
  let recovery = found;
  const advance = (change: Partial<Recovery>): void => {
    recovery = { ...recovery, ...change };
    writeRecovery(paths.recovery, recovery);
  };
  if (recovery.step === 'finish' && replacement === 'broken') {
    const tried = recovery.backup === null ? recovery.tried : [...recovery.tried, recovery.backup];
    advance({ step: 'install', backup: null, tried });
  }
  if (recovery.step === 'aside') {
    if (recovery.backup !== null && !existsSync(join(paths.backups, recovery.backup))) {
      input.log.error('backup-gone', { name: recovery.backup });
      endRecovery(paths.recovery);
      return null;
    }
    putAside(paths.database, join(paths.quarantine, recovery.folder));
    advance({ step: 'install' });
  }
  if (recovery.step === 'install') {
    const backup = recovery.backup ?? (await newestGood(input, recovery.tried));
    removeDatabase(paths.database);
    if (backup !== null) restoreBackup(join(paths.backups, backup), paths.database);
    advance({ step: 'finish', backup });
    input.log.warn('database-replaced', { kind: recovery.kind, backup });
  }
  return recovery;
}

/** Ends a restore in the database that is open now: what was unsent comes over, nothing leaves by itself, a report is left. */
export function finishRecovery(input: Input, db: Db, recovery: Recovery, holdUnsent: HoldUnsent): void {
  const paths = dataPaths(input.dataDir);
  const aside = join(paths.quarantine, recovery.folder);
  const bringOver = db.transaction(() => {
    const saved = salvage(db, join(aside, DATABASE));
    return { saved, held: holdUnsent(db) };
  });
  const { saved, held } = bringOver.immediate();
  const byHand = recovery.kind === 'restored-by-hand';
  const backups = listBackups(paths.backups);
  const report: RecoveryReport = {
    kind: recovery.kind,
    at: recovery.at,
    backup:
      recovery.backup === null
        ? null
        : {
            name: recovery.backup,
            at: backups.find(({ name }) => name === recovery.backup)?.at ?? recovery.at,
          },
    quarantine: !byHand && existsSync(aside) ? aside : null,
    savedMessages: saved.messages,
    savedDrafts: saved.drafts,
    held,
  };
  writeReport(paths.report, report);
  // Replaced by hand, it is among the backups.
  if (byHand) rmSync(aside, { recursive: true, force: true });
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
}

/**
 * The newest backup that is whole and of no newer Counterdesk. What was put aside by a restore comes last: somebody did
 * not want it; what a person put into the folder may be of another machine, and is only taken when asked for.
 */
async function newestGood(input: Input, tried: readonly string[]): Promise<string | null> {
  const { backups } = dataPaths(input.dataDir);
  const known = readMigrations(input.migrationsDir).length;
  const candidates = listBackups(backups)
    .filter(({ name, kind }) => kind !== 'added' && !tried.includes(name))
    .sort((a, b) => Number(a.kind === 'before-restore') - Number(b.kind === 'before-restore'));
  for (const { name } of candidates) {
    const { problems, version } = await inspectBackup(join(backups, name));
    if (problems?.length === 0 && version !== null && version <= known) return name;
    input.log.warn('backup-not-good', { name, problems, version });
  }
  return null;
}
