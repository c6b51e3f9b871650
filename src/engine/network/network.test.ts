import { afterEach, beforeEach, expect, test } from 'vitest';
import fc from 'fast-check';
import { CodedError } from '../../base/errors.ts';
import type { FakeClock } from '../../testing/fake-clock.ts';
import { storeFleet, type Answer, type StoreFleet } from '../../testing/store-fleet.ts';
import { tempDb } from '../../testing/temp-engine.ts';
import { createGate } from './gate.ts';

let temp: ReturnType<typeof tempDb>;
let readOnly = false;

const fleet = (count: number, clock?: FakeClock): StoreFleet =>
  storeFleet(temp.db, count, { isReadOnly: () => readOnly, ...(clock === undefined ? {} : { clock }) });

beforeEach(() => {
  temp = tempDb();
  readOnly = false;
});
afterEach(() => temp.close());

const states = (one: StoreFleet): string[] => one.view().stores.map(({ state }) => state);

test('the first failed call makes the others be asked at once; nobody answers: lost, and every store waits', async () => {
  const one = fleet(9);
  one.set('dead');
  await one.request(1);
  await one.clock.advance(0);
  expect(one.view().state).toBe('lost');
  expect(one.gate.closedFor(4)).toBe('offline');
});

test('where calls hang instead of failing the loss is known within two seconds of the first that failed', async () => {
  const one = fleet(9);
  one.set('hangs');
  one.set('dead', 1);
  await one.request(1);
  await one.clock.advance(1_990);
  expect(one.view().state).toBe('lost');
});

test.each([
  ['one store', [1]],
  ['one whole platform', [1, 4, 7]],
])('%s is away while others answer: its own matter, and not asked about again', async (_, away) => {
  const one = fleet(9);
  one.set('dead', ...away);
  for (const storeId of away) await one.request(storeId);
  await one.clock.advance(10_000);
  expect(one.view().state).toBe('online');
  one.asked.length = 0;
  for (const storeId of away) await one.request(storeId);
  expect(one.asked).toEqual(away);
});

test('a dead proxy is trouble of its stores, though they be all there are', async () => {
  for (const count of [1, 6]) {
    const one = fleet(count);
    one.set('proxy-dead');
    for (const storeId of one.answers.keys()) await one.request(storeId);
    await one.clock.advance(10_000);
    expect(one.view().state).toBe('online');
    // Where the system says that the network is gone, nobody proves the contrary.
    one.network.systemEvent('offline');
    await one.clock.advance(10);
    expect(one.view().state).toBe('lost');
    one.set('good');
    await one.clock.advance(30_000);
    expect(one.view().state).toBe('online');
    await one.network.stop?.();
  }
});

test('a dead proxy proves no network either: a direct store that is gone with it is believed', async () => {
  const one = fleet(6);
  one.set('proxy-dead');
  one.set('dead', 1);
  await one.request(2);
  await one.request(1);
  await one.clock.advance(10);
  expect(one.view().state).toBe('lost');
});

test('an error is an answer: no network is lost by it', async () => {
  const one = fleet(3);
  one.set('http-500');
  for (const storeId of [1, 2, 3]) await one.request(storeId);
  await one.clock.advance(10_000);
  expect(one.view().state).toBe('online');
});

test('the only store there is has a hiccup: it is asked again before anything is said', async () => {
  const one = fleet(1);
  one.set('dead');
  const failing = one.request(1);
  one.set('good');
  await failing;
  await one.clock.advance(10);
  expect(one.view().state).toBe('online');
});

test('an answer to what was asked before the failure proves nothing', async () => {
  const one = fleet(2);
  const ended = one.asking(2);
  one.set('hangs', 2);
  one.set('dead', 1);
  await one.request(1);
  ended(true);
  await one.clock.advance(1_900);
  expect(one.view().state).toBe('lost');
  one.asking(1)(true);
  expect(one.view().state).toBe('returning');
});

