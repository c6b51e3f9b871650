import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempDb, tempDir } from '../../testing/temp-engine.ts';
import { openDatabase } from './open.ts';
import { watchStatements, type SlowStatement } from './slow-statements.ts';

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => folder.remove());

test('every open sets the journal, full synchronisation and foreign keys, the second one too', () => {
  const path = join(folder.path, 'a.db');
  for (let round = 0; round < 2; round += 1) {
    const db = openDatabase(path);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    db.exec('CREATE TABLE IF NOT EXISTS t (a INTEGER) STRICT');
    db.close();
  }
});

test('a file that is no database is named as damaged', () => {
  const path = join(folder.path, 'a.db');
  writeFileSync(path, 'this is a letter, not a database. '.repeat(200));
  expect(() => openDatabase(path)).toThrow(expect.objectContaining({ reason: 'damaged-database' }));
});

test('every table of the schema is strict, apart from the search index', () => {
  const temp = tempDb();
  const loose = temp.db
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list
       WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    .all();
  temp.close();
  expect(loose).toEqual([]);
});

test('a slow statement is told of, without its parameters', () => {
  const temp = tempDb();
  const slow: SlowStatement[] = [];
  let now = 0;
  watchStatements(temp.db, { onSlow: (query) => slow.push(query) }, () => (now += 30));
  temp.db.prepare('SELECT ? AS a').get('private');
  expect(slow).toEqual([]);
  watchStatements(temp.db, { onSlow: (query) => slow.push(query) }, () => (now += 50));
  const statement = temp.db.prepare<[string], { a: string }>('SELECT ? AS a');
  expect(statement.get('private')).toEqual({ a: 'private' });
  expect(statement.all('private')).toEqual([{ a: 'private' }]);
  temp.close();
  expect(slow.map((query) => query.sql)).toContain('SELECT ? AS a');
  expect(JSON.stringify(slow)).not.toContain('private');
});
