import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionBundle } from '../contract/bundle.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { flipPage, pagesByClass } from '../testing/broken-database.ts';
import { startEngineProcess, type EngineProcess } from '../testing/engine-process.ts';
import { until } from '../testing/engine-page.ts';
import { migrationsDir, tempDir } from '../testing/temp-engine.ts';
import { dataPaths } from './paths.ts';

// Whole engines and a sandbox: on a busy machine their start alone takes seconds.
vi.setConfig({ testTimeout: 120_000 });

let folder: ReturnType<typeof tempDir>;
let sandbox: RunningSandbox | null = null;
let engine: EngineProcess | null = null;
beforeEach(() => {
  folder = tempDir();
});
afterEach(async () => {
  await engine?.kill();
  engine = null;
  await sandbox?.stop();
  sandbox = null;
  folder.remove();
});

const start = async (bundle: ConnectionBundle | null): Promise<EngineProcess> => {
  const options = {
    dataDir: folder.path,
    migrationsDir,
    space: 'practice',
    version: '1',
    machine: { id: 'm1', name: 'test' },
    bundle,
  } as const;
  return (engine = await startEngineProcess(options));
};

test('killed in the middle of a burst: every message that was taken is there, once, and goes out', async () => {
  sandbox = await startSandbox({ seed: 'kill', writeEveryMs: null, answers: false });
  let running = await start(sandbox.bundle);
  const [row] = await until(
    async () => (await running.call('conversations.list', { filter: {}, sort: 'waiting', limit: 1 })).rows,
    (rows) => rows.length === 1,
  );
  const conversationId = row?.id ?? 0;
  const taken: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const burst = Array.from({ length: 8 }, (_, index) => {
      const clientId = `01890000-0000-7000-8000-0000000000${round}${index}`;
      return running.call('outbox.send', { conversationId, clientId, text: `text ${round}.${index}` }).then(
        () => taken.push(clientId),
        () => undefined,
      );
    });
    await Promise.race(burst);
    await running.kill();
    await Promise.all(burst);
    running = await start(sandbox.bundle);
    expect(running.told).toMatchObject([{ kind: 'ready' }]);
  }
  const page = await until(
    () => running.call('messages.page', { conversationId, at: { kind: 'latest' }, limit: 100 }),
    ({ messages }) => taken.every((clientId) => messages.some((message) => message.clientId === clientId)),
  );
  const own = page.messages.flatMap((message) => message.clientId ?? []);
  expect(new Set(own).size).toBe(own.length);
  expect(taken.length).toBeGreaterThanOrEqual(3);
  expect(await running.stop()).toBe(0);
});

test('a database found damaged after a crash is replaced at the next start, by itself', async () => {
  let running = await start(null);
  await running.call('settings.set', { theme: 'dark' });
  await running.call('backups.make', {});
  await running.stop();
  running = await start(null);
  await running.call('settings.set', { theme: 'light' });
  await running.kill();
  const { database, recovery } = dataPaths(folder.path);
  const page = pagesByClass(database).get('leaf index')?.at(-1) ?? 0;
  flipPage(database, page);
  running = await start(null);
  // The host is asked for another engine; here the test is the host.
  await until(
    () => existsSync(recovery),
    (found) => found,
  );
  await running.stop();
  running = await start(null);
  expect(running.told).toMatchObject([{ kind: 'ready' }]);
  expect(await running.call('settings.get', {})).toMatchObject({ theme: 'dark' });
  expect(await running.call('backups.report', {})).toMatchObject({ kind: 'damaged', savedMessages: 0 });
  await running.call('backups.dismissReport', {});
  expect(await running.call('backups.report', {})).toBeNull();
});