test('what the page or the system says is looked into, not believed', async () => {
  const one = fleet(6);
  await one.network.handlers['network.report']({ online: false });
  await one.clock.advance(5_000);
  expect(one.view().state).toBe('online');
  one.set('dead');
  one.network.systemEvent('offline');
  await one.clock.advance(10);
  expect(one.view().state).toBe('lost');
});

test('while lost somebody is asked now and then, less and less, another store each time', async () => {
  const one = fleet(9);
  one.set('dead');
  await one.request(1);
  await one.clock.advance(10);
  one.asked.length = 0;
  await one.clock.advance(120_000);
  expect(one.asked.length).toBeLessThan(60);
  expect(one.asked.length).toBeGreaterThan(20);
  expect(new Set(one.asked).size).toBe(9);
  one.asked.length = 0;
  await one.network.handlers['network.retry']({});
  expect(one.asked).toHaveLength(3);
});

async function lose(one: StoreFleet): Promise<void> {
  one.set('dead');
  await one.request(1);
  await one.clock.advance(10);
  expect(one.view().state).toBe('lost');
}

test('an answer must last three seconds; then every store is read, and only then all is well', async () => {
  const one = fleet(40);
  const hold = Promise.withResolvers<void>();
  one.catchUp = async (storeId) => {
    if (storeId > 12) await hold.promise;
    await one.request(storeId);
  };
  await lose(one);
  one.set('good');
  await one.network.handlers['network.retry']({});
  await one.clock.advance(10);
  expect(one.view().state).toBe('returning');
  expect(one.gate.closedFor(1)).toBe('offline');
  await one.clock.advance(2_900);
  expect(one.view().state).toBe('returning');
  await one.clock.advance(200);
  expect(one.view().state).toBe('catching-up');
  expect(states(one).filter((state) => state === 'done')).toHaveLength(12);
  expect(states(one).filter((state) => state === 'reading')).toHaveLength(24);
  expect([one.gate.closedFor(1), one.gate.closedFor(13)]).toEqual([null, 'offline']);
  hold.resolve();
  await one.clock.advance(10);
  expect(one.view()).toMatchObject({ state: 'online', stores: [] });
  expect(one.gate.closedFor(40)).toBe(null);
});

test('a platform that is slow keeps the stores of no other one from being read', async () => {
  const one = fleet(60);
  const { promise: never } = Promise.withResolvers<void>();
  one.catchUp = (storeId) => (storeId % 3 === 1 ? never : one.request(storeId));
  await lose(one);
  one.set('good');
  await one.clock.advance(10_000);
  expect(states(one).filter((state) => state === 'done')).toHaveLength(40);
  expect([one.gate.closedFor(59), one.gate.closedFor(58)]).toEqual([null, 'offline']);
});

test('an answer that does not last leads back to lost', async () => {
  const one = fleet(6);
  await lose(one);
  one.set('good');
  await one.network.handlers['network.retry']({});
  await one.clock.advance(1_000);
  expect(one.view().state).toBe('returning');
  one.set('dead');
  await one.clock.advance(2_100);
  expect(one.view().state).toBe('lost');
});

test('lost again in the middle of catching up', async () => {
  const one = fleet(40);
  one.catchUp = (storeId) => {
    if (storeId === 5) one.set('dead');
    return storeId < 5
      ? Promise.resolve()
      : one.request(storeId).then(() => Promise.reject(new Error('Gone')));
  };
  await lose(one);
  one.set('good');
  await one.clock.advance(10_000);
  expect(one.view().state).toBe('lost');
  one.catchUp = () => Promise.resolve();
  one.set('good');
  await one.clock.advance(30_000);
  expect(one.view().state).toBe('online');
});

