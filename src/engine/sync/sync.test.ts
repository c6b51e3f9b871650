import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { MessagePage } from '../../contract/messages.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';

let desk: ChatDesk;

beforeEach(() => {
  desk = chatDesk();
});
afterEach(async () => {
  await desk.stop();
  desk.close();
});

const count = (table: string): number =>
  (desk.db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
const conversationId = (remoteId: string): number =>
  (desk.db.prepare('SELECT id FROM conversations WHERE remote_id = ?').get(remoteId) as { id: number }).id;
const texts = async (remoteId: string): Promise<(string | null)[]> =>
  (await latest(remoteId)).messages.map((m) => m.text);
const latest = (remoteId: string): Promise<MessagePage> =>
  desk.call('messages.page', {
    conversationId: conversationId(remoteId),
    at: { kind: 'latest' },
    limit: 400,
  });
const fill = async (remoteId: string, messages: number): Promise<void> => {
  for (let n = 0; n < messages; n += 1) {
    await desk.clock.advance(1000);
    desk.platform.write(remoteId, n % 2 === 0 ? 'buyer' : 'shop', `${remoteId} ${n}`);
  }
};
const callsOf = (name: string): number => desk.platform.calls.filter((call) => call === name).length;

test('the first read lists everything and reads the newest messages; then polls are one small call', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await fill(name, 2);
  desk.start();
  await desk.clock.advance(500);
  expect(count('conversations')).toBe(7);
  expect(count('messages')).toBe(14);
  expect(desk.states.map(({ state }) => state)).toEqual(['first-read', 'online']);
  desk.platform.calls.length = 0;
  await desk.clock.advance(5_000);
  expect(new Set(desk.platform.calls)).toEqual(new Set(['listConversations']));
  expect(desk.platform.calls.length).toBeLessThanOrEqual(5);
});

test('a quiet store is polled less and less, a lively one at its fastest', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(1_200_000);
  desk.platform.calls.length = 0;
  await desk.clock.advance(60_000);
  expect(callsOf('listConversations')).toBeLessThanOrEqual(7);
  desk.platform.write('a', 'buyer', 'Back');
  await desk.clock.advance(10_000);
  desk.platform.calls.length = 0;
  await desk.clock.advance(20_000);
  expect(callsOf('listConversations')).toBeGreaterThanOrEqual(19);
});

test('however many messages and conversations are new, none is missed', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await fill(name, 7);
  desk.start();
  await desk.clock.advance(2_000);
  desk.platform.readError = new CodedError('unreachable', 'Down');
  for (const name of ['c', 'e', 'a', 'h', 'b', 'new', 'd']) await fill(name, 23);
  desk.platform.readError = null;
  await desk.clock.advance(70_000);
  for (const [remoteId, thread] of desk.platform.threads) {
    const stored = await texts(remoteId);
    const all = thread.messages.map((message) => message.text);
    expect(all.slice(-stored.length)).toEqual(stored);
    expect(stored.length).toBeGreaterThanOrEqual(Math.min(20, all.length));
  }
  expect(await texts('c')).toHaveLength(30);
});

test('a message that shows late, behind one that was read already, is found by the count that rose', async () => {
  const { platform } = desk;
  platform.thread('a', 1);
  platform.write('a', 'buyer', 'First');
  platform.write('a', 'buyer', 'Newest', { at: desk.clock.now() + 10 });
  desk.start();
  await desk.clock.advance(3_000);
  const { messages } = platform.thread('a');
  platform.write('a', 'buyer', 'Late', { at: desk.clock.now() - 2_995 });
  messages.splice(1, 0, ...messages.splice(2, 1));
  platform.thread('a').unread = 2;
  await desk.clock.advance(12_000);
  expect(await texts('a')).toEqual(['First', 'Late', 'Newest']);
  platform.calls.length = 0;
  await desk.clock.advance(12_000);
  expect(callsOf('listMessages')).toBe(0);
});

