import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallInput } from '../../contract/index.ts';
import { listDesk, type ListDesk } from '../../testing/list-desk.ts';

const DAY = 86_400_000;
let desk: ListDesk;
let now: number;
beforeEach(async () => {
  desk = await listDesk();
  now = desk.clock.now();
});
afterEach(() => desk.close());

type Row = CallInput<'proxies.import'>['rows'][number];
const row = (host: string, more: Partial<Row['details']> = {}, given: Partial<Row> = {}): Row => ({
  details: { protocol: 'http', host, port: 80, ...more },
  proxyId: null,
  ...given,
});
const save = (...rows: Row[]) => desk.call('proxies.import', { rows });
const list = async () => (await desk.call('proxies.list', {})).proxies;
const saved = async (): Promise<string[]> =>
  (await list()).map(({ id, host, port, username, state }) => `${id} ${host}:${port}:${username} ${state}`);
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: { code: string; details?: { reason?: string; row?: number } }) =>
      `${error.code} ${error.details?.reason} ${error.details?.row}`,
  );

it('an end that was reached stays reached though the clock is set back; only a later end brings a proxy back', async () => {
  await save(row('203.0.113.1', { expiresAt: now + DAY }));
  await desk.clock.advance(2 * DAY);
  desk.db.exec('UPDATE proxies SET ended_at = expires_at');
  desk.clock.setBack(3 * DAY);
  const state = async (change: object): Promise<unknown> =>
    (await desk.call('proxies.change', { proxyId: 1, change })).state;
  expect(await state({ name: 'Mine' })).toBe('ended');
  expect(await state({ expiresAt: now + DAY - 1 })).toBe('ended');
  expect(await state({ expiresAt: now + 2 * DAY })).toBe('ready');
});

describe('an import', () => {
  it('adds, changes and binds, and only then ends connections and tells the pages', async () => {
    await save(row('203.0.113.1', { username: 'mai', password: 'old-password', note: 'mine' }));
    desk.feed.emitted.length = 0;
    const done = await save(
      row('203.0.113.1', { username: 'mai', password: 'new-password', tag: 'dc' }, { proxyId: 1 }),
      row('203.0.113.2', { expiresAt: now + DAY, country: 'TH' }, { storeIds: [1, 3] }),
      row('GATE.example.com', { rotation: 'https://p.example/r' }, { storeIds: [] }),
    );
    expect(done).toEqual({ added: 2, changed: 1, bound: 2 });
    expect(await list()).toMatchObject([
      { id: 1, note: 'mine', tag: 'dc', hasPassword: true, expiresAt: null, storeIds: [] },
      // Stores 1 and 2 are of one account.
      { id: 2, country: 'TH', expiresAt: now + DAY, storeIds: [1, 2, 3], hasPassword: false },
      { id: 3, host: 'gate.example.com', hasRotation: true },
    ]);
    // The log is told what to hide.
    expect(desk.hidden).toEqual(
      expect.arrayContaining(['old-password', 'new-password', 'https://p.example/r']),
    );
    expect(desk.secrets.read('proxy:1:password')).toBe('new-password');
    expect(desk.secrets.read('proxy:3:rotation')).toBe('https://p.example/r');
    expect(desk.ended).toEqual([{ accountIds: [1, 2], inTransaction: false }]);
    expect(desk.feed.emitted.map(({ kind }) => kind)).toContain('proxies');
  });

  it('takes nothing away that a row does not speak of, and renews in bulk', async () => {
    const rows = Array.from({ length: 12 }, (_, at) =>
      row(`203.0.113.${at}`, { username: 'u', password: 'a-password', expiresAt: now + DAY, note: `n${at}` }),
    );
    await save(...rows);
    await desk.clock.advance(2 * DAY);
    desk.db.exec('UPDATE proxies SET ended_at = expires_at');
    expect(new Set((await list()).map(({ state }) => state))).toEqual(new Set(['ended']));
    const end = now + 40 * DAY;
    await save(
      ...rows.map(({ details }, at) => ({
        details: { ...details, note: '', password: '', expiresAt: end },
        proxyId: at + 1,
      })),
    );
    for (const [at, proxy] of (await list()).entries()) {
      expect(proxy).toMatchObject({ state: 'ready', expiresAt: end, note: `n${at}`, hasPassword: true });
    }
    expect(desk.secrets.read('proxy:12:password')).toBe('a-password');
  });

  it.each<[string, () => Row[], string]>([
    ['is there by now', () => [row('203.0.113.9'), row('203.0.113.1')], 'conflict exists 1'],
    ['is gone', () => [row('203.0.113.9'), row('203.0.113.8', {}, { proxyId: 99 })], 'conflict gone 1'],
    ['is another by now', () => [row('203.0.113.9', {}, { proxyId: 1 })], 'conflict other 0'],
    ['stands twice', () => [row('a.example.com'), row('A.example.com')], 'conflict twice 1'],
    ['has ended by now', () => [row('203.0.113.9', { expiresAt: now })], 'conflict expired 0'],
    ['names no store', () => [row('203.0.113.9', {}, { storeIds: [1, 99] })], 'conflict no-store 0'],
    [
      'names a store of an account bound elsewhere',
      () => [row('203.0.113.8', {}, { storeIds: [1] }), row('203.0.113.9', {}, { storeIds: [2] })],
      'conflict two-proxies 1',
    ],
    ['has no host', () => [row('203.0.113.9'), row('203.0.113.999')], 'invalid bad-host undefined'],
  ])('saves nothing where a row %s', async (_, rows, expected) => {
    await save(row('203.0.113.1', { password: 'first-password' }, { storeIds: [4] }));
    desk.ended.length = 0;
    expect(await failure(save(...rows()))).toBe(expected);
    expect(await saved()).toEqual(['1 203.0.113.1:80: ready']);
    expect([1, 2, 3].map(desk.proxyOf)).toEqual([null, null, 1]);
    expect(desk.ended).toEqual([]);
  });
});

