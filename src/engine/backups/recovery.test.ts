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
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { flipBytes, flipPage, pagesByClass, type PageClass } from '../../testing/broken-database.ts';
import { fillDesk, writeOwn } from '../../testing/full-desk.ts';
import {
  MADE_AT,
  makeRestorable,
  openDesk,
  openKilledAt,
  setTheme,
  themeOf,
} from '../../testing/restorable-desk.ts';
import { migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import { backupDatabase } from '../db/backup.ts';
import type { OpenDataFolder } from '../db/data-folder.ts';
import type { Db } from '../db/database.ts';
import { openDatabase } from '../db/open.ts';
import { dataPaths } from '../paths.ts';
import { backupName } from './names.ts';
import { beginRecovery } from './recovery.ts';
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

const database = (): string => dataPaths(dataDir).database;

/** Opens; where damage shows only in the check that is due, opens again as the host does after it. */
async function openUntilWhole(): Promise<OpenDataFolder> {
  // A week later the file is read through, whatever the stop was like.
  now += 8 * 24 * 3_600_000;
  let data = await open();
  if ((await data.damage) !== null) {
    beginRecovery(dataDir, now);
    await data.close();
    data = await open();
  }
  return data;
}

function expectRestored(db: Db, damaged: Buffer | null): void {
  expect(themeOf(db)).toBe('old');
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.prepare('SELECT count(*) AS n FROM messages WHERE remote_id IS NOT NULL').get()).toEqual({
    n: 1600,
  });
  const report = readReport(dataPaths(dataDir).report);
  expect(report).toMatchObject({ kind: 'damaged', backup: { at: MADE_AT } });
  const kept = readFileSync(join(report?.quarantine ?? '', 'counterdesk.db'));
  // What was opened before the check found it was written to as well.
  if (damaged === null) expect(kept.length).toBeGreaterThan(4096);
  else expect(kept.equals(damaged)).toBe(true);
}

describe('bytes turned in a page of each kind', () => {
  const classes: readonly PageClass[] = [
    'schema',
    'interior table',
    'leaf table',
    'interior index',
    'leaf index',
    'overflow',
    'freelist',
    'search index',
  ];
  test.each(classes)('%s: the backup takes its place, the damaged file is kept', async (kind) => {
    const pages = pagesByClass(database()).get(kind) ?? [];
    expect(pages.length).toBeGreaterThan(0);
    flipPage(database(), pages[Math.floor(pages.length / 2)] ?? 0);
    const data = await openUntilWhole();
    expectRestored(data.db, null);
    await data.close();
  });

  test('the header of the file', async () => {
    flipBytes(database(), 0, 32);
    const damaged = readFileSync(database());
    const data = await openUntilWhole();
    expectRestored(data.db, damaged);
    await data.close();
  });
});

describe('a file cut short or replaced', () => {
  test.each([50, 100, 4096, 4096 * 3 + 17, 0.5, 0.9])('cut at %s', async (at) => {
    const { size } = statSync(database());
    truncateSync(database(), at < 1 ? Math.floor((size * at) / 4096) * 4096 : at);
    const damaged = readFileSync(database());
    const data = await openUntilWhole();
    expectRestored(data.db, damaged);
    await data.close();
  });

  test('another file under its name', async () => {
    writeFileSync(database(), 'a letter, not a database. '.repeat(9000));
    const damaged = readFileSync(database());
    const data = await openUntilWhole();
    expectRestored(data.db, damaged);
    await data.close();
  });

  test('an empty file is no new beginning where there are backups', async () => {
    truncateSync(database(), 0);
    const data = await openUntilWhole();
    expectRestored(data.db, Buffer.alloc(0));
    await data.close();
  });

  test('a database that is gone is no new beginning where there are backups', async () => {
    rmSync(database());
    const data = await openUntilWhole();
    expect(themeOf(data.db)).toBe('old');
    expect(readReport(dataPaths(dataDir).report)).toMatchObject({ kind: 'damaged' });
    await data.close();
  });
});

describe('what was not sent', () => {
  test('is put back from a file that can still be read in part, with drafts, and counted', async () => {
    const pages = pagesByClass(database()).get('overflow') ?? [];
    flipPage(database(), pages[0] ?? 0);
    const data = await openUntilWhole();
    expect(readReport(dataPaths(dataDir).report)).toMatchObject({
      savedMessages: 1,
      savedDrafts: 1,
      held: 1,
    });
    expect(
      data.db
        .prepare(
          'SELECT c.remote_id, m.text FROM outbox o JOIN messages m ON m.id = o.message_id JOIN conversations c ON c.id = o.conversation_id',
        )
        .all(),
    ).toEqual([{ remote_id: 'c1', text: 'not sent yet' }]);
    expect(data.db.prepare('SELECT conversation_id, text FROM drafts').all()).toEqual([
      { conversation_id: 2, text: 'half a sentence' },
    ]);
    await data.close();
  });

  test('an older draft does not take the place of a newer one, nor a message stand twice', async () => {
    let data = await open();
    await backupDatabase(data.db, dataPaths(dataDir).backups, backupName('by-hand', MADE_AT + 1000, 2));
    await data.close();
    beginRecovery(dataDir, now, backupName('by-hand', MADE_AT + 1000, 2));
    data = await open();
    expect(readReport(dataPaths(dataDir).report)).toMatchObject({
      savedMessages: 0,
      savedDrafts: 0,
      held: 1,
    });
    await data.close();
  });
});

