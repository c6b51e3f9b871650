import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import { flipPage } from '../../testing/broken-database.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { fillDesk, writeOwn } from '../../testing/full-desk.ts';
import { memoryLog, migrationsDir, tempDb } from '../../testing/temp-engine.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import { backupDatabase } from '../db/backup.ts';
import { readMigrations } from '../db/migrations-folder.ts';
import { openDatabase } from '../db/open.ts';
import { createFeed, type LiveFeed } from '../feed/feed.ts';
import { memoryHost } from '../host.ts';
import { markAllRecovered } from '../outbox/recovered.ts';
import { dataPaths } from '../paths.ts';
import { findHome, type Home } from '../system/machine.ts';
import { createBackups } from './backups.ts';
import { readRecovery } from './marker.ts';
import { backupName, listBackups } from './names.ts';

const HOUR_MS = 3_600_000;
let temp: ReturnType<typeof tempDb>;
let clock: FakeClock;
let feed: LiveFeed;
let host: ReturnType<typeof memoryHost>;
let hours: number;
let damages: number;
let feature: ReturnType<typeof createBackups>;

function make(home?: Home): ReturnType<typeof createBackups> {
  return createBackups({
    db: temp.db,
    dataDir: temp.dataDir,
    clock,
    log: memoryLog(),
    host,
    feed,
    settings: { read: () => settingsSchema.parse({ backupHours: hours }) },
    home:
      home ?? findHome(temp.db, { machine: { id: 'm', name: 'Desk' }, dataDir: temp.dataDir }, clock.now()),
    version: readMigrations(migrationsDir).length,
    holdUnsent: markAllRecovered,
    onDamage: () => (damages += 1),
  });
}

beforeEach(() => {
  temp = tempDb();
  clock = fakeClock();
  feed = createFeed('e', clock);
  host = memoryHost();
  hours = 6;
  damages = 0;
  feature = make();
  feature.start?.();
});
afterEach(async () => {
  await feature.stop?.();
  temp.close();
});

const folder = (): string => dataPaths(temp.dataDir).backups;
const kinds = (): string[] => listBackups(folder()).map(({ kind }) => kind);
const calls = (): ReturnType<typeof createBackups>['handlers'] => feature.handlers;
/** Something that a backup would miss. */
const change = async (): Promise<void> => {
  temp.db.prepare("INSERT OR REPLACE INTO settings VALUES ('x', ?)").run(String(clock.now()));
  feed.emit('settings');
  await clock.advance(60);
};
const made = (count: number): Promise<void> =>
  waitUntil(`${count} backups are there`, () => listBackups(folder()).length === count);

describe('by the schedule', () => {
  test('the first comes an hour after the first change, the next six hours after it, none without a change', async () => {
    expect(calls()['backups.list']({})).toMatchObject({ nextAt: null, backups: [] });
    await clock.advance(10 * HOUR_MS);
    expect(kinds()).toEqual([]);
    await change();
    expect(calls()['backups.list']({})).toMatchObject({ nextAt: expect.any(Number) as number });
    await clock.advance(HOUR_MS - 2 * 60_000);
    expect(kinds()).toEqual([]);
    await clock.advance(3 * 60_000);
    await made(1);
    expect(kinds()).toEqual(['scheduled']);
    await clock.advance(20 * HOUR_MS);
    expect(kinds()).toHaveLength(1);
    await change();
    await clock.advance(60_000);
    await made(2);
    await change();
    await clock.advance(5 * HOUR_MS);
    expect(kinds()).toHaveLength(2);
    await clock.advance(2 * HOUR_MS);
    await made(3);
  });

  test('a change is remembered over a restart; stores that come and go are none', async () => {
    feed.emit('stores');
    await clock.advance(2 * HOUR_MS);
    expect(kinds()).toEqual([]);
    await change();
    await feature.stop?.();
    feature = make();
    feature.start?.();
    await clock.advance(HOUR_MS + 60_000);
    await made(1);
  });

  test('switched off, none are made; by hand they still are', async () => {
    hours = 0;
    await change();
    await clock.advance(100 * HOUR_MS);
    expect(kinds()).toEqual([]);
    await calls()['backups.make']({});
    expect(kinds()).toEqual(['by-hand']);
  });

  test('a clock set back by a year makes one, and not one after the other', async () => {
    await calls()['backups.make']({});
    await change();
    clock.setBack(365 * 24 * HOUR_MS);
    await clock.advance(2 * HOUR_MS);
    await made(2);
    await clock.advance(HOUR_MS);
    expect(kinds()).toHaveLength(2);
  });

  test('one that takes long is not begun again meanwhile', async () => {
    await change();
    // Hours pass in which nothing of it can be done.
    clock.advanceAtOnce(5 * HOUR_MS);
    await made(1);
    await feature.stop?.();
    expect(kinds()).toEqual(['scheduled']);
  });

  test('made while the clock is a year behind, one is the newest and stays', async () => {
    for (let n = 0; n < 6; n += 1) {
      await change();
      clock.setBack(-24 * HOUR_MS);
      await clock.advance(60_000);
      await made(n + 1);
    }
    clock.setBack(365 * 24 * HOUR_MS);
    await change();
    await clock.advance(2 * HOUR_MS);
    await waitUntil('it is there', () => (listBackups(folder())[0]?.at ?? 0) <= clock.now());
    expect(calls()['backups.list']({})).toMatchObject({ lastError: null });
    expect(kinds()).toHaveLength(7);
  });
});

