import type { BackupView } from '../../contract/backups.ts';

const HOUR_MS = 3_600_000;

export interface ScheduleFacts {
  /** Hours between backups; 0: none are made by themselves. */
  readonly hours: number;
  readonly backups: readonly BackupView[];
  /** When something changed that no backup holds yet; null: nothing did. UTC milliseconds. */
  readonly changedAt: number | null;
  readonly now: number;
}

/**
 * When the next scheduled backup is due, UTC milliseconds; null: none is. The first one comes an hour after the first
 * change, so that a first day is not lost; the others `hours` after the one before, if anything changed since. A backup
 * from the future (the clock was set back) counts for nothing, and a change from the future is long enough ago.
 */
export function nextBackupAt({ hours, backups, changedAt, now }: ScheduleFacts): number | null {
  if (hours === 0 || changedAt === null) return null;
  const made = backups.filter(({ kind, at }) => kind !== 'added' && at <= now);
  if (changedAt > now) return now;
  if (made.length === 0) return changedAt + HOUR_MS;
  return Math.max(...made.map(({ at }) => at)) + hours * HOUR_MS;
}
