import { afterEach, beforeEach, expect, test } from 'vitest';
import { startOrigin } from '../../testing/counting-origin.ts';
import { waysDesk, type WaysDesk } from '../../testing/ways-desk.ts';

let desk: WaysDesk;
let gateMoves = 0;

beforeEach(async () => {
  desk = await waysDesk();
  gateMoves = 0;
  desk.ways.gate.onChange(() => (gateMoves += 1));
  desk.ways.feature.start?.();
});
afterEach(() => desk.close());

const DAY = 86_400_000;
const bind = (storeId: number, proxyId: number | null) =>
  desk.ways.feature.handlers['proxies.bind']({ storeIds: [storeId], proxyId });
const endedAt = (): (number | null)[] =>
  desk.db.prepare<[], number | null>('SELECT ended_at FROM proxies ORDER BY id').pluck().all();
const setEnd = (proxyId: number, at: number | null): void => {
  desk.db.prepare('UPDATE proxies SET expires_at = ? WHERE id = ?').run(at, proxyId);
  desk.ways.binding.changed(desk.ways.binding.accountsBy(proxyId));
};
const stop = (storeId = 1) => desk.ways.proxies.stopOf(storeId);

test('at its moment a proxy is taken out of use by itself, and its stores wait', async () => {
  const end = desk.clock.now() + 40_000;
  const proxyId = desk.add({ port: 1, expiresAt: end });
  await bind(1, proxyId);
  gateMoves = 0;
  await desk.clock.advance(39_999);
  expect([endedAt(), stop(), desk.ways.gate.closedFor(1), gateMoves]).toEqual([[null], null, null, 0]);
  await desk.clock.advance(1);
  expect([endedAt(), stop(), desk.ways.gate.closedFor(1), gateMoves]).toEqual([[end], 'ended', 'proxy', 1]);
  expect(desk.ways.gate.closedFor(2)).toBe(null);
  expect(desk.feed.emitted).toContainEqual({ kind: 'stores', ids: [1] });
});

test('also when the machine slept over it, or the engine did not run', async () => {
  const proxyId = desk.add({ port: 1, expiresAt: desk.clock.now() + DAY });
  await bind(1, proxyId);
  desk.clock.setBack(-2 * DAY);
  expect(stop()).toBe('ended');
  desk.ways.woke();
  expect(endedAt()).toEqual([desk.clock.now() - DAY]);
  const other = desk.add({ port: 2, expiresAt: desk.clock.now() + DAY });
  await bind(2, other);
  desk.clock.setBack(-2 * DAY);
  await desk.restart();
  expect([endedAt()[1], stop(2)]).toEqual([desk.clock.now() - DAY, 'ended']);
});

test('ended it stays, though the clock is set back, until a later end or none is set', async () => {
  const end = desk.clock.now() + DAY;
  const proxyId = desk.add({ port: 1, expiresAt: end });
  await bind(1, proxyId);
  await desk.pass(DAY);
  desk.jump(-30 * DAY);
  await desk.clock.advance(60_000);
  expect([stop(), endedAt()]).toEqual(['ended', [end]]);
  await desk.restart();
  expect(stop()).toBe('ended');
  setEnd(proxyId, end - DAY);
  expect(stop()).toBe('ended');
  setEnd(proxyId, end + 1);
  expect([stop(), desk.ways.gate.closedFor(1)]).toEqual([null, null]);
  await desk.clock.advance(15_000);
  expect(endedAt()).toEqual([null]);
  setEnd(proxyId, null);
  await desk.pass(100 * DAY);
  expect([stop(), endedAt()]).toEqual([null, [null]]);
});

test('an end further away than timers can count comes at its time', async () => {
  const end = desk.clock.now() + 60 * DAY;
  await bind(1, desk.add({ port: 1, expiresAt: end }));
  await desk.pass(60 * DAY - 1);
  expect(stop()).toBe(null);
  await desk.clock.advance(1);
  expect(endedAt()).toEqual([end]);
  expect(desk.clock.waiting).toBe(2);
});

test("the platforms' time counts where it is known, not what this computer's clock is set to", async () => {
  const { net } = desk.ways;
  const real = desk.clock.now();
  const origin = await startOrigin((_, response) => {
    response.setHeader('date', new Date(real).toUTCString());
    response.end();
  });
  await net.exitFor(2, 1, [origin.base]).request({ method: 'GET', url: origin.base, effect: 'read' });
  await origin.stop();
  const proxyId = desk.add({ port: 1, expiresAt: real + DAY });
  await bind(1, proxyId);
  desk.jump(3 * DAY);
  await desk.clock.advance(60_000);
  expect([stop(), endedAt()]).toEqual([null, [null]]);
  desk.jump(-6 * DAY);
  await desk.pass(DAY);
  expect([stop(), endedAt()]).toEqual(['ended', [real + DAY]]);
});

test('a full disk ends no looking; the store waits all the same', async () => {
  const end = desk.clock.now() + 20_000;
  await bind(1, desk.add({ port: 1, expiresAt: end }));
  desk.db.exec(`CREATE TEMP TRIGGER full BEFORE UPDATE OF ended_at ON proxies
    BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
  await expect(desk.clock.advance(20_000)).rejects.toThrow('disk full');
  expect([stop(), endedAt()]).toEqual(['ended', [null]]);
  desk.db.exec('DROP TRIGGER temp.full');
  await desk.clock.advance(15_000);
  expect(endedAt()).toEqual([end]);
});

test('data of another machine is left as it is', async () => {
  await bind(1, desk.add({ port: 1, expiresAt: desk.clock.now() + 1_000 }));
  desk.isReadOnly = true;
  await desk.pass(10 * DAY);
  expect(endedAt()).toEqual([null]);
  expect(desk.host.asked.filter(({ method }) => method === 'proxiesEnd')).toEqual([]);
});

test('a proxy that is asked for by a setting keeps stores without one from leaving', async () => {
  await bind(1, desk.add({ port: 1 }));
  await desk.settings.handlers['settings.set']({ requireProxy: true });
  expect([1, 2, 3].map((storeId) => desk.ways.gate.closedFor(storeId))).toEqual([null, 'proxy', 'proxy']);
  await desk.settings.handlers['settings.set']({ requireProxy: false });
  expect(desk.ways.gate.closedFor(2)).toBe(null);
});
