import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startOrigin, type CountingOrigin } from '../../testing/counting-origin.ts';
import { startChainProxy, type ChainProxy } from '../../testing/real-proxies.ts';
import { memoryLog } from '../../testing/temp-engine.ts';
import type { Route } from './route.ts';
import { createServiceExits, type ServiceExits, type ServiceWay } from './service-exits.ts';

vi.setConfig({ testTimeout: 60_000 });

const PROXY_AT = '127.0.0.41';
let origin: CountingOrigin;
let proxy: ChainProxy;
let exits: ServiceExits;
let route: Route;

beforeEach(async () => {
  origin = await startOrigin();
  proxy = await startChainProxy(PROXY_AT, { username: 'desk', password: 'geheim' });
  const { protocol, host, port, username, password } = proxy;
  route = { kind: 'proxy', proxyId: 1, upstream: { protocol, host, port, username } };
  exits = createServiceExits({
    log: memoryLog(),
    randomBytes,
    passwordOf: () => password,
    routeBy: () => route,
  });
});
afterEach(async () => {
  await exits.close();
  await proxy.stop();
  await origin.stop();
});

const askers = (): string[] => origin.asked.map(({ from }) => from);
const ask = async (way: ServiceWay): Promise<number> =>
  exits
    .of('one', way, [origin.base])
    .request({ method: 'POST', url: origin.base, body: '{}', effect: 'read' })
    .then(({ status }) => status);

test('a service goes directly, or by its proxy and no other way, as its way says at each call', async () => {
  expect(await ask({ via: 'direct' })).toBe(200);
  expect(askers()).toEqual(['127.0.0.1']);
  expect(await ask({ via: 'proxy', proxyId: 1 })).toBe(200);
  expect(askers()).toEqual(['127.0.0.1', PROXY_AT]);
  expect(await ask({ via: 'direct' })).toBe(200);
  expect(askers()).toEqual(['127.0.0.1', PROXY_AT, '127.0.0.1']);
});

test('by a proxy that ended, was turned off, removed or is dead nothing leaves', async () => {
  for (const stop of ['ended', 'disabled'] as const) {
    route = { kind: 'refused', stop };
    // The way is looked up at every call, also of a service that was reached before.
    await expect(ask({ via: 'proxy', proxyId: 1 })).rejects.toMatchObject({
      details: { reason: `proxy-${stop}` },
    });
  }
  await expect(ask({ via: 'proxy', proxyId: null })).rejects.toMatchObject({
    details: { reason: 'proxy-disabled' },
  });
  const { protocol, host, port, username } = proxy;
  route = { kind: 'proxy', proxyId: 1, upstream: { protocol, host, port, username } };
  await proxy.stop();
  await expect(ask({ via: 'proxy', proxyId: 1 })).rejects.toMatchObject({ code: 'unreachable' });
  expect(askers()).toEqual([]);
});