test('a list that never ends is not read for ever', async () => {
  for (const name of ['a', 'b', 'c', 'd']) await fill(name, 2);
  desk.start();
  await desk.clock.advance(2_000);
  let asked = 0;
  const endless: (typeof desk.platform)['onList'] = (page) => {
    asked += 1;
    return { ...page, next: `${asked % 2}` };
  };
  desk.platform.onList = endless;
  for (const name of ['d', 'c', 'b', 'a']) desk.platform.write(name, 'buyer', 'New');
  await desk.clock.advance(1_000);
  expect(asked).toBeLessThan(20);
  // Nothing at all on any page, and always another one.
  desk.platform.onList = (page) => endless({ ...page, items: [] });
  asked = 0;
  desk.platform.calls.length = 0;
  await desk.call('stores.syncNow', { storeId: desk.storeId });
  await desk.clock.advance(10);
  expect(callsOf('listConversations')).toBeLessThan(100);
  desk.platform.onList = (page) => page;
  await desk.clock.advance(20_000);
  expect((await texts('d')).at(-1)).toBe('New');
});

test.each([
  ['tokens that lead in a circle', (asked: number) => String((asked % 2) * 5)],
  ['ever new tokens for the same page', (asked: number) => `again ${asked}`],
  ['ever new tokens for empty pages', (asked: number) => `empty ${asked}`],
])('messages that never end are not read for ever: %s', async (_, tokenOf) => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(2_000);
  const read = desk.platform.channel.listMessages;
  let asked = 0;
  Object.assign(desk.platform.channel, {
    listMessages: async (...[store, target, cursor]: Parameters<typeof read>) => {
      asked += 1;
      if (asked > 100) throw new CodedError('invalid', 'Asked for ever');
      const isToken = cursor === null || cursor.startsWith('again');
      if (cursor?.startsWith('empty') === true) return { items: [], next: tokenOf(asked) };
      return { ...(await read(store, target, isToken ? null : cursor)), next: tokenOf(asked) };
    },
  });
  desk.platform.readError = new CodedError('unreachable', 'Down');
  await fill('a', 12);
  desk.platform.readError = null;
  asked = 0;
  await desk.clock.advance(60_000);
  expect(asked).toBeLessThan(15);
  expect((await texts('a')).at(-1)).toBe('a 11');
});

test('more news than one poll looks through is read on from where it stopped, killed or not', async () => {
  await fill('a', 1);
  desk.start();
  await desk.clock.advance(2_000);
  desk.platform.readError = new CodedError('unreachable', 'Down');
  const names = Array.from({ length: 200 }, (_, index) => `n${index}`);
  for (const name of names) desk.platform.write(name, 'buyer', name);
  desk.platform.readError = null;
  let pages = 0;
  desk.platform.onList = (page) => {
    pages += 1;
    if (pages === 55) desk.crash();
    return page;
  };
  await desk.clock.advance(90_000);
  expect(count('conversations')).toBe(201);
  expect(count('messages')).toBe(201);
  expect(desk.states.at(-1)?.state).toBe('online');
});

/** Kills the engine at every first call, then at every second one, and so on; answers how often. */
function killAtEveryCall(): { kills: number } {
  const state = { kills: 0 };
  let life = 0;
  desk.platform.onRead = () => {
    life += 1;
    if (life <= state.kills) return;
    life = 0;
    state.kills += 1;
    desk.crash();
  };
  return state;
}

test('killed again and again while catching up, it misses nothing in the end', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await fill(name, 2);
  desk.start();
  await desk.clock.advance(2_000);
  desk.platform.readError = new CodedError('unreachable', 'Down');
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await fill(name, 12);
  desk.platform.readError = null;
  const state = killAtEveryCall();
  await desk.clock.advance(60_000);
  expect(state.kills).toBeGreaterThan(4);
  for (const name of desk.platform.threads.keys()) expect(await texts(name)).toHaveLength(14);
});