test('what changes while a backup is made is due for the next one, also after a restart', async () => {
  await change();
  const making = calls()['backups.make']({});
  await change();
  await making;
  expect(calls()['backups.list']({})).toMatchObject({ nextAt: expect.any(Number) as number });
  await feature.stop?.();
  feature = make();
  expect(calls()['backups.list']({})).toMatchObject({ nextAt: expect.any(Number) as number });
  await calls()['backups.make']({});
  feature = make();
  expect(calls()['backups.list']({})).toMatchObject({ nextAt: null });
});

test('what a backup that could not be made would have held is not forgotten', async () => {
  await change();
  writeFileSync(folder(), 'a file where the folder is to be');
  await clock.advance(HOUR_MS + 60_000);
  await waitUntil('it failed', async () => {
    await clock.advance(0);
    return (await calls()['backups.list']({})).lastError !== null;
  });
  rmSync(folder());
  await clock.advance(16 * 60_000);
  await made(1);
  expect(calls()['backups.list']({})).toMatchObject({ lastError: null, nextAt: null });
});

describe('a backup', () => {
  test('is a whole database with what was there, told to the pages, and leaves nothing else', async () => {
    fillDesk(temp.db);
    const told: string[] = [];
    feed.subscribe(({ kind }) => told.push(kind));
    const view = await calls()['backups.make']({});
    await clock.advance(60);
    expect(view).toMatchObject({ kind: 'by-hand', at: expect.any(Number) as number });
    expect(told).toContain('backups');
    expect(readdirSync(folder())).toEqual([view.name]);
    const copy = openDatabase(join(folder(), view.name));
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.prepare('SELECT count(*) AS n FROM messages').get()).toEqual({ n: 1600 });
    copy.close();
  });

  test('of a damaged database is none, and the damage is told', async () => {
    fillDesk(temp.db);
    temp.db.pragma('wal_checkpoint(TRUNCATE)');
    flipPage(dataPaths(temp.dataDir).database, 40);
    temp.db.pragma('shrink_memory');
    temp.db.pragma('cache_size = 0');
    await expect(calls()['backups.make']({})).rejects.toMatchObject({ details: { reason: 'damaged' } });
    expect(damages).toBe(1);
    expect(readdirSync(folder())).toEqual([]);
    expect(calls()['backups.list']({})).toMatchObject({ lastError: 'damaged' });
  });

  test('two at once are made one after the other', async () => {
    const first = calls()['backups.make']({});
    await calls()['backups.make']({});
    await first;
    expect(kinds()).toEqual(['by-hand', 'by-hand']);
  });
});