test('a store that fails in the catch-up is said, tried again, and in the end left to itself', async () => {
  const one = fleet(9);
  const tried: number[] = [];
  one.catchUp = (storeId) => {
    tried.push(storeId);
    return storeId === 5 ? Promise.reject(new CodedError('unreachable', 'Proxy down')) : Promise.resolve();
  };
  await lose(one);
  one.set('good');
  await one.clock.advance(5_000);
  expect(one.view().state).toBe('catch-up-failed');
  expect([one.gate.closedFor(1), one.gate.closedFor(5)]).toEqual([null, 'offline']);
  await one.network.handlers['network.retry']({});
  await one.clock.advance(60_000);
  expect(one.view().state).toBe('online');
  expect(one.gate.closedFor(5)).toBe(null);
  expect(tried.filter((storeId) => storeId === 5)).toHaveLength(4);
  expect(tried).toHaveLength(12);
});

test('while no store at all can be read it goes on saying so, and trying', async () => {
  const one = fleet(3);
  one.catchUp = () => Promise.reject(new CodedError('invalid', 'Nonsense'));
  await lose(one);
  one.set('good');
  await one.clock.advance(600_000);
  expect(one.view().state).toBe('catch-up-failed');
  one.catchUp = () => Promise.resolve();
  await one.clock.advance(80_000);
  expect(one.view().state).toBe('online');
});

test.each([
  ['asked to slow down', new CodedError('rate-limited', 'Slowly')],
  ['that must be signed in to', new CodedError('auth-expired', 'Sign in')],
  ['whose proxy has ended', new CodedError('unreachable', 'No', { reason: 'proxy-ended' })],
])('stores %s keep nobody waiting', async (_, error) => {
  const one = fleet(3);
  one.catchUp = (storeId) => (storeId === 3 ? Promise.resolve() : Promise.reject(error));
  await lose(one);
  one.set('good');
  await one.clock.advance(10_000);
  expect(one.view().state).toBe('online');
});

