import type { RecoveryReport } from '../../contract/backups.ts';

/** One thing a report says: a key of the words, and what is put into them. */
export interface ReportFact {
  readonly key: string;
  readonly count?: number;
  /** UTC milliseconds. */
  readonly at?: number;
}

/** What is in use now, and what may be missing from it. */
function dataFacts({ kind, backup, keptUntil }: RecoveryReport): readonly ReportFact[] {
  switch (kind) {
    case 'taken-over':
    case 'moved':
      return [{ key: `inUse.${kind}` }];
    case 'lost-changes':
      return [
        keptUntil === null ? { key: 'kept.unknown' } : { key: 'kept.until', at: keptUntil },
        { key: 'missing.kept' },
      ];
    default:
      return backup === null
        ? [{ key: 'noBackup' }, { key: 'missing.all' }]
        : [{ key: 'backup', at: backup.at }, { key: 'missing.since' }];
  }
}

/** What a report says, in the order in which it is read; where the files lie comes after it. Never nothing. */
export function reportFacts(report: RecoveryReport): readonly ReportFact[] {
  const { savedMessages, savedDrafts, stoppedStores, held } = report;
  const facts = [...dataFacts(report)];
  if (savedMessages > 0) facts.push({ key: 'messages', count: savedMessages });
  if (savedDrafts > 0) facts.push({ key: 'drafts', count: savedDrafts });
  if (stoppedStores > 0) facts.push({ key: 'stopped', count: stoppedStores });
  facts.push(held > 0 ? { key: 'held', count: held } : { key: 'noneHeld' });
  return facts;
}
