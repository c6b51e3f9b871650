import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { flipBytes } from '../../testing/broken-database.ts';
import { tempDir } from '../../testing/temp-engine.ts';
import type { Db } from './database.ts';
import { inspectLog } from './log-check.ts';
import { openDatabase } from './open.ts';

const PAGE = 4096;
const FRAME = PAGE + 24;
const HEADER = 32;

let folder: ReturnType<typeof tempDir>;
let db: Db;
/** The database as a kill leaves it. */
let copy: string;

beforeEach(() => {
  folder = tempDir();
  const path = join(folder.path, 'a.db');
  copy = join(folder.path, 'copy.db');
  db = openDatabase(path);
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT) STRICT; CREATE TABLE u (text TEXT) STRICT;');
  db.pragma('wal_checkpoint(TRUNCATE)');
});
afterEach(() => {
  db.close();
  folder.remove();
});

const commits = (count: number): void => {
  for (let n = 0; n < count; n += 1) db.prepare('INSERT INTO t (text) VALUES (?)').run('x'.repeat(2000));
};
const kill = (): void => {
  for (const end of ['', '-wal']) copyFileSync(`${join(folder.path, 'a.db')}${end}`, `${copy}${end}`);
};
const log = (): string => `${copy}-wal`;
/** Turns bytes in the page of the nth frame, from 0. */
const breakFrame = (n: number): void => flipBytes(log(), HEADER + n * FRAME + 24 + 100, 16);
/** The file alone, as if the log had been played into it. */
const playIntoFile = (): void => {
  const other = join(folder.path, 'other.db');
  for (const end of ['', '-wal']) copyFileSync(`${copy}${end}`, `${other}${end}`);
  openDatabase(other).close();
  copyFileSync(other, copy);
};
const state = (): ReturnType<typeof inspectLog> => inspectLog(copy);

test('no log, an empty one, and one that is as it was written', () => {
  kill();
  expect(state()).toBe('whole');
  truncateSync(log(), 0);
  expect(state()).toBe('whole');
  commits(8);
  kill();
  expect(state()).toBe('whole');
  expect(inspectLog(join(folder.path, 'none.db'))).toBe('whole');
});

test('a last commit of which some is not there was never finished, whichever of its frames it is', () => {
  commits(3);
  kill();
  const before = statSync(log()).size;
  db.exec('BEGIN');
  commits(6);
  db.exec('COMMIT');
  kill();
  const { size } = statSync(log());
  truncateSync(log(), size - 2000);
  expect(state()).toBe('torn');
  kill();
  flipBytes(log(), before + 24 + 100, 16);
  expect(state()).toBe('torn');
});

test('what an earlier round left behind is none of it', () => {
  commits(12);
  db.pragma('wal_checkpoint(RESTART)');
  commits(1);
  kill();
  expect(statSync(log()).size).toBeGreaterThan(HEADER + 12 * FRAME);
  expect(state()).toBe('whole');
});

test('finished commits behind a broken frame are lost, wherever it is', () => {
  commits(9);
  kill();
  const frames = Math.floor((statSync(log()).size - HEADER) / FRAME);
  for (const n of [0, 1, Math.floor(frames / 2)]) {
    kill();
    breakFrame(n);
    expect(state(), `frame ${n}`).toBe('cut');
  }
});

test('a frame that no longer says whose it is', () => {
  commits(9);
  kill();
  flipBytes(log(), HEADER + FRAME + 8, 8);
  expect(state()).toBe('cut');
});

test.each([0, 8, 16, 24])('a header broken at %s loses all commits', (at) => {
  commits(2);
  kill();
  flipBytes(log(), at, 8);
  expect(state()).toBe('cut');
});

test('one commit alone is lost with the header, too', () => {
  commits(1);
  kill();
  expect(state()).toBe('whole');
  flipBytes(log(), 0, 8);
  expect(state()).toBe('cut');
});

test('a header and a frame that were never written lose nothing', () => {
  kill();
  writeFileSync(log(), Buffer.alloc(HEADER + FRAME));
  expect(state()).toBe('torn');
});

test.each(['header', 'frame'])('a log that is all in the file is what makes it older: its %s', (what) => {
  commits(9);
  kill();
  playIntoFile();
  if (what === 'header') flipBytes(log(), 0, 8);
  else breakFrame(2);
  expect(state()).toBe('ahead');
});

test('a log that is all in the file, broken where the only version of a page is', () => {
  db.prepare('INSERT INTO u VALUES (?)').run('y');
  commits(9);
  kill();
  playIntoFile();
  breakFrame(0);
  expect(state()).toBe('ahead');
});

test('a log that was in the file and went on', () => {
  commits(9);
  kill();
  playIntoFile();
  commits(5);
  copyFileSync(join(folder.path, 'a.db-wal'), log());
  breakFrame(2);
  expect(state()).toBe('ahead');
});

test('a log that is in the file up to before the broken frame', () => {
  commits(9);
  kill();
  playIntoFile();
  const { size } = statSync(log());
  commits(9);
  copyFileSync(join(folder.path, 'a.db-wal'), log());
  breakFrame((size - HEADER) / FRAME + 2);
  expect(state()).toBe('cut');
});

test('a file that has some pages of what lies behind and not others', () => {
  commits(4);
  db.prepare('INSERT INTO u VALUES (?)').run('y');
  commits(4);
  kill();
  const whole = readFileSync(copy);
  playIntoFile();
  // As a kill in the middle of it leaves the file: the pages behind are still the old ones.
  const played = readFileSync(copy);
  writeFileSync(copy, Buffer.concat([played.subarray(0, 2 * PAGE), whole.subarray(2 * PAGE)]));
  breakFrame(1);
  expect(state()).toBe('mixed');
});

test('a file whose own header is broken is left to SQLite', () => {
  commits(9);
  kill();
  breakFrame(2);
  flipBytes(copy, 0, 100);
  expect(state()).toBe('cut');
  truncateSync(copy, 0);
  expect(existsSync(log())).toBe(true);
  expect(state()).toBe('cut');
});
