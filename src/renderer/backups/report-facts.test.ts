import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { RecoveryReport } from '../../contract/backups.ts';
import { reportFacts } from './report-facts.ts';

const file = new URL('../../../resources/locales/en/backups.json', import.meta.url);
const words = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

const report = (kind: RecoveryReport['kind'], over: Partial<RecoveryReport> = {}): RecoveryReport => ({
  kind,
  at: 9,
  backup: null,
  keptUntil: null,
  quarantine: null,
  savedMessages: 0,
  savedDrafts: 0,
  stoppedStores: 0,
  held: 0,
  ...over,
});
const keys = (of: RecoveryReport): string[] => reportFacts(of).map(({ key }) => key);
const backup = { name: 'b', at: 5 };

it.each<[string, RecoveryReport, string[]]>([
  ['a backup', report('damaged', { backup }), ['backup', 'missing.since', 'noneHeld']],
  ['a new file', report('damaged'), ['noBackup', 'missing.all', 'noneHeld']],
  ['one by hand', report('restored-by-hand', { backup }), ['backup', 'missing.since', 'noneHeld']],
  ['one that was refused', report('not-restored', { backup }), ['backup', 'missing.since', 'noneHeld']],
  ['a kept file', report('lost-changes', { keptUntil: 4 }), ['kept.until', 'missing.kept', 'noneHeld']],
  ['one that knows no time', report('lost-changes'), ['kept.unknown', 'missing.kept', 'noneHeld']],
  ['a take-over', report('taken-over'), ['inUse.taken-over', 'noneHeld']],
  ['a moved folder', report('moved'), ['inUse.moved', 'noneHeld']],
])('%s: what is in use, what may be missing, and what waits', (_what, of, expected) => {
  expect(keys(of)).toEqual(expected);
  for (const key of expected) {
    const found = key
      .split('.')
      .reduce<unknown>((all, part) => (all as Record<string, unknown>)[part], words.report);
    expect(found, key).toEqual(expect.any(String));
  }
});

it('counts what was put back and what waits', () => {
  const of = report('damaged', { backup, savedMessages: 2, savedDrafts: 1, stoppedStores: 4, held: 3 });
  expect(reportFacts(of).slice(2)).toEqual([
    { key: 'messages', count: 2 },
    { key: 'drafts', count: 1 },
    { key: 'stopped', count: 4 },
    { key: 'held', count: 3 },
  ]);
  expect(reportFacts(of)[0]).toEqual({ key: 'backup', at: 5 });
});
