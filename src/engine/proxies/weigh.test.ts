import { afterEach, beforeEach, expect, it } from 'vitest';
import { listDesk, type ListDesk } from '../../testing/list-desk.ts';

const DAY = 86_400_000;
let desk: ListDesk;
let now: number;
beforeEach(async () => {
  desk = await listDesk();
  now = desk.clock.now();
  const hosts = ['203.0.113.1', '203.0.113.2', '203.0.113.3'];
  const rows = hosts.map((host) => ({
    details: { protocol: 'http' as const, host, port: 80 },
    proxyId: null,
  }));
  await desk.call('proxies.import', { rows });
});
afterEach(() => desk.close());

/** `store kind other at`, without what is null. */
const weigh = async (storeIds: number[], proxyId: number | null): Promise<string[]> =>
  (await desk.call('proxies.weigh', { storeIds, proxyId })).warnings.map(
    ({ storeId, kind, otherStoreId, at }) =>
      [storeId, kind, otherStoreId, at].filter((part) => part !== null).join(' '),
  );
const looked = (
  proxyId: number,
  egress: string | null,
  country: string | null,
  error: string | null = null,
): void => {
  desk.db
    .prepare('INSERT INTO proxy_checks (proxy_id, at, error, egress_v4, country) VALUES (?, ?, ?, ?, ?)')
    .run(proxyId, now, error, egress, country);
};
const seen = (accountId: number, ip: string, proxyId: number | null, lastAt: number): void => {
  desk.db.prepare('INSERT INTO account_exits VALUES (?, ?, ?, 0, ?)').run(accountId, ip, proxyId, lastAt);
};

it('says nothing where nothing speaks against it', async () => {
  looked(1, '198.51.100.1', 'SG');
  expect(await weigh([1], 1)).toEqual([]);
  expect(await weigh([1], null)).toEqual([]);
});

it('an address another account has just left is still its own', async () => {
  looked(1, '198.51.100.1', 'TH');
  looked(2, '198.51.100.1', 'TH');
  await desk.call('proxies.bind', { storeIds: [1], proxyId: 1 });
  await desk.clock.advance(DAY);
  await desk.call('proxies.bind', { storeIds: [1], proxyId: 1 });
  expect(desk.db.prepare('SELECT count(*) AS n FROM account_exits').get()).toEqual({ n: 0 });
  await desk.call('proxies.bind', { storeIds: [1], proxyId: null });
  for (const proxyId of [1, 2]) {
    expect(await weigh([3], proxyId)).toEqual([`3 used-by-other 1 ${now + DAY}`]);
  }
});

it('an address another account was seen under within 90 days, with that store and when', async () => {
  looked(1, '198.51.100.1', 'TH');
  seen(1, '198.51.100.1', null, now - 89 * DAY);
  seen(3, '198.51.100.1', null, now - 91 * DAY);
  seen(4, '198.51.100.7', 1, now - DAY);
  seen(2, '198.51.100.1', 1, now - DAY);
  expect(await weigh([3], 1)).toEqual([
    `3 used-by-other 5 ${now - DAY}`,
    `3 used-by-other 1 ${now - 89 * DAY}`,
  ]);
  // A store of the same account is no other.
  expect(await weigh([2], 1)).toEqual([
    `2 used-by-other 3 ${now - DAY}`,
    `2 used-by-other 5 ${now - DAY}`,
    `2 other-country ${now}`,
  ]);
});

it('two accounts on one proxy, on one address, and both bound at once', async () => {
  looked(1, '198.51.100.1', null);
  looked(2, '198.51.100.1', null);
  await desk.call('proxies.bind', { storeIds: [3], proxyId: 1 });
  await desk.call('proxies.bind', { storeIds: [4], proxyId: 2 });
  expect(await weigh([1], 1)).toEqual(['1 shared 3', '1 shared 4']);
  expect(await weigh([1, 2], 3)).toEqual([]);
  expect(await weigh([1, 5], 3)).toEqual(['1 shared 5', '5 shared 1']);
});

it('a country that is not the site’s, and one that changes; what was found counts before what the list says', async () => {
  await desk.call('proxies.change', { proxyId: 1, change: { country: 'SG' } });
  await desk.call('proxies.change', { proxyId: 2, change: { country: 'SG' } });
  looked(2, null, 'TH');
  expect(await weigh([3], 1)).toEqual(['3 other-country']);
  await desk.call('proxies.bind', { storeIds: [3], proxyId: 1 });
  expect(await weigh([3], 2)).toEqual([`3 country-changes ${now}`]);
});

it('one that does not work', async () => {
  const off = { proxyId: 1, change: {}, disabled: true };
  await desk.call('proxies.change', off);
  expect(await weigh([1], 1)).toEqual(['1 not-working']);
  await desk.call('proxies.change', { ...off, change: { expiresAt: now - 5 }, disabled: false });
  expect(await weigh([1], 1)).toEqual([`1 not-working ${now - 5}`]);
  looked(2, null, null, '{"code":"unreachable","message":"x"}');
  expect(await weigh([1], 2)).toEqual([`1 not-working ${now}`]);
});

it('stores and proxies that are not there', async () => {
  await expect(weigh([99], 1)).rejects.toMatchObject({ code: 'not-found' });
  await expect(weigh([1], 99)).rejects.toMatchObject({ code: 'not-found' });
});