describe('a change', () => {
  beforeEach(() =>
    save(
      row(
        '203.0.113.1',
        { username: 'mai', password: 'a-password', expiresAt: now + DAY },
        { storeIds: [1] },
      ),
      row('203.0.113.2'),
    ),
  );

  it('writes what is given and leaves the rest, sealed things too', async () => {
    desk.ended.length = 0;
    const change = { note: 'x', country: 'SG' };
    expect(await desk.call('proxies.change', { proxyId: 1, change })).toMatchObject({
      ...change,
      username: 'mai',
      hasPassword: true,
      expiresAt: now + DAY,
      storeIds: [1, 2],
    });
    // Words cut no connection.
    expect(desk.ended).toEqual([]);
    const away = { password: '', note: '', country: null, expiresAt: null };
    expect(await desk.call('proxies.change', { proxyId: 1, change: away })).toMatchObject({
      hasPassword: false,
      note: '',
      country: null,
      expiresAt: null,
    });
    expect(desk.secrets.read('proxy:1:password')).toBeNull();
    expect(desk.ended).toEqual([{ accountIds: [1], inTransaction: false }]);
  });

  it('of whether it is in use', async () => {
    const off = { proxyId: 1, change: {}, disabled: true };
    expect(await desk.call('proxies.change', off)).toMatchObject({ state: 'disabled' });
    expect(await desk.call('proxies.change', { ...off, disabled: false })).toMatchObject({ state: 'ready' });
    expect(await desk.call('proxies.change', { proxyId: 1, change: { expiresAt: now } })).toMatchObject({
      state: 'ended',
    });
    expect(desk.ended).toHaveLength(4);
  });

  it('keeps two proxies apart, and hosts as lists have them', async () => {
    const to = (change: object) => failure(desk.call('proxies.change', { proxyId: 2, change }));
    expect(await to({ host: '203.0.113.1', username: 'mai' })).toBe('conflict exists undefined');
    expect(await to({ host: '203.0.113.01' })).toBe('invalid bad-host undefined');
    expect(await to({ host: '2001:DB8:0::1' })).toBe('done');
    expect(await saved()).toEqual(['1 203.0.113.1:80:mai ready', '2 2001:db8::1:80: ready']);
    expect(await failure(desk.call('proxies.change', { proxyId: 9, change: {} }))).toMatch('not-found');
  });
});

