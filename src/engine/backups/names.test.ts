import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-engine.ts';
import { listBackups, nextBackupName } from './names.ts';

const AT = Date.UTC(2026, 0, 5, 8);
const YEAR_MS = 365 * 24 * 3_600_000;

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => folder.remove());

const put = (name: string, text = 'x'): string => {
  writeFileSync(join(folder.path, name), text);
  return name;
};
const names = (): string[] => listBackups(folder.path).map(({ name }) => name);

test('backups stand in the order in which they were made, whatever the clock said', () => {
  const old = put('scheduled-20260101T080000-000Z.db');
  const first = put(nextBackupName(folder.path, 'scheduled', AT));
  const ahead = put(nextBackupName(folder.path, 'by-hand', AT + YEAR_MS));
  const behind = put(nextBackupName(folder.path, 'scheduled', AT - 9 * YEAR_MS));
  expect(names()).toEqual([behind, ahead, first, old]);
  expect(listBackups(folder.path)[0]).toEqual({
    name: behind,
    kind: 'scheduled',
    at: AT - 9 * YEAR_MS,
    bytes: 1,
  });
});

test('two of one moment have names of their own', () => {
  const first = put(nextBackupName(folder.path, 'scheduled', AT));
  expect(nextBackupName(folder.path, 'scheduled', AT)).not.toBe(first);
});

test('a file a person put there is listed by its time, and never counted among those made', () => {
  const first = put(nextBackupName(folder.path, 'scheduled', AT));
  const second = put(nextBackupName(folder.path, 'scheduled', AT + 2000));
  for (const [name, at] of [
    ['a.db', AT + 3000],
    ['b.db', AT + 1000],
    ['c.db', AT - 1000],
  ] as const) {
    utimesSync(join(folder.path, put(name)), at / 1000, at / 1000);
  }
  expect(names()).toEqual(['a.db', second, 'b.db', first, 'c.db']);
});

test('empty files, folders and others are no backups; nor is there one in a folder that is gone', () => {
  put('empty.db', '');
  put('scheduled-20260101T080000-000Z.db.partial');
  mkdirSync(join(folder.path, 'folder.db'));
  expect(names()).toEqual([]);
  expect(listBackups(join(folder.path, 'none'))).toEqual([]);
});
