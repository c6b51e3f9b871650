import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-engine.ts';
import { backupDatabase, inspectBackup, restoreBackup } from './backup.ts';
import { openDatabase } from './open.ts';

let folder: ReturnType<typeof tempDir>;
const path = (name: string): string => join(folder.path, name);
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => folder.remove());

function makeDatabase(name: string, text: string): void {
  const db = openDatabase(path(name));
  db.exec(`CREATE TABLE t (text TEXT) STRICT; INSERT INTO t VALUES ('${text}')`);
  db.close();
}
function textOf(name: string): unknown {
  const db = openDatabase(path(name));
  const row = db.prepare('SELECT text FROM t').get();
  db.close();
  return row;
}

test('a restored database has nothing of the log of the one before it', () => {
  makeDatabase('a.db', 'before');
  makeDatabase('b.db', 'backup');
  for (const end of ['-wal', '-shm']) writeFileSync(path(`a.db${end}`), 'of the one before');
  restoreBackup(path('b.db'), path('a.db'));
  expect(existsSync(path('a.db-wal'))).toBe(false);
  expect(textOf('a.db')).toEqual({ text: 'backup' });
  expect(readdirSync(folder.path)).not.toContain('a.db.restore');
});

test('of one a person copied while it was in use the log comes along, and stays beside it', async () => {
  const db = openDatabase(path('used.db'));
  db.exec(`CREATE TABLE t (text TEXT) STRICT; INSERT INTO t VALUES ('in the log')`);
  for (const end of ['', '-wal']) writeFileSync(path(`copied.db${end}`), readFileSync(path(`used.db${end}`)));
  db.close();
  expect((await inspectBackup(path('copied.db'))).problems).toEqual([]);
  expect(existsSync(path('copied.db-wal'))).toBe(true);
  restoreBackup(path('copied.db'), path('restored.db'));
  expect(textOf('restored.db')).toEqual({ text: 'in the log' });
});

test('half-made copies a kill left behind are cleared away by the next one', async () => {
  const db = openDatabase(path('a.db'));
  writeFileSync(path('scheduled-20260101T080000-000Z-1.db.partial'), 'half');
  await backupDatabase(db, folder.path, 'by-hand-20260101T080000-000Z-2.db');
  db.close();
  expect(readdirSync(folder.path).filter((name) => name.includes('Z-'))).toEqual([
    'by-hand-20260101T080000-000Z-2.db',
  ]);
});
