import { join } from 'node:path';
import type { BackupView } from '../../contract/backups.ts';
import { inspectBackup } from '../db/backup.ts';
import type { OpenInput } from '../db/data-folder.ts';
import { readMigrations } from '../db/migrations-folder.ts';
import { dataPaths } from '../paths.ts';
import type { Recovery } from './marker.ts';
import { listBackups } from './names.ts';

export type ChooseInput = Pick<OpenInput, 'dataDir' | 'migrationsDir' | 'log' | 'now'>;

/**
 * The newest backup that is whole and of no newer Counterdesk. What was put aside by a restore comes last: somebody did
 * not want it. Where a restore by hand came to nothing it comes first: it is what was there. What a person put into the
 * folder may be of another machine, and is only taken when asked for.
 */
export async function newestGood(
  input: ChooseInput,
  { tried, kind }: Pick<Recovery, 'tried' | 'kind'>,
): Promise<BackupView | null> {
  const { backups } = dataPaths(input.dataDir);
  const known = readMigrations(input.migrationsDir).length;
  const isLast = (backup: BackupView): boolean =>
    (backup.kind === 'before-restore') === (kind !== 'restored-by-hand');
  const candidates = listBackups(backups)
    .filter((backup) => backup.kind !== 'added' && !tried.includes(backup.name))
    .sort((a, b) => Number(isLast(a)) - Number(isLast(b)));
  for (const backup of candidates) {
    const { problems, version } = await inspectBackup(join(backups, backup.name));
    if (problems?.length === 0 && version !== null && version <= known) return backup;
    input.log.warn('backup-not-good', { name: backup.name, problems, version });
  }
  return null;
}
