import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { uuidv7 } from '../../base/ids.ts';
import { systemClock } from '../../base/system-clock.ts';
import type { Clock } from '../../base/time.ts';
import { platformIds } from '../../contract/models.ts';
import type { NetworkState } from '../../contract/network.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { connectPage, until, type TestPage } from '../../testing/engine-page.ts';
import { command } from '../../testing/sandbox-client.ts';
import { fakeRandomBytes, migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import { createEngine, type Engine } from '../engine.ts';
import { memoryHost } from '../host.ts';

// A whole engine over the marketplaces' stand-ins: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: ReturnType<typeof tempDir>;
let sandbox: RunningSandbox;
let engine: Engine;
let page: TestPage;
/** What is added to the computer's clock. */
let aheadMs = 0;
/** Timers that ended while the computer slept; null: it is awake. */
let asleep: (() => void)[] | null = null;

beforeAll(async () => {
  folder = tempDir();
  sandbox = await startSandbox({ seed: 'network', profile: 'loose', writeEveryMs: null, answers: false });
  const clock: Clock = {
    now: () => systemClock.now() + aheadMs,
    after: (ms, task) => {
      let isOn = true;
      const cancel = systemClock.after(ms, () =>
        asleep === null ? task() : asleep.push(() => isOn && task()),
      );
      return () => {
        isOn = false;
        cancel();
      };
    },
  };
  const machine = { id: 'm1', name: 'test' };
  const { bundle } = sandbox;
  const options = { dataDir: folder.path, migrationsDir, version: '1', machine, bundle };
  engine = await createEngine({ ...options, space: 'practice' }, memoryHost(), { clock });
  page = connectPage(engine);
  await allOnline();
});
afterAll(async () => {
  await engine.close();
  await sandbox.stop();
  folder.remove();
});

const allOnline = () =>
  until(
    () => page.call('stores.list', {}),
    ({ stores }) => stores.every((store) => store.state === 'online'),
  );
const becomes = (state: NetworkState) =>
  until(
    () => page.call('network.get', {}),
    (view) => view.state === state,
  );
const away = async (...platforms: readonly string[]): Promise<void> => {
  for (const platform of platforms) await command(sandbox, 'POST', '/faults', { kind: 'away', platform });
};
const wake = (sleptMs: number): void => {
  const late = asleep ?? [];
  asleep = null;
  aheadMs += sleptMs;
  for (const task of late) task();
};
const back = () => command(sandbox, 'DELETE', '/faults');

test('everything is away: lost, the queue waits and spends nothing; back: read up to now, then sent', async () => {
  const { rows } = await page.call('conversations.list', { filter: {}, sort: 'newest', limit: 10 });
  const conversationId = rows[0]?.id ?? 0;
  await away(...platformIds);
  await becomes('lost');
  const clientId = uuidv7(Date.now(), fakeRandomBytes(3));
  const { id } = await page.call('outbox.send', { conversationId, clientId, text: 'qx-while-lost' });
  const find = async () => {
    const at = { kind: 'latest' } as const;
    const { messages } = await page.call('messages.page', { conversationId, at, limit: 50 });
    return messages.find((message) => message.id === id);
  };
  const storeId = rows[0]?.storeId ?? 0;
  expect((await page.call('stores.test', { storeId })).error?.code).toBe('unreachable');
  expect(await find()).toMatchObject({ status: 'queued', pending: { attempts: 0 } });
  await back();
  await page.call('network.retry', {});
  await becomes('online');
  await until(find, (message) => message?.status === 'sent');
  await allOnline();
  expect((await page.call('stores.test', { storeId })).error).toBe(null);
});

test('one platform is away: its stores say so, the network is there', async () => {
  await away('tiktok');
  const { stores } = await until(
    () => page.call('stores.list', {}),
    (view) => view.stores.filter((store) => store.state === 'unreachable').length === 2,
  );
  expect(new Set(stores.filter(({ state }) => state !== 'online').map(({ platform }) => platform))).toEqual(
    new Set(['tiktok']),
  );
  expect((await page.call('network.get', {})).state).toBe('online');
  await back();
  await allOnline();
});

test('the machine slept for hours: every store is read, and who wrote is told until it is put away', async () => {
  const { shops } = (await command(sandbox, 'GET', '/world')).json as {
    shops: { platform: string; shopId: string; conversations: { conversationId: string }[] }[];
  };
  const [shop] = shops;
  const conversationId = shop?.conversations[0]?.conversationId;
  asleep = [];
  await command(sandbox, 'POST', '/buyer', {
    platform: shop?.platform,
    shopId: shop?.shopId,
    conversationId,
    text: 'qx-slept',
  });
  wake(6 * 3_600_000);
  engine.systemEvent('resume');
  const view = await until(
    () => page.call('network.get', {}),
    (one) => one.state === 'online' && one.away !== null,
  );
  expect(view.away?.buyers).toBeGreaterThanOrEqual(1);
  expect((view.away?.to ?? 0) - (view.away?.from ?? 0)).toBeGreaterThan(5 * 3_600_000);
  await page.call('network.dismissAway', {});
  expect((await page.call('network.get', {})).away).toBe(null);
});