test('after sleep every store is read up to now', async () => {
  const one = fleet(6);
  const read: number[] = [];
  one.catchUp = (storeId) => Promise.resolve(void read.push(storeId));
  one.clock.setBack(-3_600_000);
  await one.clock.advance(5_000);
  expect(read.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  one.network.systemEvent('resume');
  await one.clock.advance(10);
  expect(read).toHaveLength(12);
  await one.clock.advance(600_000);
  expect(read).toHaveLength(12);
  expect(one.view().state).toBe('online');
});

const buyerWrites = (at: number): void =>
  void temp.db.exec(`INSERT INTO environments (id, key, name) VALUES (1, 'test', 'Test');
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
      VALUES (1, 1, 'shopee', 'a', 'A', 'k', 0);
    INSERT INTO stores (id, account_id, platform, site, remote_id, name, created_at)
      VALUES (1, 1, 'shopee', 'SG', '1', 'Hive Audio', 0);
    INSERT INTO buyers (id, store_id, remote_id, name) VALUES (1, 1, 'b', 'Buyer');
    INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, waiting_since, last_at, created_at)
      VALUES (1, 1, 'api', '1', 1, ${at}, ${at}, 0);
    INSERT INTO messages (conversation_id, store_id, connection, remote_id, author, kind, at, sort_at, created_at)
      VALUES (1, 1, 'api', 'm', 'buyer', 'text', 0, ${at}, ${at})`);

test('an absence counts from when all was last well, though an answer comes before the waking is known', async () => {
  const one = fleet(3);
  await one.clock.advance(5_000);
  buyerWrites(one.clock.now() + 600_000);
  one.clock.setBack(-3_600_000);
  await one.request(2);
  one.network.systemEvent('resume');
  await one.clock.advance(5_000);
  expect(one.view()).toMatchObject({ state: 'online', away: { buyers: 1 } });
  await one.network.stop?.();
  const next = fleet(3, one.clock);
  expect(next.view().away).toMatchObject({ buyers: 1 });
  expect(next.view().state).toBe('online');
  await next.network.stop?.();
  one.clock.setBack(-3_600_000);
  const late = fleet(3, one.clock);
  expect(late.view().state).toBe('catching-up');
  expect(late.gate.closedFor(1)).toBe('offline');
  await late.clock.advance(10);
  expect(late.view().state).toBe('online');
});

test('asleep as soon as the network is back: the absence is known, though no beat came in between', async () => {
  const one = fleet(3);
  one.set('dead');
  await one.request(1);
  await one.clock.advance(10);
  expect(one.view().state).toBe('lost');
  one.set('good');
  while (one.view().state !== 'online') await one.clock.advance(10);
  buyerWrites(one.clock.now() + 600_000);
  one.clock.setBack(-3_600_000);
  one.network.systemEvent('resume');
  await one.clock.advance(10);
  expect(one.view()).toMatchObject({ state: 'online', away: { buyers: 1 } });
});

test('a clock set back by days stops nothing', async () => {
  const one = fleet(6);
  one.clock.setBack(3 * 86_400_000);
  await one.clock.advance(10_000);
  expect(one.view().state).toBe('online');
  await lose(one);
  one.clock.setBack(86_400_000);
  one.set('good');
  await one.clock.advance(30_000);
  expect(one.view().state).toBe('online');
});

test('a store that waits for its proxy is closed whatever the network does, and opens by itself', () => {
  const stopped = new Set([2]);
  const gate = createGate(
    { isReadOnly: () => readOnly },
    { stopOf: (storeId) => (stopped.has(storeId) ? 'ended' : null) },
  );
  const heard: string[] = [];
  gate.onChange(() => heard.push([1, 2].map((storeId) => gate.closedFor(storeId)).join(' ')));
  gate.closeAll();
  gate.openAll();
  stopped.clear();
  gate.refresh();
  stopped.add(1);
  gate.refresh();
  expect(heard).toEqual(['offline proxy', ' proxy', ' ', 'proxy ']);
  readOnly = true;
  expect(gate.closedFor(1)).toBe('read-only');
});

test('nothing is asked of data that is another machine’s', async () => {
  readOnly = true;
  const one = fleet(6);
  one.network.systemEvent('offline');
  one.network.systemEvent('resume');
  one.clock.setBack(-3_600_000);
  await one.clock.advance(60_000);
  expect(one.asked).toEqual([]);
  expect(one.view().state).toBe('online');
  expect(one.gate.closedFor(1)).toBe('read-only');
});

test('whatever happened: once everything answers, all is well again', async () => {
  const answer = fc.constantFrom<Answer>('good', 'dead', 'hangs', 'http-500', 'proxy-dead');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), storeId: fc.integer({ min: 0, max: 6 }), answer }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 20_000 }) }),
    fc.record({ kind: fc.constant('request' as const), storeId: fc.integer({ min: 1, max: 6 }) }),
    fc.record({
      kind: fc.constant('event' as const),
      event: fc.constantFrom('resume' as const, 'online' as const, 'offline' as const),
    }),
    fc.record({ kind: fc.constant('clock' as const), ms: fc.integer({ min: -90_000_000, max: 90_000_000 }) }),
    fc.record({ kind: fc.constant('retry' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const one = fleet(6);
      for (const each of steps) {
        if (each.kind === 'set') one.set(each.answer, ...(each.storeId === 0 ? [] : [each.storeId]));
        else if (each.kind === 'request') void one.request(each.storeId);
        else if (each.kind === 'event') one.network.systemEvent(each.event);
        else if (each.kind === 'clock') one.clock.setBack(each.ms);
        else if (each.kind === 'retry') await one.network.handlers['network.retry']({});
        else await one.clock.advance(each.ms);
      }
      one.set('good');
      await one.clock.advance(200_000);
      expect(one.view()).toMatchObject({ state: 'online', stores: [] });
      for (const storeId of one.answers.keys()) expect(one.gate.closedFor(storeId)).toBe(null);
      await one.network.stop?.();
      expect(one.clock.waiting).toBe(0);
    }),
    { numRuns: 150 },
  );
});
