import { afterEach, beforeEach, expect, test } from 'vitest';
import { waysDesk, type WaysDesk } from '../../testing/ways-desk.ts';
import { createRoutes, type Routes } from './routes.ts';

let desk: WaysDesk;
let routes: Routes;
let isRequired = false;

beforeEach(async () => {
  desk = await waysDesk();
  isRequired = false;
  routes = createRoutes({ db: desk.db, now: () => desk.clock.now(), isRequired: () => isRequired });
});
afterEach(() => desk.close());

const bind = (storeIds: number[], proxyId: number | null) =>
  desk.ways.feature.handlers['proxies.bind']({ storeIds, proxyId });
const setExit = (appId: number, proxyId: number | null) =>
  desk.ways.feature.handlers['proxies.setApiExit']({ appId, proxyId });
const way = (accountId: number, appId: number | null): string | number => {
  const route = routes.routeOf(accountId, appId);
  if (route.kind === 'proxy') return route.proxyId;
  return route.kind === 'refused' ? route.stop : route.kind;
};

test('only accounts without a proxy leave directly, and not even these where one is asked for', async () => {
  const proxyId = desk.add({ port: 1, protocol: 'socks5', username: 'u', password: 'secret-word' });
  await bind([1], proxyId);
  expect([way(1, null), way(1, 1), way(2, null), way(2, 1)]).toEqual([proxyId, proxyId, 'direct', 'direct']);
  expect(routes.routeOf(1, null)).toEqual({
    kind: 'proxy',
    proxyId,
    upstream: { protocol: 'socks5', host: '127.0.0.1', port: 1, username: 'u' },
  });
  isRequired = true;
  expect([way(1, 1), way(2, null), way(2, 1)]).toEqual([proxyId, 'required', 'required']);
  expect([routes.stopOf(1), routes.stopOf(2)]).toEqual([null, 'required']);
  expect(way(99, null)).toBe('required');
  isRequired = false;
  expect(way(99, null)).toBe('required');
});

test('all stores of an account leave as it does', async () => {
  const proxyId = desk.add({ port: 1 });
  await bind([3], proxyId);
  expect(way(3, 2)).toBe(proxyId);
  desk.db.prepare('UPDATE proxies SET disabled = 1').run();
  expect([3, 4].map((storeId) => routes.stopOf(storeId))).toEqual(['disabled', 'disabled']);
});

test("an app's exit carries its API calls and nothing else", async () => {
  const [own, exit] = [desk.add({ port: 1 }), desk.add({ port: 2 })];
  await bind([1], own);
  await setExit(1, exit);
  expect([way(1, 1), way(1, null), way(2, 1), way(2, null)]).toEqual([exit, own, exit, 'direct']);
  isRequired = true;
  expect([way(2, 1), way(2, null), routes.stopOf(2)]).toEqual([exit, 'required', 'required']);
  isRequired = false;
  desk.db.prepare('UPDATE proxies SET disabled = 1 WHERE id = ?').run(exit);
  expect([way(1, 1), way(1, null), routes.stopOf(1), routes.stopOf(3)]).toEqual([
    'disabled',
    own,
    'disabled',
    null,
  ]);
  await setExit(1, null);
  expect([way(1, 1), way(2, 1)]).toEqual([own, 'direct']);
});

test('a proxy carries nothing from its very end on', async () => {
  const at = desk.clock.now() + 1_000;
  const proxyId = desk.add({ port: 1, expiresAt: at });
  await bind([1], proxyId);
  expect([way(1, 1), routes.stopOf(1)]).toEqual([proxyId, null]);
  await desk.clock.advance(999);
  expect(way(1, 1)).toBe(proxyId);
  await desk.clock.advance(1);
  expect([way(1, 1), way(1, null), routes.stopOf(1)]).toEqual(['ended', 'ended', 'ended']);
});

test('what is not there is not bound, and nothing of the call is done', async () => {
  const proxyId = desk.add({ port: 1 });
  const missing = expect.objectContaining({ code: 'not-found' }) as Error;
  expect(() => bind([1, 99], proxyId)).toThrow(missing);
  expect(() => bind([1], 99)).toThrow(missing);
  expect(() => setExit(99, proxyId)).toThrow(missing);
  expect(() => setExit(1, 99)).toThrow(missing);
  expect(way(1, 1)).toBe('direct');
});
