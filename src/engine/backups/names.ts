import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupKind, BackupView } from '../../contract/backups.ts';

/** The kinds Counterdesk makes. */
type MadeKind = Exclude<BackupKind, 'added'>;

const MADE =
  /^(scheduled|by-hand|before-migration|before-restore)-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)-(\d{3})Z\.db$/;

/** A time as part of a file's name, so that names sort by time: `20260105T080000-000Z`. */
export function timeStamp(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[-:]/g, '').replace('.', '-');
}

/** The file name of a backup made at this time. */
export function backupName(kind: MadeKind, atMs: number): string {
  return `${kind}-${timeStamp(atMs)}.db`;
}

/** The backups of a folder, newest first. Any other database file in it was put there by a person. */
export function listBackups(folder: string): BackupView[] {
  const views = namesIn(folder).flatMap((name) => {
    const file = statSync(join(folder, name), { throwIfNoEntry: false });
    if (file === undefined || !file.isFile() || file.size === 0) return [];
    return [{ name, ...readName(name, file.mtimeMs), bytes: file.size }];
  });
  return views.sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.db'));
  } catch {
    return [];
  }
}

function readName(name: string, changedAt: number): Pick<BackupView, 'kind' | 'at'> {
  const [, kind, year, month, day, hour, minute, second, ms] = MADE.exec(name) ?? [];
  if (kind === undefined) return { kind: 'added', at: Math.round(changedAt) };
  const at = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(ms),
  );
  return { kind: kind as MadeKind, at };
}
