import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { flipPage } from '../../testing/broken-database.ts';
import { tempDir } from '../../testing/temp-engine.ts';
import { startCheck } from './check.ts';
import { openDatabase } from './open.ts';

let folder: ReturnType<typeof tempDir>;
let path: string;
beforeEach(() => {
  folder = tempDir();
  path = join(folder.path, 'a.db');
  const db = openDatabase(path);
  db.exec('CREATE TABLE t (a TEXT) STRICT');
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  for (let n = 0; n < 50; n += 1) insert.run('x'.repeat(900));
  db.close();
});
afterEach(() => folder.remove());

test('a whole file has no problems, a damaged one has, and of one that is not there nothing is known', async () => {
  expect(await startCheck(path, 'integrity_check').problems).toEqual([]);
  flipPage(path, 3);
  expect((await startCheck(path, 'quick_check').problems)?.length).toBeGreaterThan(0);
  expect(await startCheck(join(folder.path, 'none.db'), 'quick_check').problems).toBeNull();
});

test('stopped at any moment of its start it ends alone', { timeout: 120_000 }, async () => {
  for (let ms = 0; ms < 60; ms += 1) {
    const check = startCheck(path, 'quick_check');
    // The moments of a thread's start can't be waited for: each is tried.
    await sleep(ms);
    await check.stop();
    expect([null, []]).toContainEqual(await check.problems);
  }
});
