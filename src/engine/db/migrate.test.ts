import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import type { Db } from './database.ts';
import { applyMigrations, pendingMigrations } from './migrate.ts';
import { readMigrations } from './migrations-folder.ts';
import { openDatabase } from './open.ts';

const child = fileURLToPath(new URL('../../testing/engine-child.ts', import.meta.url));
let folder: ReturnType<typeof tempDir>;
let sql: string;
beforeEach(() => {
  folder = tempDir();
  sql = join(folder.path, 'migrations');
  mkdirSync(sql);
});
afterEach(() => folder.remove());

const write = (name: string, text: string): void => writeFileSync(join(sql, name), text);
const migrate = (db: Db): void => applyMigrations(db, pendingMigrations(db, readMigrations(sql)), () => 7);
const tables = (db: Db): string[] =>
  db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map((row) => row.name);
const open = (): Db => openDatabase(join(folder.path, 'a.db'));

test("the project's own migrations apply to an empty file, and then nothing is pending", () => {
  const db = open();
  const migrations = readMigrations(migrationsDir);
  applyMigrations(db, pendingMigrations(db, migrations), () => 7);
  expect(pendingMigrations(db, migrations)).toEqual([]);
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  db.close();
});

test('a migration that fails leaves nothing of itself, and those before it stay', () => {
  write('0001-a.sql', 'CREATE TABLE a (x INTEGER) STRICT;');
  write('0002-b.sql', 'CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);');
  const db = open();
  expect(() => migrate(db)).toThrow(/Migration 0002-b failed: no such table: nowhere/);
  expect(tables(db)).toEqual(['a', 'migrations']);
  db.close();
});

test('a migration that leaves rows referring to nothing is refused', () => {
  write('0001-a.sql', 'CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;');
  write('0002-b.sql', 'CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT; INSERT INTO b (a) VALUES (5);');
  const db = open();
  expect(() => migrate(db)).toThrow(/refer to rows that are not there/);
  expect(tables(db)).toEqual(['a', 'migrations']);
  db.close();
});

test('a migration that commits by itself is refused', () => {
  write('0001-a.sql', 'CREATE TABLE a (x INTEGER) STRICT; COMMIT;');
  const db = open();
  expect(() => migrate(db)).toThrow(/ended its transaction/);
  db.close();
});

test('a changed file, a missing number and a doubled one are refused; Windows line ends are not a change', () => {
  write('0001-a.sql', 'CREATE TABLE a (x INTEGER)\nSTRICT;\n');
  const db = open();
  migrate(db);
  write('0001-a.sql', 'CREATE TABLE a (x INTEGER)\r\nSTRICT;\r\n');
  expect(pendingMigrations(db, readMigrations(sql))).toEqual([]);
  appendFileSync(join(sql, '0001-a.sql'), '-- once more\n');
  expect(() => migrate(db)).toThrow(expect.objectContaining({ reason: 'failed-migration' }));
  db.close();
  write('0003-c.sql', 'SELECT 1;');
  expect(() => readMigrations(sql)).toThrow(/Migration 2 is missing/);
  write('0002-b.sql', 'SELECT 1;');
  write('0002-bb.sql', 'SELECT 1;');
  expect(() => readMigrations(sql)).toThrow(/Migration 3 is missing or doubled/);
  write('0002-B.sql', 'SELECT 1;');
  expect(() => readMigrations(sql)).toThrow(/Not a migration's name/);
});

test('a database of a newer version is refused, and nothing is written to it', () => {
  write('0001-a.sql', 'CREATE TABLE a (x INTEGER) STRICT;');
  const db = open();
  migrate(db);
  db.prepare("INSERT INTO migrations VALUES (2, 'later', 'x', 9)").run();
  expect(() => migrate(db)).toThrow(expect.objectContaining({ reason: 'newer-database' }));
  db.close();
});

test('killed at any point, the file holds all of a migration or nothing of it, and goes on', () => {
  write('0001-a.sql', 'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1); SELECT kill_point(1);');
  write(
    '0002-b.sql',
    `SELECT kill_point(2);
     CREATE TABLE b (x INTEGER, y BLOB) STRICT;
     SELECT kill_point(3);
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
       INSERT INTO b SELECT kill_point(i + 1000), zeroblob(600) FROM n;
     UPDATE a SET x = 2;
     SELECT kill_point(4);
     ALTER TABLE a ADD COLUMN z TEXT;
     SELECT kill_point(5);`,
  );
  // 38000 rows into the insert its pages no longer fit the cache: unfinished work is in the file's log by then.
  for (const [point, applied] of [
    ['1', 0],
    ['2', 1],
    ['3', 1],
    ['1010', 1],
    ['39000', 1],
    ['4', 1],
    ['5', 1],
  ] as const) {
    const path = join(folder.path, `${point}.db`);
    const run = spawnSync(process.execPath, [child, 'migrate', path, sql, point], { encoding: 'utf8' });
    expect({ point, signal: run.signal, stderr: run.stderr }).toMatchObject({ point, signal: 'SIGKILL' });
    const db = openDatabase(path);
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(tables(db)).toEqual(applied === 0 ? [] : ['a', 'migrations']);
    if (applied === 1) expect(db.prepare('SELECT x FROM a').all()).toEqual([{ x: 1 }]);
    db.function('kill_point', (value: unknown) => value);
    migrate(db);
    expect(db.prepare('SELECT (SELECT x FROM a) AS x, count(*) AS n FROM b').get()).toEqual({
      x: 2,
      n: 40000,
    });
    db.close();
  }
});