test('a first read that was cut off again and again goes on where it was', async () => {
  for (let n = 0; n < 12; n += 1) await fill(`c${n}`, 1);
  const state = killAtEveryCall();
  desk.start();
  await desk.clock.advance(60_000);
  expect(state.kills).toBeGreaterThan(4);
  expect(count('conversations')).toBe(12);
  expect(count('messages')).toBe(12);
  expect(desk.states.at(-1)?.state).toBe('online');
});

test('each kind of trouble shows as its own state, and the store recovers by itself', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(2_000);
  for (const [code, state] of [
    ['unreachable', 'unreachable'],
    ['rate-limited', 'limited'],
    ['auth-expired', 'sign-in'],
    ['invalid', 'error'],
  ] as const) {
    desk.platform.readError = new CodedError(code, 'No');
    await desk.clock.advance(15_000);
    expect(desk.states.at(-1)).toEqual({ state, code });
    desk.platform.readError = null;
    await desk.clock.advance(310_000);
    expect(desk.states.at(-1)?.state).toBe('online');
  }
});

test('asked to slow down, nothing is asked before the time is over, not even by hand', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(2_000);
  desk.platform.readError = new CodedError('rate-limited', 'Slowly', { retryAfterMs: 40_000 });
  await desk.clock.advance(2_000);
  desk.platform.readError = null;
  desk.platform.calls.length = 0;
  await expect(desk.call('stores.syncNow', { storeId: desk.storeId })).rejects.toMatchObject({
    code: 'rate-limited',
  });
  await desk.clock.advance(35_000);
  expect(desk.platform.calls).toEqual([]);
  await desk.clock.advance(10_000);
  expect(desk.platform.calls).not.toEqual([]);
});

test('one conversation that can not be read does not stop the others, and is tried again', async () => {
  for (const name of ['a', 'b', 'c', 'd']) await fill(name, 2);
  desk.platform.broken.add('c');
  desk.start();
  await desk.clock.advance(2_000);
  expect(desk.states.at(-1)?.state).toBe('online');
  expect(count('messages')).toBe(6);
  desk.platform.broken.clear();
  await desk.clock.advance(20_000);
  expect(count('messages')).toBe(8);
});

test('pushed stores are read once and then only when a push says so; gaps between pushes are filled', async () => {
  await desk.stop();
  desk.close();
  desk = chatDesk({ mode: 'push', minMs: 1_000, maxMs: 10_000 });
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(2_000);
  desk.platform.calls.length = 0;
  await desk.clock.advance(600_000);
  expect(desk.platform.calls).toEqual([]);

  desk.platform.write('a', 'buyer', 'lost');
  const message = desk.platform.write('a', 'buyer', 'pushed');
  desk.sync.handlePush(desk.storeId, { kind: 'message', shopId: '1', message });
  expect((await texts('a')).at(-1)).toBe('pushed');
  await desk.clock.advance(100);
  expect(await texts('a')).toEqual(['a 0', 'a 1', 'lost', 'pushed']);
  expect(callsOf('listConversations')).toBe(0);
});

test('a push of an unknown conversation fetches it, and its messages', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(2_000);
  const message = desk.platform.write('z', 'buyer', 'Hello');
  desk.sync.handlePush(desk.storeId, { kind: 'message', shopId: '1', message });
  await desk.clock.advance(100);
  expect(await texts('z')).toEqual(['Hello']);
  desk.sync.handlePush(desk.storeId, { kind: 'other', type: 'x' });
});

test('read now reads now', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(1_200_000);
  desk.platform.write('a', 'buyer', 'New');
  await desk.call('stores.syncNow', { storeId: desk.storeId });
  await desk.clock.advance(50);
  expect((await texts('a')).at(-1)).toBe('New');
});

