import { afterEach, beforeEach, expect, test } from 'vitest';
import { startOrigin, type CountingOrigin } from '../../testing/counting-origin.ts';
import { waysDesk, type WaysDesk } from '../../testing/ways-desk.ts';
import { HARD_PASSWORD, startChainProxy, type RealProxy } from '../../testing/real-proxies.ts';
import type { TrafficDay } from '../../contract/proxies.ts';

let desk: WaysDesk;
let origin: CountingOrigin;
let proxy: RealProxy;

beforeEach(async () => {
  desk = await waysDesk();
  origin = await startOrigin((_, response) => response.end('x'.repeat(5_000)));
  proxy = await startChainProxy('127.0.0.5', { username: 'kunde', password: HARD_PASSWORD });
  desk.ways.feature.start?.();
});
afterEach(async () => {
  await desk.close();
  await origin.stop();
  await proxy.stop();
});

const ask = (accountId: number, appId: number | null = null) =>
  desk.ways.net
    .exitFor(accountId, appId, [origin.base])
    .request({ method: 'GET', url: origin.base, effect: 'read' });
const read = async (since = '2000-01-01'): Promise<readonly TrafficDay[]> =>
  (await desk.ways.feature.handlers['proxies.traffic']({ since })).days;
const bind = (storeIds: number[], proxyId: number | null) =>
  desk.ways.feature.handlers['proxies.bind']({ storeIds, proxyId });

test('bytes are counted by proxy, account and day, over restarts and changes of the binding', async () => {
  const own = desk.add(proxy);
  const exit = desk.add({ ...proxy, host: 'localhost' });
  await bind([1, 2], own);
  await desk.ways.feature.handlers['proxies.setApiExit']({ appId: 1, proxyId: exit });
  await ask(1);
  await ask(2);
  await ask(2);
  await ask(2, 1);
  await ask(3);
  const first = await read();
  expect(first.map(({ proxyId, accountId }) => [proxyId, accountId])).toEqual([
    [own, 1],
    [own, 2],
    [exit, 2],
  ]);
  const [one, two] = first;
  expect(one?.received).toBeGreaterThan(5_000);
  expect(one?.sent).toBeGreaterThan(100);
  expect(two?.received).toBeGreaterThan(10_000);
  const today = new Date(desk.clock.now()).toLocaleDateString('sv');
  expect(new Set(first.map(({ day }) => day))).toEqual(new Set([today]));

  await bind([1], null);
  await desk.restart();
  expect(await read()).toEqual(first);
  await bind([1], own);
  await ask(1);
  const [again] = await read();
  expect(again?.received).toBeGreaterThan((one?.received ?? 0) + 5_000);
  await desk.pass(86_400_000);
  await ask(1);
  const tomorrow = new Date(desk.clock.now()).toLocaleDateString('sv');
  expect(tomorrow).not.toBe(today);
  expect((await read(tomorrow)).map(({ accountId, day }) => [accountId, day])).toEqual([[1, tomorrow]]);
});

test('counts are written every minute, also of connections that stay; what could not be written is not lost', async () => {
  const proxyId = desk.add(proxy);
  await bind([1], proxyId);
  await ask(1);
  const stored = desk.db.prepare<[], number>('SELECT received FROM proxy_traffic').pluck();
  desk.db.exec(
    `CREATE TEMP TRIGGER full BEFORE INSERT ON proxy_traffic BEGIN SELECT RAISE(ABORT, 'full'); END`,
  );
  await expect(desk.clock.advance(60_000)).rejects.toThrow('full');
  desk.db.exec('DROP TRIGGER temp.full');
  await desk.clock.advance(60_000);
  expect(stored.get()).toBeGreaterThan(5_000);
});

test('traffic of what was removed meanwhile is forgotten with it', async () => {
  const proxyId = desk.add(proxy);
  await bind([1], proxyId);
  await ask(1);
  await bind([1], null);
  desk.db.prepare('DELETE FROM proxies').run();
  expect(await read()).toEqual([]);
});