describe('removing', () => {
  it('takes what is sealed along', async () => {
    await save(row('203.0.113.1', { password: 'a-password', rotation: 'https://p.example/r' }));
    await desk.call('proxies.remove', { proxyIds: [1] });
    expect(await list()).toEqual([]);
    expect(desk.db.prepare('SELECT count(*) FROM secrets').pluck().get()).toBe(0);
  });

  it('is refused whole while a store or an app leaves by one', async () => {
    await save(row('203.0.113.1'), row('203.0.113.2', {}, { storeIds: [3] }), row('203.0.113.3'));
    const remove = (...proxyIds: number[]) => failure(desk.call('proxies.remove', { proxyIds }));
    expect(await remove(1, 2)).toBe('conflict in-use 1');
    await desk.call('proxies.bind', { storeIds: [3], proxyId: null });
    await desk.call('proxies.setApiExit', { appId: 1, proxyId: 3 });
    expect(await remove(2, 3)).toBe('conflict in-use 1');
    expect(await remove(1, 99)).toBe('not-found undefined undefined');
    expect(await list()).toHaveLength(3);
    expect(await remove(1, 2, 2)).toBe('done');
    expect(await list()).toMatchObject([{ id: 3, appIds: [1] }]);
  });
});

describe('replacing', () => {
  beforeEach(() =>
    save(
      row('203.0.113.1', {}, { storeIds: [1] }),
      row('203.0.113.2', {}, { storeIds: [3, 4] }),
      row('203.0.113.3'),
      row('203.0.113.4', { expiresAt: now + DAY }),
    ),
  );
  const replace = (...pairs: [from: number, to: number][]) =>
    desk.call('proxies.replace', { pairs: pairs.map(([from, to]) => ({ from, to })) });

  it('moves the stores of each to the one beside it; two may change places', async () => {
    desk.ended.length = 0;
    await replace([1, 2], [2, 3]);
    expect([1, 2, 3].map(desk.proxyOf)).toEqual([2, 3, 3]);
    expect(desk.ended).toEqual([{ accountIds: [1, 2, 3], inTransaction: false }]);
    await replace([2, 3], [3, 2]);
    expect([1, 2, 3].map(desk.proxyOf)).toEqual([3, 2, 2]);
  });

  it('leaves the exits of apps: platforms know their addresses', async () => {
    await desk.call('proxies.setApiExit', { appId: 1, proxyId: 1 });
    await replace([1, 3]);
    expect((await list()).map(({ appIds, storeIds }) => [appIds, storeIds])).toEqual([
      [[1], []],
      [[], [3, 4]],
      [[], [1, 2]],
      [[], []],
    ]);
  });

  it('moves nothing where one does not fit', async () => {
    expect(await failure(replace([1, 3], [1, 2]))).toBe('conflict twice 1');
    expect(await failure(replace([1, 3], [2, 99]))).toMatch('not-found');
    await desk.call('proxies.change', { proxyId: 3, change: {}, disabled: true });
    await desk.clock.advance(2 * DAY);
    expect(await failure(replace([1, 2], [2, 3]))).toBe('conflict not-ready 1');
    expect(await failure(replace([1, 4]))).toBe('conflict not-ready 0');
    expect([1, 2, 3].map(desk.proxyOf)).toEqual([1, 2, 2]);
  });
});

it('the list shows the newest look at each, and who comes out at one address', async () => {
  await save(row('203.0.113.1'), row('203.0.113.2'), row('203.0.113.3'), row('203.0.113.4'));
  const check = desk.db.prepare(
    'INSERT INTO proxy_checks (proxy_id, at, error, latency_ms, egress_v4, egress_v6, country, city) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  check.run(1, 5, null, 40, '198.51.100.1', null, 'SG', 'Singapore');
  check.run(1, 4, '{"code":"unreachable","message":"x"}', null, '198.51.100.9', null, null, null);
  check.run(2, 5, null, 50, '198.51.100.1', '2001:db8::2', 'SG', null);
  check.run(3, 5, null, 60, '198.51.100.9', '2001:db8::2', 'TH', null);
  check.run(
    4,
    6,
    '{"code":"unreachable","message":"x","details":{"reason":"refused"}}',
    null,
    null,
    null,
    null,
    null,
  );
  const proxies = await list();
  expect(proxies[0]?.check).toEqual({
    at: 5,
    error: null,
    latencyMs: 40,
    egressV4: '198.51.100.1',
    egressV6: null,
    country: 'SG',
    city: 'Singapore',
  });
  expect(proxies[3]?.check).toMatchObject({ error: { code: 'unreachable', details: { reason: 'refused' } } });
  expect(proxies.map(({ sameEgress }) => sameEgress)).toEqual([[2], [1, 3], [2], []]);
});
