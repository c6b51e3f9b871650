import {
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { flipBytes, flipPage, pagesByClass } from '../../testing/broken-database.ts';
import { writeDraft } from '../../testing/full-desk.ts';
import {
  MADE_AT,
  makeRestorable,
  openDesk,
  openKilledAt,
  setTheme,
  themeOf,
} from '../../testing/restorable-desk.ts';
import { tempDir } from '../../testing/temp-engine.ts';
import { backupDatabase } from '../db/backup.ts';
import type { OpenDataFolder } from '../db/data-folder.ts';
import type { Db } from '../db/database.ts';
import { readFrames } from '../db/log-frames.ts';
import { openDatabase } from '../db/open.ts';
import { dataPaths } from '../paths.ts';
import { backupName } from './names.ts';
import { readReport } from './report.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const model = tempDir();
let folder: ReturnType<typeof tempDir>;
let dataDir: string;
let now: number;

const open = (dir = dataDir): Promise<OpenDataFolder> => openDesk(dir, now);

beforeAll(() => makeRestorable(join(model.path, 'data')));
afterAll(() => model.remove());
beforeEach(() => {
  now = MADE_AT + 3_600_000;
  folder = tempDir();
  dataDir = join(folder.path, 'data');
  cpSync(join(model.path, 'data'), dataDir, { recursive: true });
});
afterEach(() => folder.remove());

/** As a kill leaves it: several commits in the log, none in the file yet. */
async function killed(more = 0): Promise<string> {
  const data = await open();
  for (const theme of ['a', 'b', 'c', ...Array(more).fill('more'), 'last']) setTheme(data.db, String(theme));
  const copy = join(folder.path, 'copy');
  cpSync(dataDir, copy, { recursive: true });
  await data.close();
  return copy;
}
const log = (dir: string): string => `${dataPaths(dir).database}-wal`;

test('whole, it is played in', async () => {
  const dir = await killed();
  const data = await open(dir);
  expect(themeOf(data.db)).toBe('last');
  expect(existsSync(dataPaths(dir).report)).toBe(false);
  await data.close();
});

test('with a last commit that was never finished, it is played in up to there', async () => {
  const dir = await killed();
  truncateSync(log(dir), statSync(log(dir)).size - 2000);
  const data = await open(dir);
  expect(themeOf(data.db)).toBe('c');
  expect(existsSync(dataPaths(dir).report)).toBe(false);
  await data.close();
});

/** Bytes in the page of the first frame of the log's nth commit, from 0: a start is noted, then come the themes. */
function place(dir: string, n: number): number {
  const ends = [...readFrames(log(dir), 4096)].flatMap(({ isCommit }, frame) =>
    isCommit ? [frame + 1] : [],
  );
  return 32 + (n === 0 ? 0 : (ends[n - 1] ?? 0)) * 4120 + 400;
}

test.each([
  ['its header', () => 8, 'new'],
  ['its first frame', (dir: string) => place(dir, 0), 'new'],
  ['its middle', (dir: string) => place(dir, 3), 'b'],
])(
  'bytes turned in %s: the database is kept as it was before, the log is put aside',
  async (_what, at, kept) => {
    const dir = await killed();
    flipBytes(log(dir), at(dir), 16);
    const damaged = readFileSync(log(dir));
    const data = await open(dir);
    expect(themeOf(data.db)).toBe(kept);
    expect(data.db.pragma('integrity_check', { simple: true })).toBe('ok');
    const report = readReport(dataPaths(dir).report);
    expect(report).toMatchObject({ kind: 'lost-changes', backup: null, keptUntil: now, held: 1 });
    expect(readdirSync(report?.quarantine ?? '')).toEqual(['broken-log']);
    expect(readFileSync(join(report?.quarantine ?? '', 'broken-log')).equals(damaged)).toBe(true);
    expect(existsSync(dataPaths(dir).recovery)).toBe(false);
    await data.close();
  },
);

test('without a backup it is kept and told just the same', async () => {
  const dir = await killed();
  rmSync(dataPaths(dir).backups, { recursive: true });
  flipBytes(log(dir), place(dir, 0), 16);
  const data = await open(dir);
  expect(themeOf(data.db)).toBe('new');
  expect(readReport(dataPaths(dir).report)).toMatchObject({ kind: 'lost-changes', held: 1 });
  await data.close();
});

test('a backup newer than what is left of it is taken', async () => {
  const dir = await killed();
  const { backups, database: file } = dataPaths(dir);
  const copy = join(folder.path, 'whole.db');
  for (const end of ['', '-wal']) cpSync(`${file}${end}`, `${copy}${end}`);
  const whole = openDatabase(copy);
  await backupDatabase(whole, backups, backupName('scheduled', now + 1, 2));
  whole.close();
  flipBytes(log(dir), place(dir, 0), 16);
  now += 2;
  const data = await open(dir);
  expect(themeOf(data.db)).toBe('last');
  expect(readReport(dataPaths(dir).report)).toMatchObject({ kind: 'damaged', backup: { at: now - 1 } });
  await data.close();
});

test.each<[string, (backups: string, whole: Db) => Promise<void>]>([
  [
    'of a newer Counterdesk',
    async (backups, whole) => {
      whole.prepare("INSERT INTO migrations VALUES (9999, 'later', 'x', 9)").run();
      await backupDatabase(whole, backups, backupName('scheduled', now + 1, 2));
    },
  ],
  [
    'that is damaged',
    async (backups, whole) => {
      await backupDatabase(whole, backups, backupName('scheduled', now + 1, 2));
      flipPage(join(backups, backupName('scheduled', now + 1, 2)), 3);
    },
  ],
  [
    'that a restore put aside',
    (backups, whole) => backupDatabase(whole, backups, backupName('before-restore', now + 1, 2)),
  ],
])('a newer backup %s is no reason to give up what is left', async (_what, make) => {
  const dir = await killed();
  const copy = join(folder.path, 'whole.db');
  for (const end of ['', '-wal']) cpSync(`${dataPaths(dir).database}${end}`, `${copy}${end}`);
  const whole = openDatabase(copy);
  await make(dataPaths(dir).backups, whole);
  whole.close();
  flipBytes(log(dir), place(dir, 0), 16);
  now += 2;
  const data = await open(dir);
  expect(themeOf(data.db)).toBe('new');
  expect(readReport(dataPaths(dir).report)).toMatchObject({ kind: 'lost-changes' });
  await data.close();
});

test('a log that makes the file older than it is goes aside, and nothing is lost', async () => {
  const dir = await killed();
  const played = join(folder.path, 'played.db');
  for (const end of ['', '-wal']) cpSync(`${dataPaths(dir).database}${end}`, `${played}${end}`);
  openDatabase(played).close();
  cpSync(played, dataPaths(dir).database);
  flipBytes(log(dir), place(dir, 1), 16);
  const data = await open(dir);
  expect(themeOf(data.db)).toBe('last');
  expect(readReport(dataPaths(dir).report)).toMatchObject({ kind: 'lost-changes', held: 1 });
  await data.close();
});

test('what SQLite makes of a log that is in the file in part never was, however whole it looks: the backup takes its place', async () => {
  const data = await open();
  for (const n of [1, 2, 3, 4, 5, 6]) {
    data.db.transaction(() => {
      // In its place: no other page says where it is.
      data.db.prepare("UPDATE settings SET value = ? WHERE key = 'theme'").run(`theme ${n}`);
      writeDraft(data.db, `draft ${n}`, n);
    })();
  }
  const dir = join(folder.path, 'copy');
  cpSync(dataDir, dir, { recursive: true });
  await data.close();
  const { database } = dataPaths(dir);
  const played = join(folder.path, 'played.db');
  for (const end of ['', '-wal']) cpSync(`${database}${end}`, `${played}${end}`);
  openDatabase(played).close();
  // As a kill while the log is played in leaves the file: the new theme is there, the draft is not.
  const [file, after] = [readFileSync(database), readFileSync(played)];
  const page = Math.floor(after.indexOf('theme 6') / 4096) * 4096;
  after.copy(file, page, page, page + 4096);
  writeFileSync(database, file);
  flipBytes(log(dir), place(dir, 1), 16);
  const opened = await open(dir);
  expect(themeOf(opened.db)).toBe('old');
  expect(readReport(dataPaths(dir).report)).toMatchObject({ kind: 'damaged', backup: { at: MADE_AT } });
  await opened.close();
});

test('a kept database that is broken besides gives way to the backup', async () => {
  const dir = await killed();
  flipBytes(log(dir), place(dir, 3), 16);
  flipPage(
    dataPaths(dir).database,
    (pagesByClass(dataPaths(dataDir).database).get('leaf index') ?? [])[3] ?? 0,
  );
  const data = await open(dir);
  expect(themeOf(data.db)).toBe('old');
  expect(readReport(dataPaths(dir).report)).toMatchObject({ kind: 'damaged', backup: { at: MADE_AT } });
  await data.close();
});

test('commits that were never finished, twice in a row, are no damage', async () => {
  const dir = await killed();
  /** A commit of several pages, of which the power cut takes the second. */
  async function cutShort(from: string, to: string, pages: number): Promise<void> {
    const data = await open(from);
    setTheme(data.db, `before ${to}`);
    const frames = [...readFrames(log(from), 4096)].filter(({ isRead }) => isRead).length;
    const insert = data.db.prepare('INSERT INTO settings (key, value) VALUES (?, ?)');
    data.db.transaction(() => {
      for (let n = 0; n < pages; n += 1) insert.run(`${to} ${n}`, 'x'.repeat(3000));
    })();
    cpSync(from, join(folder.path, to), { recursive: true });
    await data.close();
    flipBytes(log(join(folder.path, to)), 32 + (frames + 1) * 4120 + 400, 16);
  }
  await cutShort(dir, 'first', 60);
  await cutShort(join(folder.path, 'first'), 'second', 5);
  const second = join(folder.path, 'second');
  const data = await open(second);
  expect(themeOf(data.db)).toBe('before second');
  expect(existsSync(dataPaths(second).report)).toBe(false);
  await data.close();
});

test('what lies behind the part that was kept is not taken for lost once more', async () => {
  const dir = await killed(200);
  flipBytes(log(dir), place(dir, 3), 16);
  const data = await open(dir);
  expect(themeOf(data.db)).toBe('b');
  setTheme(data.db, 'after');
  const next = join(folder.path, 'next');
  cpSync(dir, next, { recursive: true });
  await data.close();
  rmSync(dataPaths(next).report);
  const again = await open(next);
  expect(themeOf(again.db)).toBe('after');
  expect(existsSync(dataPaths(next).report)).toBe(false);
  await again.close();
});

test.each(['copied', 'moved'])(
  'killed at any change of the file system while the log is %s, it goes on',
  async (how) => {
    const model = await killed();
    if (how === 'moved') {
      const played = join(folder.path, 'played.db');
      for (const end of ['', '-wal']) cpSync(`${dataPaths(model).database}${end}`, `${played}${end}`);
      openDatabase(played).close();
      cpSync(played, dataPaths(model).database);
    }
    flipBytes(log(model), place(model, 3), 16);
    const damaged = readFileSync(log(model));
    let kills = 0;
    for (let n = 1; n < 60; n += 1) {
      const dir = join(folder.path, `${n}`, 'data');
      cpSync(model, dir, { recursive: true });
      if (!(await openKilledAt(dir, n))) break;
      kills += 1;
      const data = await open(dir);
      expect(themeOf(data.db), `killed at ${n}`).toBe(how === 'moved' ? 'last' : 'b');
      await data.close();
      const report = readReport(dataPaths(dir).report);
      expect(report).toMatchObject({ kind: 'lost-changes' });
      expect(readFileSync(join(report?.quarantine ?? '', 'broken-log')).equals(damaged)).toBe(true);
      expect(existsSync(dataPaths(dir).recovery)).toBe(false);
      expect(readdirSync(dataPaths(dir).quarantine)).toHaveLength(1);
      rmSync(dirname(dir), { recursive: true });
    }
    expect(kills).toBeGreaterThan(8);
  },
);