test('read now answers once it was read, or why it could not be', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(1_200_000);
  desk.platform.calls.length = 0;
  expect(await desk.call('stores.syncNow', { storeId: desk.storeId })).toBeNull();
  expect(desk.platform.calls).toContain('listConversations');
  desk.platform.readError = new CodedError('unreachable', 'Down');
  await expect(desk.call('stores.syncNow', { storeId: desk.storeId })).rejects.toMatchObject({
    code: 'unreachable',
  });
});

test('after the end nothing is read or written any more', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(2_000);
  await desk.stop();
  desk.platform.calls.length = 0;
  desk.platform.write('a', 'buyer', 'Late');
  await desk.clock.advance(600_000);
  expect(desk.platform.calls).toEqual([]);
});

test('a conversation the platform has no answer for keeps none of the others from being read', async () => {
  for (const name of ['old', 'broken']) await fill(name, 2);
  desk.platform.away.add('broken');
  desk.start();
  await desk.clock.advance(20_000);
  expect(await texts('old')).toEqual(['old 0', 'old 1']);
  desk.platform.away.clear();
  await desk.clock.advance(1_000_000);
  expect(await texts('broken')).toEqual(['broken 0', 'broken 1']);
  expect(desk.states.at(-1)?.state).toBe('online');
});

test('a clock that is set back does not stop the polls', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(2_000);
  desk.clock.setBack(86_400_000);
  desk.platform.write('a', 'buyer', 'After the clock');
  await desk.clock.advance(20_000);
  expect(callsOf('listConversations')).toBeGreaterThan(5);
  expect(await texts('a')).toContain('After the clock');
});

test('while the gate is closed nothing is read, and nothing fails; once it opens reading goes on', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(2_000);
  desk.setGate('offline');
  await desk.clock.advance(100);
  desk.platform.calls.length = 0;
  desk.platform.write('a', 'buyer', 'Meanwhile');
  await desk.clock.advance(600_000);
  expect(desk.platform.calls).toEqual([]);
  await expect(desk.call('stores.syncNow', { storeId: desk.storeId })).rejects.toMatchObject({
    code: 'unreachable',
    details: { reason: 'offline' },
  });
  desk.setGate(null);
  await desk.clock.advance(50);
  expect(await texts('a')).toContain('Meanwhile');
  expect(desk.states.map(({ state }) => state)).toEqual(['first-read', 'online']);
});

test('a store is caught up through the closed gate, and pauses again after it', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) await fill(name, 2);
  desk.start();
  await desk.clock.advance(2_000);
  desk.setGate('offline');
  for (const name of ['a', 'b', 'c', 'd', 'e']) await fill(name, 30);
  const caughtUp = desk.sync.catchUp(desk.storeId);
  await desk.clock.advance(1_000);
  await caughtUp;
  for (const name of ['a', 'b', 'c', 'd', 'e']) expect(await texts(name)).toHaveLength(32);
  desk.platform.calls.length = 0;
  await desk.clock.advance(60_000);
  expect(desk.platform.calls).toEqual([]);
});

test('a catch-up that fails says why; one asked for while an older read still hangs is its own', async () => {
  await fill('a', 2);
  desk.start();
  await desk.clock.advance(2_000);
  desk.platform.readError = new CodedError('unreachable', 'Down');
  const failing = desk.sync.catchUp(desk.storeId).catch((error: unknown) => error);
  await desk.clock.advance(10);
  expect(await failing).toMatchObject({ code: 'unreachable' });
  // In the middle of a read that fails, the next one is asked for.
  let second: Promise<void> | null = null;
  desk.platform.onRead = () => {
    second ??= desk.sync.catchUp(desk.storeId);
    queueMicrotask(() => (desk.platform.readError = null));
  };
  const first = desk.sync.catchUp(desk.storeId).catch(() => {});
  await desk.clock.advance(5_000);
  await first;
  await expect(second).resolves.toBeUndefined();
});
