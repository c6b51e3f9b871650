import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryLog, migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import { openDataFolder, type OpenDataFolder } from './data-folder.ts';
import { openDatabase } from './open.ts';

const child = fileURLToPath(new URL('../../testing/engine-child.ts', import.meta.url));
let folder: ReturnType<typeof tempDir>;
let dataDir: string;
let now: number;
beforeEach(() => {
  folder = tempDir();
  dataDir = join(folder.path, 'data');
  now = Date.UTC(2026, 0, 5, 8);
});
afterEach(() => folder.remove());

const open = (migrations = migrationsDir, dir = dataDir, log = memoryLog()): Promise<OpenDataFolder> =>
  openDataFolder({ dataDir: dir, migrationsDir: migrations, log, now: () => now });

async function holdInChild(): Promise<ChildProcess> {
  const held = fork(child, ['hold', dataDir, migrationsDir], { execArgv: [] });
  await once(held, 'message');
  return held;
}

function migrationsFolder(files: Readonly<Record<string, string>>): string {
  const path = join(folder.path, `migrations-${Object.keys(files).length}`);
  mkdirSync(path, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

test('one engine a folder: a second is refused, in this process and from another, and free after SIGKILL', async () => {
  const held = await holdInChild();
  await expect(open()).rejects.toMatchObject({ reason: 'locked' });
  held.kill('SIGKILL');
  await once(held, 'exit');
  const mine = await open();
  await expect(open()).rejects.toMatchObject({ reason: 'locked' });
  await mine.close();
  await (await open()).close();
});

test('two folders are open at once', async () => {
  const first = await open();
  const second = await open(migrationsDir, join(folder.path, 'practice'));
  await first.close();
  await second.close();
});

test('after SIGKILL the file is checked, after a clean stop only once a week', async () => {
  const passed = async (): Promise<boolean> => {
    const log = memoryLog();
    const opened = await open(migrationsDir, dataDir, log);
    expect(await opened.damage).toBeNull();
    await opened.close();
    return log.lines.some((line) => line.event === 'check-passed');
  };
  now = Date.now();
  const held = await holdInChild();
  held.kill('SIGKILL');
  await once(held, 'exit');
  expect(await passed()).toBe(true);
  expect(await passed()).toBe(false);
  now += 8 * 24 * 3_600_000;
  expect(await passed()).toBe(true);
});

test('a check after SIGKILL that was cut short is due again', async () => {
  now = Date.now();
  const held = await holdInChild();
  held.kill('SIGKILL');
  await once(held, 'exit');
  await (await open()).close();
  const log = memoryLog();
  const again = await open(migrationsDir, dataDir, log);
  await again.damage;
  await again.close();
  expect(log.lines.map((line) => line.event)).toContain('check-passed');
});

test('a check that was cut short is due again', async () => {
  await (await open()).close();
  now += 8 * 24 * 3_600_000;
  await (await open()).close();
  const log = memoryLog();
  const again = await open(migrationsDir, dataDir, log);
  await again.damage;
  await again.close();
  expect(log.lines.map((line) => line.event)).toContain('check-passed');
});

test('damage inside the file is found and named', async () => {
  const first = await open();
  for (let n = 0; n < 400; n += 1) {
    first.db.prepare('INSERT INTO store_groups (name, position) VALUES (?, ?)').run('g'.repeat(900), n);
  }
  await first.close();
  const path = join(dataDir, 'counterdesk.db');
  const file = openSync(path, 'r+');
  const size = statSync(path).size;
  for (let at = size - 40 * 4096; at < size - 4096; at += 4096)
    writeSync(file, Buffer.alloc(512, 0xa5), 0, 512, at);
  closeSync(file);
  now += 8 * 24 * 3_600_000;
  const damaged = await open();
  expect(await damaged.damage).toMatchObject({ reason: 'damaged-database' });
  await damaged.close();
});

test('before an existing database is migrated it is copied, and old copies are cleared', async () => {
  const files: Record<string, string> = { '0001-a.sql': readFirst() };
  await (await open(migrationsFolder(files))).close();
  expect(backups()).toEqual([]);
  for (let number = 2; number <= 8; number += 1) {
    files[`000${number}-more.sql`] = `CREATE TABLE more_${number} (x INTEGER) STRICT;`;
    now += 60_000;
    await (await open(migrationsFolder(files))).close();
  }
  expect(backups()).toHaveLength(5);
  const copy = openDatabase(join(dataDir, 'backups', backups()[4] ?? ''));
  expect(copy.prepare('SELECT count(*) AS n FROM migrations').get()).toEqual({ n: 7 });
  copy.close();
});

test('when a later migration fails, the old version can still open its data', async () => {
  const files: Record<string, string> = { '0001-a.sql': readFirst() };
  const old = migrationsFolder(files);
  const before = await open(old);
  before.db.prepare("INSERT INTO settings VALUES ('theme', '1')").run();
  await before.close();
  files['0002-good.sql'] = 'CREATE TABLE good (x INTEGER) STRICT; DELETE FROM settings;';
  files['0003-bad.sql'] = 'INSERT INTO nowhere VALUES (1);';
  await expect(open(migrationsFolder(files))).rejects.toMatchObject({ reason: 'failed-migration' });
  const after = await open(old);
  expect(after.db.prepare('SELECT key FROM settings').all()).toEqual([{ key: 'theme' }]);
  await after.close();
});

test('a newer database is refused and the folder is free again', async () => {
  const opened = await open();
  opened.db.prepare("INSERT INTO migrations VALUES (9999, 'later', 'x', 9)").run();
  await opened.close();
  await expect(open()).rejects.toMatchObject({ reason: 'newer-database' });
  await expect(open()).rejects.toMatchObject({ reason: 'newer-database' });
});

function backups(): string[] {
  const path = join(dataDir, 'backups');
  return existsSync(path) ? readdirSync(path).sort() : [];
}

function readFirst(): string {
  return `CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE engine_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`;
}