describe('restoring', () => {
  test('keeps what is there, leaves word for the next engine and asks the host for it', async () => {
    const { name } = await calls()['backups.make']({});
    clock.advanceAtOnce(10);
    await calls()['backups.restore']({ name });
    expect(kinds()).toEqual(['before-restore', 'by-hand']);
    expect(readRecovery(dataPaths(temp.dataDir).recovery)).toMatchObject({
      kind: 'restored-by-hand',
      backup: name,
    });
    expect(host.asked.map(({ method }) => method)).toEqual(['restartEngine']);
  });

  test('a damaged, a strange and a missing one are refused, and nothing is begun', async () => {
    const { name } = await calls()['backups.make']({});
    flipPage(join(folder(), name), 3);
    writeFileSync(join(folder(), 'letter.db'), 'no database '.repeat(1000));
    const strange = openDatabase(join(folder(), 'strange.db'));
    strange.exec('CREATE TABLE t (a INTEGER) STRICT');
    strange.close();
    for (const bad of [name, 'letter.db', 'strange.db']) {
      await expect(calls()['backups.restore']({ name: bad })).rejects.toMatchObject({
        code: 'invalid',
        details: { reason: 'damaged' },
      });
    }
    for (const none of ['no.db', '../counterdesk.db']) {
      await expect(calls()['backups.restore']({ name: none })).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(existsSync(dataPaths(temp.dataDir).recovery)).toBe(false);
    expect(host.asked).toEqual([]);
  });

  test('the oldest of those kept can be restored too: keeping what is there clears all but it away', async () => {
    const names: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      names.push(backupName('before-restore', clock.now() + n, n + 1));
      await backupDatabase(temp.db, folder(), names[n] ?? '');
    }
    clock.advanceAtOnce(1000);
    await calls()['backups.restore']({ name: names[0] ?? '' });
    expect(existsSync(join(folder(), names[0] ?? ''))).toBe(true);
  });

  test('is called off when the host does not start another engine', async () => {
    const { name } = await calls()['backups.make']({});
    await calls()['backups.restore']({ name });
    await clock.advance(60_000);
    expect(readRecovery(dataPaths(temp.dataDir).recovery)).toBeNull();
    await calls()['backups.restore']({ name });
    await feature.stop?.();
    await clock.advance(60_000);
    expect(readRecovery(dataPaths(temp.dataDir).recovery)).toMatchObject({ backup: name });
  });

  test('is called off at once when the host can not, and says so', async () => {
    const { name } = await calls()['backups.make']({});
    await feature.stop?.();
    host = { ...host, restartEngine: () => Promise.reject(new Error('no sandbox')) };
    feature = make();
    await expect(calls()['backups.restore']({ name })).rejects.toThrow('no sandbox');
    expect(readRecovery(dataPaths(temp.dataDir).recovery)).toBeNull();
  });

  test('what it waits for is not cleared away by a backup made meanwhile', async () => {
    const names = Array.from({ length: 10 }, (_, n) => backupName('by-hand', clock.now() + n, n + 1));
    for (const name of names) await backupDatabase(temp.db, folder(), name);
    await calls()['backups.restore']({ name: names[0] ?? '' });
    await calls()['backups.make']({});
    expect(existsSync(join(folder(), names[0] ?? ''))).toBe(true);
    expect(existsSync(join(folder(), names[1] ?? ''))).toBe(true);
    await calls()['backups.make']({});
    expect(existsSync(join(folder(), names[1] ?? ''))).toBe(false);
  });

  test('one of a newer Counterdesk is refused', async () => {
    const { name } = await calls()['backups.make']({});
    const newer = openDatabase(join(folder(), name));
    newer.prepare("INSERT INTO migrations VALUES (9999, 'later', 'x', 9)").run();
    newer.close();
    await expect(calls()['backups.restore']({ name })).rejects.toMatchObject({
      details: { reason: 'newer' },
    });
  });
});

describe('a copy of the data', () => {
  const elsewhere = { id: 'other', name: 'Laptop' };
  const homeOn = (machine: typeof elsewhere, dataDir = temp.dataDir): Home =>
    findHome(temp.db, { machine, dataDir }, clock.now());

  test('is shown until this machine takes over; then every unsent message is held, and the engine starts anew', async () => {
    expect(homeOn({ id: 'm', name: 'Desk' }).readOnly).toBeNull();
    const copy = homeOn(elsewhere);
    expect(copy.readOnly).toEqual({ machine: 'Desk', lastUsedAt: clock.now(), otherFolder: null });
    fillDesk(temp.db);
    writeOwn(temp.db, 'on its way');
    await feature.stop?.();
    feature = make(copy);
    feature.start?.();
    await change();
    await clock.advance(50 * HOUR_MS);
    expect(kinds()).toEqual([]);
    await calls()['backups.takeOver']({});
    expect(homeOn(elsewhere).readOnly).toBeNull();
    expect(homeOn({ id: 'm', name: 'Desk' }).readOnly).toMatchObject({ machine: 'Laptop' });
    expect(calls()['backups.report']({})).toMatchObject({ kind: 'taken-over', held: 1 });
    expect(temp.db.prepare('SELECT recovered FROM outbox').all()).toEqual([{ recovered: 1 }]);
    expect(host.asked.map(({ method }) => method)).toEqual(['restartEngine']);
    await calls()['backups.dismissReport']({});
    expect(calls()['backups.report']({})).toBeNull();
  });

  test('is not changed by a restore', async () => {
    const { name } = await calls()['backups.make']({});
    await feature.stop?.();
    feature = make(homeOn(elsewhere));
    await expect(calls()['backups.restore']({ name })).rejects.toMatchObject({ details: { reason: 'copy' } });
    expect(host.asked).toEqual([]);
  });

  test('in another folder of the same machine is one too, and is told of as moved', async () => {
    const { dataDir, close } = tempDb();
    await feature.stop?.();
    feature = make(homeOn({ id: 'm', name: 'Desk' }, dataDir));
    await calls()['backups.takeOver']({});
    expect(calls()['backups.report']({})).toMatchObject({ kind: 'moved', held: 0 });
    close();
  });

  test('taking over at home does nothing', async () => {
    await calls()['backups.takeOver']({});
    expect(host.asked).toEqual([]);
  });
});

test('a folder that is gone is made again', async () => {
  await calls()['backups.make']({});
  rmSync(folder(), { recursive: true });
  clock.advanceAtOnce(10);
  await calls()['backups.make']({});
  expect(kinds()).toEqual(['by-hand']);
});
