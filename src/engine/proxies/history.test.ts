import { afterEach, beforeEach, expect, it } from 'vitest';
import { listDesk, type ListDesk } from '../../testing/list-desk.ts';

const DAY = 86_400_000;
let desk: ListDesk;
let now: number;
beforeEach(async () => {
  desk = await listDesk();
  now = desk.clock.now();
  const rows = ['203.0.113.1', '203.0.113.2'].map((host) => ({
    details: { protocol: 'http' as const, host, port: 80 },
    proxyId: null,
  }));
  await desk.call('proxies.import', { rows });
});
afterEach(() => desk.close());

const seen = (accountId: number, ip: string, proxyId: number | null, lastAt: number): void => {
  desk.db
    .prepare('INSERT INTO account_exits VALUES (?, ?, ?, ?, ?)')
    .run(accountId, ip, proxyId, lastAt - 1, lastAt);
};

it('answers the newest 50 looks at a proxy alone, newest first, with why it did not work', async () => {
  const add = desk.db.prepare(
    'INSERT INTO proxy_checks (proxy_id, at, error, egress_v4, egress_v6, city) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (let at = 1; at <= 60; at += 1) add.run(1, at, null, '198.51.100.1', null, 'Bangkok');
  const error = { code: 'unreachable', message: 'x', details: { reason: 'proxy-password' } };
  add.run(1, 61, JSON.stringify(error), null, null, null);
  add.run(2, 99, null, null, '2001:db8::1', null);
  const { checks } = await desk.call('proxies.history', { proxyId: 1 });
  expect(checks.map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, n) => 61 - n));
  expect(checks[0]?.error).toEqual(error);
  expect(checks[1]).toEqual({
    at: 60,
    error: null,
    latencyMs: null,
    egressV4: '198.51.100.1',
    egressV6: null,
    country: null,
    city: 'Bangkok',
  });
  expect((await desk.call('proxies.history', { proxyId: 2 })).checks).toMatchObject([
    { egressV6: '2001:db8::1' },
  ]);
});

it('answers where a store was seen, the last first, whichever store of its account is asked of', async () => {
  seen(1, '198.51.100.1', 1, now - 200 * DAY);
  seen(1, '198.51.100.2', null, now);
  seen(2, '198.51.100.3', 2, now);
  const { exits } = await desk.call('proxies.exitsOf', { storeId: 1 });
  expect(exits).toEqual([
    { ip: '198.51.100.2', proxyId: null, firstAt: now - 1, lastAt: now, others: [] },
    {
      ip: '198.51.100.1',
      proxyId: 1,
      firstAt: now - 200 * DAY - 1,
      lastAt: now - 200 * DAY,
      others: [],
    },
  ]);
  expect(await desk.call('proxies.exitsOf', { storeId: 2 })).toEqual({ exits });
  expect(await desk.call('proxies.exitsOf', { storeId: 4 })).toEqual({ exits: [] });
});

it('names other accounts seen under an address within 90 days, each by one store and when', async () => {
  seen(1, '198.51.100.1', 1, now);
  seen(2, '198.51.100.1', 2, now - 90 * DAY);
  seen(3, '198.51.100.1', null, now - 2);
  seen(4, '198.51.100.1', null, now - 90 * DAY - 1);
  seen(5, '198.51.100.9', null, now);
  expect((await desk.call('proxies.exitsOf', { storeId: 1 })).exits[0]?.others).toEqual([
    { storeId: 4, at: now - 2 },
    { storeId: 3, at: now - 90 * DAY },
  ]);
  expect((await desk.call('proxies.exitsOf', { storeId: 3 })).exits[0]?.others).toEqual([
    { storeId: 1, at: now },
    { storeId: 4, at: now - 2 },
  ]);
});

it('knows neither a proxy nor a store that is not there', async () => {
  await expect(desk.call('proxies.history', { proxyId: 9 })).rejects.toThrow('no proxy 9');
  await expect(desk.call('proxies.exitsOf', { storeId: 9 })).rejects.toThrow('no store 9');
});