describe('backups that are no good either', () => {
  test('the next older one is taken', async () => {
    const { backups } = dataPaths(dataDir);
    cpSync(
      join(backups, backupName('scheduled', MADE_AT, 1)),
      join(backups, backupName('by-hand', MADE_AT + 5000, 2)),
    );
    flipPage(join(backups, backupName('by-hand', MADE_AT + 5000, 2)), 3);
    writeFileSync(join(backups, backupName('scheduled', MADE_AT + 6000, 3)), 'no database '.repeat(1000));
    cpSync(database(), join(backups, 'from-elsewhere.db'));
    flipBytes(database(), 0, 64);
    const damaged = readFileSync(database());
    const data = await openUntilWhole();
    expectRestored(data.db, damaged);
    await data.close();
  });

  test('without any a new database is begun, and says so', async () => {
    const { backups, report } = dataPaths(dataDir);
    rmSync(backups, { recursive: true });
    flipBytes(database(), 0, 64);
    const data = await openUntilWhole();
    expect(themeOf(data.db)).toBeUndefined();
    expect(readReport(report)).toMatchObject({ kind: 'damaged', backup: null });
    expect(existsSync(join(readReport(report)?.quarantine ?? '', 'counterdesk.db'))).toBe(true);
    await data.close();
  });
});

test('where no backup can be opened a new database is begun, and none of theirs is left in its place', async () => {
  const { backups, report } = dataPaths(dataDir);
  const only = openDatabase(join(backups, backupName('scheduled', MADE_AT, 1)));
  only.exec("UPDATE migrations SET checksum = 'of another program'");
  only.close();
  flipBytes(database(), 0, 64);
  const data = await open();
  expect(themeOf(data.db)).toBeUndefined();
  expect(readReport(report)).toMatchObject({ kind: 'damaged', backup: null });
  expect(readdirSync(backups)).toHaveLength(1);
  await data.close();
});

test('an update that fails keeps no backup from being taken once it is put right', async () => {
  const broken = join(folder.path, 'migrations');
  cpSync(migrationsDir, broken, { recursive: true });
  writeFileSync(
    join(broken, '0999-broken.sql'.replace('0999', String(readdirSync(broken).length + 1).padStart(4, '0'))),
    'NO SQL',
  );
  flipBytes(database(), 0, 64);
  for (const _ of [1, 2]) {
    await expect(openDesk(dataDir, now, broken)).rejects.toMatchObject({ reason: 'failed-migration' });
  }
  const damaged = readdirSync(dataPaths(dataDir).quarantine);
  const data = await open();
  expectRestored(data.db, null);
  expect(damaged).toHaveLength(1);
  await data.close();
});

test('where the backup a person chose can not be opened, what was there is in use again, and that is said', async () => {
  const { backups, quarantine, report } = dataPaths(dataDir);
  let data = await open();
  await backupDatabase(data.db, backups, backupName('before-restore', now, 2));
  await data.close();
  cpSync(join(backups, backupName('scheduled', MADE_AT, 1)), join(backups, 'chosen.db'));
  const chosen = openDatabase(join(backups, 'chosen.db'));
  chosen.exec("UPDATE migrations SET checksum = 'of another program'");
  chosen.close();
  beginRecovery(dataDir, now, 'chosen.db');
  data = await open();
  expect(themeOf(data.db)).toBe('new');
  expect(readReport(report)).toMatchObject({ kind: 'not-restored', backup: { at: now } });
  expect(readdirSync(quarantine)).toHaveLength(1);
  await data.close();
});

test('a backup from before an update is brought up to date', async () => {
  const older = join(folder.path, 'migrations');
  cpSync(join(migrationsDir, '0001-first-schema.sql'), join(older, '0001-first-schema.sql'));
  const dir = join(folder.path, 'older', 'data');
  const before = await openDesk(dir, now, older);
  fillDesk(before.db);
  setTheme(before.db, 'old');
  writeOwn(before.db, 'of the old schema');
  await backupDatabase(before.db, dataPaths(dir).backups, backupName('scheduled', MADE_AT, 1));
  await before.close();
  flipBytes(dataPaths(dir).database, 0, 64);
  const data = await open(dir);
  expect(themeOf(data.db)).toBe('old');
  expect(data.db.prepare('SELECT state, waiting_since FROM outbox').all()).toEqual([
    { state: 'queued', waiting_since: 5 },
  ]);
  await data.close();
});

describe('a restore killed at any change of the file system goes on', () => {
  test.each(['damaged', 'by hand'])('%s', async (kind) => {
    let kills = 0;
    for (let n = 1; n < 60; n += 1) {
      const dir = join(folder.path, `${n}`, 'data');
      cpSync(join(model.path, 'data'), dir, { recursive: true });
      if (kind === 'damaged') flipBytes(dataPaths(dir).database, 0, 64);
      else beginRecovery(dir, now, backupName('scheduled', MADE_AT, 1));
      if (!(await openKilledAt(dir, n))) break;
      kills += 1;
      const data = await open(dir);
      expect(themeOf(data.db), `killed at ${n}`).toBe('old');
      expect(data.db.prepare('SELECT count(*) AS n FROM messages WHERE remote_id IS NOT NULL').get()).toEqual(
        { n: 1600 },
      );
      await data.close();
      expect(readReport(dataPaths(dir).report)).toMatchObject({ backup: { at: MADE_AT } });
      expect(existsSync(dataPaths(dir).recovery)).toBe(false);
      if (kind === 'by hand') expect(countUnsentIn(dir)).toBe(1);
      else expect(readdirSync(dataPaths(dir).quarantine)).toHaveLength(1);
      rmSync(dirname(dir), { recursive: true });
    }
    expect(kills).toBeGreaterThan(8);
  });

  function countUnsentIn(dir: string): number {
    return readReport(dataPaths(dir).report)?.held ?? 0;
  }
});
