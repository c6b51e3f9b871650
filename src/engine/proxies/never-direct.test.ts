import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { uuidv7 } from '../../base/ids.ts';
import { systemClock } from '../../base/system-clock.ts';
import type { MessageView, StoreView } from '../../contract/models.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { connectPage, until, type TestPage } from '../../testing/engine-page.ts';
import { addProxy } from '../../testing/proxy-rows.ts';
import { HARD_PASSWORD, startChainProxy, type ChainProxy } from '../../testing/real-proxies.ts';
import { command, journalOf } from '../../testing/sandbox-client.ts';
import { seeConnections, type SeenConnections } from '../../testing/seen-connections.ts';
import { memoryLog, migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import { openDataFolder } from '../db/data-folder.ts';
import { openDatabase } from '../db/open.ts';
import { createEngine, type Engine } from '../engine.ts';
import { memoryHost } from '../host.ts';
import { dataPaths } from '../paths.ts';
import { openKeyRing } from '../secrets/key-file.ts';
import { createSecrets } from '../secrets/secrets.ts';

// A whole engine over the marketplaces' stand-ins and real proxies: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const HOUR = 3_600_000;
const who = { username: 'kunde-7', password: HARD_PASSWORD };
const host = memoryHost();
let folder: ReturnType<typeof tempDir>;
let sandbox: RunningSandbox;
let engine: Engine;
let page: TestPage;
let seen: SeenConnections;
let proxies: ChainProxy[];
/** By the order of `proxies`; the last one is the third again, and is to end. */
let ids: number[];
/** What is added to this computer's clock. */
let aheadMs = 0;

const open = async (): Promise<void> => {
  const machine = { id: 'm1', name: 'test' };
  const { bundle } = sandbox;
  const options = { dataDir: folder.path, migrationsDir, version: '1', machine, bundle };
  const clock = { now: () => systemClock.now() + aheadMs, after: systemClock.after };
  engine = await createEngine({ ...options, space: 'practice' }, host, { clock });
  page = connectPage(engine);
};

/** Proxies, and every account bound: the first half to the first, the others to the second. */
async function seed(): Promise<void> {
  const now = (): number => Date.now();
  const log = memoryLog();
  const data = await openDataFolder({ dataDir: folder.path, migrationsDir, log, now });
  const keys = await openKeyRing({ path: dataPaths(folder.path).key, host, randomBytes, log });
  const secrets = createSecrets({ db: data.db, keys, randomBytes, now, hide: () => {} });
  const last = proxies.at(-1);
  ids = proxies.map((proxy) => addProxy(data.db, secrets, proxy));
  ids.push(addProxy(data.db, secrets, { ...last, port: last?.port ?? 0, host: 'localhost' }));
  data.db
    .prepare('UPDATE accounts SET proxy_id = CASE WHEN id % 2 = 1 THEN ? ELSE ? END')
    .run(...ids.slice(0, 2));
  await data.close();
}

beforeAll(async () => {
  folder = tempDir();
  const quiet = { writeEveryMs: null, answers: false, settleMs: 1_000 };
  sandbox = await startSandbox({ ...quiet, seed: 'proxies', profile: 'loose' });
  proxies = [];
  for (const from of ['127.0.0.11', '127.0.0.12', '127.0.0.13'])
    proxies.push(await startChainProxy(from, who));
  seen = seeConnections();
  await open();
  await engine.close();
  await seed();
  seen.forget();
  await open();
  await allOnline();
});
afterAll(async () => {
  await engine.close();
  seen.stop();
  await sandbox.stop();
  for (const proxy of proxies) await proxy.stop();
  folder.remove();
});

const ports = (): number[] => sandbox.bundle.platforms.map(({ api }) => Number(new URL(api).port));
/** Who connected to the platforms or asked them anything, each once. */
const came = (): string[] => [...new Set(seen.from(...ports()))].sort();
const stores = async (): Promise<StoreView[]> => (await page.call('stores.list', {})).stores;
const storeWith = async (accountId: number): Promise<StoreView> => {
  const found = (await stores()).find((store) => store.accountId === accountId);
  if (found === undefined) throw new Error(`No store of account ${accountId}`);
  return found;
};
const allOnline = () => until(stores, (all) => all.every(({ state }) => state === 'online'));
const rowsOf = async (storeId: number) =>
  (await page.call('conversations.list', { filter: { storeIds: [storeId] }, sort: 'newest', limit: 50 }))
    .rows;
const thread = async (conversationId: number): Promise<readonly MessageView[]> =>
  (await page.call('messages.page', { conversationId, at: { kind: 'latest' }, limit: 50 })).messages;
const say = async (storeId: number, text: string): Promise<() => Promise<MessageView | undefined>> => {
  const [row] = await rowsOf(storeId);
  const conversationId = row?.id ?? 0;
  const clientId = uuidv7(Date.now(), randomBytes);
  const { id } = await page.call('outbox.send', { conversationId, clientId, text });
  return async () => (await thread(conversationId)).find((message) => message.id === id);
};
const isSent = (message: MessageView | undefined): boolean => message?.status === 'sent';
const bind = (storeIds: number[], proxyId: number | null) => page.call('proxies.bind', { storeIds, proxyId });

test('reading, sending, pictures and avatars of bound stores leave by their proxies', async () => {
  const all = await stores();
  for (const { id } of all) {
    const pictures = async (): Promise<number> => {
      const rows = await rowsOf(id);
      const messages = (await Promise.all(rows.map((row) => thread(row.id)))).flat();
      const avatars = rows.filter(({ avatarHash }) => avatarHash !== null).length;
      return avatars === 0 ? 0 : messages.filter(({ media }) => media?.state === 'ready').length;
    };
    await until(pictures, (count) => count > 0);
    await until(await say(id, `Hello from ${id}`), isSent);
  }
  expect(came()).toEqual(['127.0.0.11', '127.0.0.12']);
  const { days } = await page.call('proxies.traffic', { since: '2000-01-01' });
  expect(new Set(days.map(({ proxyId }) => proxyId))).toEqual(new Set(ids.slice(0, 2)));
  expect(new Set(days.map(({ accountId }) => accountId)).size).toBe(all.length);
});

test('a dead proxy: its stores say so, what they send waits, the network is there, nobody goes another way', async () => {
  const dead = await storeWith(1);
  const well = await storeWith(2);
  const [proxy] = proxies;
  await proxy?.stop();
  seen.forget();
  await until(
    () => storeWith(1),
    ({ state }) => state === 'unreachable',
  );
  expect((await storeWith(1)).error?.details?.reason).toMatch(/^proxy-/);
  const waiting = await say(dead.id, 'Once the proxy is back');
  await until(await say(well.id, 'Meanwhile'), isSent);
  await until(waiting, (message) => message?.error?.details?.reason === 'proxy-refused');
  expect((await waiting())?.status).toBe('queued');
  expect((await page.call('network.get', {})).state).toBe('online');
  expect(came()).toEqual(['127.0.0.12']);
  proxies[0] = await startChainProxy('127.0.0.11', who, { port: proxy?.port ?? 0 });
  await until(waiting, isSent);
  await allOnline();
  expect(came()).toEqual(['127.0.0.11', '127.0.0.12']);
});

test('another proxy: what is open ends, what was in flight is looked for, and nothing leaves by the old one', async () => {
  const store = await storeWith(1);
  const platform = store.platform;
  await command(sandbox, 'POST', '/faults', { kind: 'delay', platform, path: 'send', ms: 60_000 });
  const slow = await say(store.id, 'In flight');
  await until(
    () => journalOf(sandbox),
    (lines) => lines.some((line) => JSON.stringify(line).includes('In flight')),
  );
  const others = (await stores()).filter(({ accountId }) => accountId % 2 === 1).map(({ id }) => id);
  await bind(others, ids[1] ?? 0);
  await until(
    () => proxies[0]?.open() ?? 0,
    (count) => count === 0,
  );
  await command(sandbox, 'DELETE', '/faults');
  await until(slow, isSent);
  seen.forget();
  await until(await say(store.id, 'By the new one'), isSent);
  expect(came()).toEqual(['127.0.0.12']);
});

test('an app with an exit of its own calls by it, and fetches pictures as before', async () => {
  const store = await storeWith(1);
  const [third = 0] = ids.slice(2);
  const appId = sandbox.bundle.platforms.findIndex(({ platform }) => platform === store.platform) + 1;
  await page.call('proxies.setApiExit', { appId, proxyId: third });
  seen.forget();
  await until(await say(store.id, 'By the exit'), isSent);
  const port = ports()[appId - 1] ?? 0;
  expect(new Set(seen.from(port))).toEqual(new Set(['127.0.0.13']));
  await page.call('proxies.setApiExit', { appId, proxyId: null });
});

test('the end: the store stops by itself, its messages wait, and a clock set back brings nothing back', async () => {
  const store = await storeWith(1);
  await bind([store.id], ids[3] ?? 0);
  await until(await say(store.id, 'While it lasts'), isSent);
  const db = openDatabase(dataPaths(folder.path).database);
  db.prepare('UPDATE proxies SET expires_at = ? WHERE id = ?').run(Date.now() + 1_500, ids[3]);
  await until(
    () => storeWith(1),
    ({ proxyStop }) => proxyStop === 'ended',
  );
  await until(
    () => proxies[2]?.open() ?? 0,
    (count) => count === 0,
  );
  const isEnded = db
    .prepare<[number], number>('SELECT ended_at = expires_at FROM proxies WHERE id = ?')
    .pluck();
  await until(
    () => isEnded.get(ids[3] ?? 0),
    (ended) => ended === 1,
  );
  db.close();
  seen.forget();
  const waiting = await say(store.id, 'Too late');
  await expect(page.call('stores.syncNow', { storeId: store.id })).rejects.toMatchObject({
    details: { reason: 'proxy' },
  });
  expect((await page.call('stores.test', { storeId: store.id })).error?.details?.reason).toBe('proxy-ended');
  aheadMs = -5 * HOUR;
  await until(await say((await storeWith(2)).id, 'The others go on'), isSent);
  expect((await storeWith(1)).proxyStop).toBe('ended');
  expect(await waiting()).toMatchObject({ status: 'queued', pending: { attempts: 0 } });
  expect(came()).toEqual(['127.0.0.12']);
  await until(
    () => host.asked,
    (asked) =>
      asked.some(({ method, input }) => method === 'proxiesEnd' && Reflect.get(Object(input), 'days') === 0),
  );
  await bind([store.id], ids[1] ?? 0);
  await until(waiting, isSent);
  expect(came()).toEqual(['127.0.0.12']);
});

test('stores without a proxy leave directly, and where that is forbidden not at all', async () => {
  const store = await storeWith(1);
  await bind([store.id], null);
  seen.forget();
  await until(await say(store.id, 'Directly'), isSent);
  expect(came()).toContain('127.0.0.1');
  await page.call('settings.set', { requireProxy: true });
  expect((await storeWith(1)).proxyStop).toBe('required');
  seen.forget();
  const waiting = await say(store.id, 'Not like this');
  await until(await say((await storeWith(2)).id, 'But like this'), isSent);
  expect(came()).toEqual(['127.0.0.12']);
  await bind([store.id], ids[2] ?? 0);
  await until(waiting, isSent);
  expect(came()).toEqual(['127.0.0.12', '127.0.0.13']);
});

test('no password stands in the log, the database or anywhere else of the data', async () => {
  await engine.close();
  const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const bytes = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
  expect(bytes).toContain('way-changed');
  const forms = [
    HARD_PASSWORD,
    Buffer.from(HARD_PASSWORD).toString('latin1'),
    encodeURIComponent(HARD_PASSWORD),
    Buffer.from(`${who.username}:${HARD_PASSWORD}`).toString('base64'),
    HARD_PASSWORD.slice(0, 12),
  ];
  for (const form of forms) expect(bytes.includes(form), form).toBe(false);
  await open();
});
