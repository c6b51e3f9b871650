import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupKind, BackupView } from '../../contract/backups.ts';

/** The kinds Counterdesk makes. */
type MadeKind = Exclude<BackupKind, 'added'>;

const MADE =
  /^(scheduled|by-hand|before-migration|before-restore)-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)-(\d{3})Z(?:-(\d+))?\.db$/;

/** A time as part of a file's name: `20260105T080000-000Z`. */
export function timeStamp(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[-:]/g, '').replace('.', '-');
}

/** The file name of the `number`th backup, made at this time. */
export function backupName(kind: MadeKind, atMs: number, number: number): string {
  return `${kind}-${timeStamp(atMs)}-${number}.db`;
}

/** The name of a new backup of this folder. It is the newest of them, whatever the clock says. */
export function nextBackupName(folder: string, kind: MadeKind, atMs: number): string {
  const numbers = namesIn(folder).map((name) => readName(name, 0).number ?? 0);
  return backupName(kind, atMs, 1 + Math.max(0, ...numbers));
}

interface Listed extends BackupView {
  readonly number: number | null;
}

/**
 * The backups of a folder, newest first: in the order in which they were made, for a clock may have been set back since.
 * Any other database file in it was put there by a person, and stands where its time places it.
 */
export function listBackups(folder: string): BackupView[] {
  const views = namesIn(folder).flatMap((name): Listed[] => {
    const file = statSync(join(folder, name), { throwIfNoEntry: false });
    if (file === undefined || !file.isFile() || file.size === 0) return [];
    return [{ name, ...readName(name, file.mtimeMs), bytes: file.size }];
  });
  const byTime = (a: Listed, b: Listed): number => b.at - a.at || (a.name < b.name ? 1 : -1);
  const made = views.filter(({ kind }) => kind !== 'added');
  // Those of an older Counterdesk have no number.
  made.sort((a, b) => (b.number ?? -1) - (a.number ?? -1) || byTime(a, b));
  for (const one of views.filter(({ kind }) => kind === 'added').sort(byTime)) {
    const place = made.findIndex((other) => byTime(one, other) < 0);
    made.splice(place === -1 ? made.length : place, 0, one);
  }
  return made.map(({ name, kind, at, bytes }) => ({ name, kind, at, bytes }));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.db'));
  } catch {
    return [];
  }
}

function readName(name: string, changedAt: number): Pick<Listed, 'kind' | 'at' | 'number'> {
  const [, kind, year, month, day, hour, minute, second, ms, number] = MADE.exec(name) ?? [];
  if (kind === undefined) return { kind: 'added', at: Math.round(changedAt), number: null };
  const at = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(ms),
  );
  return { kind: kind as MadeKind, at, number: number === undefined ? null : Number(number) };
}
