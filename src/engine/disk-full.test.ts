import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { flipBytes } from '../testing/broken-database.ts';
import { until } from '../testing/engine-page.ts';
import { startEngineProcess, type EngineProcess } from '../testing/engine-process.ts';
import { migrationsDir, tempDir } from '../testing/temp-engine.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { applyMigrations } from './db/migrate.ts';
import { readMigrations } from './db/migrations-folder.ts';
import { openDatabase } from './db/open.ts';
import { dataPaths } from './paths.ts';

// Whole engines and a sandbox: on a busy machine their start alone takes seconds.
vi.setConfig({ testTimeout: 120_000 });

let folder: ReturnType<typeof tempDir>;
let engine: EngineProcess | null = null;
let sandbox: RunningSandbox | null = null;

/** Mounting takes rights that most people's accounts do not have. */
function mount(...args: string[]): boolean {
  try {
    execFileSync('mount', args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const canMount = ((): boolean => {
  const probe = tempDir();
  const mounted = mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe.path);
  if (mounted) execFileSync('umount', [probe.path]);
  probe.remove();
  return mounted;
})();
const why = canMount ? '' : ' (not seen here: it takes the right to mount a small disk)';

beforeEach(() => {
  folder = tempDir();
  if (canMount) mount('-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder.path);
});
afterEach(async () => {
  await engine?.kill();
  engine = null;
  await sandbox?.stop();
  sandbox = null;
  if (canMount) execFileSync('umount', [folder.path]);
  folder.remove();
});

const start = async (): Promise<EngineProcess> =>
  (engine = await startEngineProcess({
    dataDir: join(folder.path, 'data'),
    migrationsDir,
    space: 'practice',
    version: '1',
    machine: { id: 'm1', name: 'test' },
    bundle: sandbox?.bundle ?? null,
  }));
const filler = (): string => join(folder.path, 'filler');
/** Until nothing more goes in. */
function fillDisk(): void {
  for (const size of [1024 * 1024, 65_536, 4096, 512]) {
    for (let n = 0; ; n += 1) {
      try {
        writeFileSync(`${filler()}-${size}-${n}`, Buffer.alloc(size));
      } catch {
        rmSync(`${filler()}-${size}-${n}`, { force: true });
        break;
      }
    }
  }
}
function makeRoom(): void {
  for (const name of readdirSync(folder.path)) {
    if (name.startsWith('filler')) rmSync(join(folder.path, name));
  }
}
const storage = async (running: EngineProcess) => (await running.call('system.info', {})).storage;

test.skipIf(!canMount)(
  `a disk that is full in use is said in plain words, loses nothing, and goes on by itself when there is room${why}`,
  async () => {
    sandbox = await startSandbox({ seed: 'full', writeEveryMs: null, answers: false });
    const running = await start();
    const [row] = await until(
      async () => (await running.call('conversations.list', { filter: {}, sort: 'newest', limit: 1 })).rows,
      (rows) => rows.length === 1,
    );
    const conversationId = row?.id ?? 0;
    await running.call('drafts.save', { conversationId, text: 'typed before' });
    fillDisk();
    const typed = 'typed while it was full '.repeat(400);
    const refused = await until(
      () =>
        running.call('drafts.save', { conversationId, text: typed }).then(
          () => null,
          (error: unknown) => error,
        ),
      (error) => error !== null,
    );
    expect(refused).toMatchObject({ code: 'internal', details: { reason: 'disk-full' } });
    // The log has room of its own for a little more; then nothing is taken any longer.
    let sends = 0;
    const unsent = await until(
      () => {
        const clientId = `01890000-0000-7000-8000-${String((sends += 1)).padStart(12, '0')}`;
        return running
          .call('outbox.send', { conversationId, clientId, text: 'sent while full '.repeat(30) })
          .then(
            () => null,
            (error: unknown) => error,
          );
      },
      (error) => error !== null,
    );
    expect(unsent).toMatchObject({ code: 'internal', details: { reason: 'disk-full' } });
    expect(await storage(running)).toBe('disk-full');
    await expect(running.call('backups.make', {})).rejects.toMatchObject({
      code: 'unreachable',
      details: { reason: 'disk-full' },
    });
    expect(await running.call('backups.list', {})).toMatchObject({ backups: [], lastError: 'disk-full' });
    const backups = join(folder.path, 'data/backups');
    expect(existsSync(backups) ? readdirSync(backups) : []).toEqual([]);
    expect(
      (await running.call('conversations.list', { filter: {}, sort: 'newest', limit: 5 })).rows.length,
    ).toBeGreaterThan(0);

    makeRoom();
    await until(
      () => storage(running),
      (trouble) => trouble === null,
    );
    await running.call('drafts.save', { conversationId, text: 'typed after' });
    expect(await running.call('drafts.get', { conversationId })).toMatchObject({ text: 'typed after' });
    expect(await running.stop()).toBe(0);
  },
);

test.skipIf(!canMount)(
  `a disk that is full, or can only be read, at the start is named; then it opens${why}`,
  async () => {
    await (await start()).call('settings.set', { theme: 'dark' });
    await engine?.stop();
    fillDisk();
    let running = await start();
    expect(running.told).toMatchObject([{ kind: 'start-failed', reason: 'disk-full' }]);
    await running.stop();
    makeRoom();
    mount('-o', 'remount,ro', folder.path);
    running = await start();
    expect(running.told).toMatchObject([{ kind: 'start-failed', reason: 'read-only-file' }]);
    await running.stop();
    mount('-o', 'remount,rw', folder.path);
    running = await start();
    expect(await running.call('settings.get', {})).toMatchObject({ theme: 'dark' });
  },
);

test.skipIf(!canMount)(
  `a disk that is full while a damaged file is to be replaced is named; with room again the backup takes its place${why}`,
  async () => {
    const { database, recovery } = dataPaths(join(folder.path, 'data'));
    let running = await start();
    await running.call('settings.set', { theme: 'dark' });
    await running.call('backups.make', {});
    await running.stop();
    flipBytes(database, 0, 64);
    fillDisk();
    running = await start();
    expect(running.told).toMatchObject([{ kind: 'start-failed', reason: 'disk-full' }]);
    await running.stop();
    // Room to note what is to be done, and none for another database.
    rmSync(
      readdirSync(folder.path)
        .map((name) => join(folder.path, name))
        .find((name) => name.endsWith('-65536-0')) ?? '',
    );
    running = await start();
    expect(running.told).toMatchObject([{ kind: 'start-failed', reason: 'disk-full' }]);
    expect(existsSync(recovery)).toBe(true);
    await running.stop();
    makeRoom();
    running = await start();
    expect(await running.call('settings.get', {})).toMatchObject({ theme: 'dark' });
    expect(await running.call('backups.report', {})).toMatchObject({ kind: 'damaged' });
    expect(existsSync(recovery)).toBe(false);
  },
);

test.skipIf(!canMount)(
  `a disk too full for the backup before an update is named, and nothing is updated${why}`,
  async () => {
    const older = join(folder.path, 'migrations');
    mkdirSync(older);
    cpSync(join(migrationsDir, '0001-first-schema.sql'), join(older, '0001-first-schema.sql'));
    const { database } = dataPaths(join(folder.path, 'data'));
    const db = openDatabase((mkdirSync(join(folder.path, 'data')), database));
    applyMigrations(db, readMigrations(older), () => 0);
    db.exec(`INSERT INTO settings VALUES ('theme', '"dark"')`);
    db.close();
    writeFileSync(filler(), Buffer.alloc(9 * 1024 * 1024));
    let running = await start();
    expect(running.told).toMatchObject([{ kind: 'start-failed', reason: 'disk-full' }]);
    await running.stop();
    makeRoom();
    running = await start();
    expect(await running.call('settings.get', {})).toMatchObject({ theme: 'dark' });
  },
);
