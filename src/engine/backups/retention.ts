import type { BackupKind, BackupView } from '../../contract/backups.ts';

const DAY_MS = 24 * 3_600_000;
const DAYS = 7;
const WEEKS = 4;
/** The newest kept of each kind; those put there by a person are theirs to remove. */
const NEWEST: Readonly<Record<BackupKind, number>> = {
  scheduled: 4,
  'by-hand': 10,
  'before-migration': 5,
  'before-restore': 5,
  added: Number.POSITIVE_INFINITY,
};

/**
 * Names of the backups that are no longer needed, of those of a folder, newest first. Of the scheduled ones the newest
 * four stay, the newest of each of the last seven days and of each of the last four weeks of which there are any: a
 * computer switched off for a month removes nothing, and a clock set wrong takes one of each at most. The newest of every kind always stays.
 */
export function noLongerNeeded(newestFirst: readonly BackupView[]): string[] {
  const kept = new Set<string>();
  for (const kind of Object.keys(NEWEST) as BackupKind[]) {
    const ofKind = newestFirst.filter((backup) => backup.kind === kind);
    for (const { name } of ofKind.slice(0, NEWEST[kind])) kept.add(name);
  }
  const scheduled = newestFirst.filter(({ kind }) => kind === 'scheduled');
  for (const name of newestOfEach(scheduled, DAY_MS, DAYS)) kept.add(name);
  for (const name of newestOfEach(scheduled, 7 * DAY_MS, WEEKS)) kept.add(name);
  return newestFirst.flatMap(({ name }) => (kept.has(name) ? [] : [name]));
}

/** The newest of each of the last `count` spans of time that have one. */
function newestOfEach(newestFirst: readonly BackupView[], spanMs: number, count: number): string[] {
  const seen = new Map<number, string>();
  for (const { at, name } of newestFirst) {
    const span = Math.floor(at / spanMs);
    if (seen.size < count && !seen.has(span)) seen.set(span, name);
  }
  return [...seen.values()];
}
