import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-engine.ts';
import { endRecovery, readRecovery, writeRecovery, type Recovery } from './marker.ts';

const recovery: Recovery = {
  kind: 'damaged',
  at: 5,
  step: 'install',
  folder: 'counterdesk.db-20260105T080000-000Z',
  backup: null,
  since: null,
  tried: ['a.db'],
};

let folder: ReturnType<typeof tempDir>;
let path: string;
beforeEach(() => {
  folder = tempDir();
  path = join(folder.path, 'recovery.json');
});
afterEach(() => folder.remove());

test('what was noted is read again, until it is done', () => {
  expect(readRecovery(path)).toBeNull();
  writeRecovery(path, recovery);
  writeRecovery(path, { ...recovery, step: 'finish', backup: 'b.db', since: 9 });
  expect(readRecovery(path)).toEqual({ ...recovery, step: 'finish', backup: 'b.db', since: 9 });
  expect(readdirSync(folder.path)).toEqual(['recovery.json']);
  endRecovery(path);
  expect(existsSync(path)).toBe(false);
  expect(readRecovery(path)).toBeNull();
});

test('one of before the time of the data was noted is read', () => {
  const { since: _since, ...older } = recovery;
  writeFileSync(path, JSON.stringify(older));
  expect(readRecovery(path)).toEqual(recovery);
});

test.each([
  ['nothing', ''],
  ['a torn one', JSON.stringify(recovery).slice(0, 40)],
  ['another text', '"hello"'],
  ['a step nobody knows', JSON.stringify({ ...recovery, step: 'later' })],
  ['a folder outside', JSON.stringify({ ...recovery, folder: '../../other' })],
])('%s is none', (_what, text) => {
  writeFileSync(path, text);
  expect(readRecovery(path)).toBeNull();
});
