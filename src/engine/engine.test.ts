import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionBundle } from '../contract/bundle.ts';
import type { ConversationRow, MessageView } from '../contract/models.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { connectPage, until, type TestPage } from '../testing/engine-page.ts';
import { memoryLog, migrationsDir, tempDir } from '../testing/temp-engine.ts';
import { openDataFolder } from './db/data-folder.ts';
import { createEngine, type Engine } from './engine.ts';
import { memoryHost } from './host.ts';

// Whole engines and a sandbox: on a busy machine their start alone takes seconds.
vi.setConfig({ testTimeout: 120_000 });

let folder: ReturnType<typeof tempDir>;
let sandbox: RunningSandbox;
let sandboxRuns: boolean;
let engine: Engine | null = null;

beforeEach(async () => {
  folder = tempDir();
  sandbox = await startSandbox({ seed: 'engine', writeEveryMs: null });
  sandboxRuns = true;
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  await stopSandbox();
  folder.remove();
});

async function stopSandbox(): Promise<void> {
  if (sandboxRuns) await sandbox.stop();
  sandboxRuns = false;
}

const host = memoryHost();
const open = async (bundle: ConnectionBundle | null): Promise<TestPage> => {
  engine = await createEngine(
    {
      dataDir: folder.path,
      migrationsDir,
      space: 'practice',
      version: '1.2.3',
      machine: { id: 'm1', name: 'test' },
      bundle,
    },
    host,
  );
  return connectPage(engine);
};
const list = async (page: TestPage): Promise<ConversationRow[]> =>
  (await page.call('conversations.list', { filter: {}, sort: 'newest', limit: 2000 })).rows;
const thread = async (page: TestPage, conversationId: number): Promise<MessageView[]> =>
  (await page.call('messages.page', { conversationId, at: { kind: 'latest' }, limit: 50 })).messages;

/** Conversations in the closed folder. */
async function storedConversations(): Promise<number> {
  const now = (): number => Date.now();
  const data = await openDataFolder({ dataDir: folder.path, migrationsDir, log: memoryLog(), now });
  const count = data.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM conversations').get()?.n ?? 0;
  await data.close();
  return count;
}

/** Neither in the database nor in the log nor anywhere else of the data folder. */
function expectNoSecretOf(bundle: ConnectionBundle): void {
  const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
  for (const { appSecret, pushSecret, shops } of bundle.platforms) {
    const tokens = shops.flatMap((shop) => [shop.accessToken, shop.refreshToken]);
    for (const secret of [appSecret, pushSecret, ...tokens]) expect(bytes.includes(secret)).toBe(false);
  }
}

test('from a bundle to an answered buyer on each platform, and all of it again after a restart', async () => {
  let page = await open(sandbox.bundle);
  const { stores } = await until(
    () => page.call('stores.list', {}),
    (answer) => answer.stores.every((store) => store.state === 'online'),
  );
  const shops = sandbox.bundle.platforms.flatMap((platform) => platform.shops);
  expect(stores.map((store) => store.name).sort()).toEqual(shops.map((shop) => shop.name).sort());

  const rows = await list(page);
  const clientIds = new Map<number, string>();
  for (const platform of ['shopee', 'lazada', 'tiktok'] as const) {
    const row = rows.find(
      (candidate) => candidate.platform === platform && candidate.state === 'needs-reply',
    );
    if (row === undefined) throw new Error(`Nothing to answer on ${platform}`);
    const clientId = `01890000-0000-7000-8000-00000000000${clientIds.size}`;
    clientIds.set(row.id, clientId);
    const sent = await page.call('outbox.send', {
      conversationId: row.id,
      clientId,
      text: `สวัสดี ${platform}`,
    });
    expect(sent).toMatchObject({ author: 'here', text: `สวัสดี ${platform}` });
  }
  for (const [conversationId, clientId] of clientIds) {
    await until(
      () => thread(page, conversationId),
      (messages) => messages.some((message) => message.clientId === clientId && message.status === 'sent'),
    );
  }
  const found = await page.call('conversations.list', {
    filter: { keyword: 'สวัสดี TIK' },
    sort: 'newest',
    limit: 10,
  });
  expect(found.rows.map((row) => row.platform)).toEqual(['tiktok']);
  expect(page.events.map((event) => event.seq)).toEqual(page.events.map((_, index) => index + 1));

  const before = { rows: await list(page), epoch: engine?.epoch };
  await engine?.close();
  await stopSandbox();
  expectNoSecretOf(sandbox.bundle);
  page = await open(null);
  const after = await list(page);
  expect(after.map((row) => row.id).toSorted((a, b) => a - b)).toEqual(
    before.rows.map((row) => row.id).toSorted((a, b) => a - b),
  );
  for (const [conversationId, clientId] of clientIds) {
    expect(
      (await thread(page, conversationId)).filter((message) => message.clientId === clientId),
    ).toMatchObject([{ status: 'sent' }]);
  }
  expect(await page.call('system.info', {})).toMatchObject({
    version: '1.2.3',
    space: 'practice',
    storeCount: 6,
  });
  expect(engine?.epoch).not.toBe(before.epoch);
});

test('a lost key costs the sign-ins and nothing else', async () => {
  let page = await open(sandbox.bundle);
  await until(
    () => list(page),
    (rows) => rows.length > 0,
  );
  await engine?.close();
  const rows = await storedConversations();
  engine = await createEngine(
    {
      dataDir: folder.path,
      migrationsDir,
      space: 'practice',
      version: '1.2.3',
      machine: { id: 'm1', name: 'test' },
      bundle: null,
    },
    { ...host, unwrapKey: () => Promise.resolve(null) },
  );
  page = connectPage(engine);
  const { stores } = await page.call('stores.list', {});
  expect(new Set(stores.map((store) => store.state))).toEqual(new Set(['sign-in']));
  expect(await list(page)).toHaveLength(rows);
  await engine.close();
  page = await open(sandbox.bundle);
  await until(
    () => page.call('stores.list', {}),
    (answer) => answer.stores.every((store) => store.state !== 'sign-in'),
  );
});

test('a page that goes is forgotten, and one that misbehaves is answered', async () => {
  const page = await open(null);
  const other = connectPage(engine as Engine);
  page.close();
  await other.call('settings.set', { theme: 'dark' });
  await until(
    () => other.events.length,
    (count) => count > 0,
  );
  await expect(other.call('stores.setGroup', { storeId: 99, groupId: null })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(other.call('stores.createGroup', { name: '  ' })).rejects.toMatchObject({ code: 'invalid' });
});
