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
 * Names of the backups that are no longer needed. Of the scheduled ones the newest four stay, the newest of each of the
 * last seven days and of each of the last four weeks, counted back from the newest one: a clock set wrong, or a
 * computer switched off for a month, removes nothing more. The newest of every kind always stays.
 */
export function noLongerNeeded(backups: readonly BackupView[]): string[] {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at);
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

/** The newest of each of the last `count` spans of time. */
function newestOfEach(newestFirst: readonly BackupView[], spanMs: number, count: number): string[] {
  const newestAt = newestFirst[0]?.at ?? 0;
  const seen = new Map<number, string>();
  for (const { at, name } of newestFirst) {
    const span = Math.floor(newestAt / spanMs) - Math.floor(at / spanMs);
    if (span < count && !seen.has(span)) seen.set(span, name);
  }
  return [...seen.values()];
}
