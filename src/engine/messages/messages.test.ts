import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { MessagePage } from '../../contract/messages.ts';
import type { HandlerInput } from '../../contract/index.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';

const ALL = 60;
let desk: ChatDesk;

beforeEach(async () => {
  desk = chatDesk();
  for (let n = 0; n < ALL; n += 1) {
    await desk.clock.advance(1000);
    desk.platform.write('a', n % 3 === 0 ? 'shop' : 'buyer', String(n));
  }
  desk.start();
  await desk.clock.advance(1_500);
});
afterEach(async () => {
  await desk.stop();
  desk.close();
});

const page = (at: HandlerInput<'messages.page'>['at'], limit: number): Promise<MessagePage> =>
  desk.call('messages.page', { conversationId: 1, at, limit });
const numbers = (from: MessagePage): number[] => from.messages.map((m) => Number(m.text));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);
const cursorOf = (from: MessagePage, index: number): string => from.messages.at(index)?.cursor ?? '';

test('scrolling up reads on from the platform, page by page, to the very first message', async () => {
  let shown = await page({ kind: 'latest' }, 10);
  expect(numbers(shown)).toEqual(range(50, 60));
  expect(shown).toMatchObject({ reachedStart: false, reachedEnd: true });
  for (let first = 50; first > 0; first -= 10) {
    shown = await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 10);
    expect(numbers(shown)).toEqual(range(first - 10, first));
    expect(shown).toMatchObject({ reachedEnd: false, error: null });
  }
  expect(await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 10)).toMatchObject({
    messages: [],
    reachedStart: true,
    stored: ALL,
  });
});

test('a platform that goes on answering empty pages has shown its first message', async () => {
  let shown = await page({ kind: 'latest' }, 10);
  for (let first = 50; first > 0; first -= 10) {
    shown = await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 10);
  }
  desk.db.prepare(`UPDATE conversations SET history_complete = 0, history_cursor = 'empty'`).run();
  let asked = 0;
  Object.assign(desk.platform.channel, {
    listMessages: () => Promise.resolve({ items: [], next: `empty ${(asked += 1)}` }),
  });
  let end = await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 10);
  for (let again = 0; again < 20 && !end.reachedStart; again += 1) {
    end = await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 10);
  }
  expect(end).toMatchObject({ reachedStart: true, stored: ALL });
  expect(asked).toBeLessThan(20);
});

test('asked twice at once, the platform is asked once', async () => {
  const shown = await page({ kind: 'latest' }, 20);
  desk.platform.calls.length = 0;
  const before = { kind: 'before', cursor: cursorOf(shown, 0) } as const;
  const [one, two] = await Promise.all([page(before, 10), page(before, 10)]);
  expect(numbers(one)).toEqual(numbers(two));
  expect(desk.platform.calls.filter((name) => name === 'listMessages')).toHaveLength(2);
});

test('offline, what is stored is shown, with the reason why there is no more', async () => {
  const shown = await page({ kind: 'latest' }, 15);
  desk.platform.readError = new CodedError('unreachable', 'Down');
  const older = await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 30);
  expect(numbers(older)).toEqual(range(40, 45));
  expect(older).toMatchObject({ reachedStart: false, error: { code: 'unreachable' } });
});

test('after and from walk back down', async () => {
  const shown = await page({ kind: 'latest' }, 20);
  const after = await page({ kind: 'after', cursor: cursorOf(shown, 3) }, 5);
  expect(numbers(after)).toEqual(range(44, 49));
  expect(after).toMatchObject({ reachedEnd: false, reachedStart: false });
  const from = await page({ kind: 'from', cursor: cursorOf(shown, 3) }, 400);
  expect(numbers(from)).toEqual(range(43, 60));
  expect(from.reachedEnd).toBe(true);
  expect(await page({ kind: 'after', cursor: cursorOf(shown, -1) }, 5)).toMatchObject({
    messages: [],
    reachedEnd: true,
    reachedStart: false,
  });
});

test('a page token the platform no longer takes starts over without losing or repeating anything', async () => {
  desk.db.prepare(`UPDATE conversations SET history_cursor = 'expired'`).run();
  const read = desk.platform.channel.listMessages;
  Object.assign(desk.platform.channel, {
    listMessages: (...args: Parameters<typeof read>) => {
      if (args[2] === 'expired') throw new CodedError('invalid', 'Unknown token');
      return read(...args);
    },
  });
  const shown = await page({ kind: 'latest' }, 20);
  let older = await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 20);
  for (let n = 0; n < 5 && older.messages.length < 20; n += 1) {
    older = await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 20);
  }
  expect(numbers(older)).toEqual(range(20, 40));
});

test.each([
  ['itself', '30'],
  ['one before it', '25'],
])('a page token that leads back to %s is the end of the history', async (_, back) => {
  const read = desk.platform.channel.listMessages;
  let asked = 0;
  Object.assign(desk.platform.channel, {
    listMessages: async (...args: Parameters<typeof read>) => {
      asked += 1;
      const answer = await read(...args);
      return args[2] === '30' ? { ...answer, next: back } : answer;
    },
  });
  let shown = await page({ kind: 'latest' }, 20);
  for (let n = 0; n < 3; n += 1) {
    const older = await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 20);
    if (older.messages.length > 0) shown = older;
  }
  expect(await page({ kind: 'before', cursor: cursorOf(shown, 0) }, 20)).toMatchObject({
    messages: [],
    reachedStart: true,
    error: null,
  });
  expect(asked).toBe(3);
});

test.each(['', 'x', '1.2', '1..', '-1..1', '1.a.1', '99999999999999999999..1', '1..1;DROP TABLE messages'])(
  'a cursor nobody made is refused: %s',
  async (cursor) => {
    for (const kind of ['before', 'after', 'from'] as const) {
      const asked = Promise.resolve().then(() => page({ kind, cursor }, 10));
      await expect(asked).rejects.toThrow();
    }
  },
);

test('a conversation nobody has is not found', async () => {
  await expect(
    desk.call('messages.page', { conversationId: 99, at: { kind: 'latest' }, limit: 5 }),
  ).rejects.toMatchObject({ code: 'not-found' });
});

test('around a message stands as much before as after it; without it, the newest', async () => {
  let shown = await page({ kind: 'latest' }, 20);
  const middle = shown.messages[10]?.id ?? 0;
  shown = await page({ kind: 'around', messageId: middle }, 10);
  expect(numbers(shown)).toEqual(range(45, 55));
  expect(shown).toMatchObject({ reachedStart: false, reachedEnd: false });
  const newest = (await page({ kind: 'latest' }, 1)).messages[0]?.id ?? 0;
  shown = await page({ kind: 'around', messageId: newest }, 10);
  expect(numbers(shown)).toEqual(range(50, 60));
  expect(shown.reachedEnd).toBe(true);
  expect(numbers(await page({ kind: 'around', messageId: 9_999 }, 10))).toEqual(range(50, 60));
});

test('a page counts what is unread along with the message that makes it so', async () => {
  const before = await page({ kind: 'latest' }, 10);
  const message = desk.platform.write('a', 'buyer', '60');
  desk.sync.handlePush(desk.storeId, { kind: 'message', shopId: '1', message });
  const after = await page({ kind: 'latest' }, 10);
  expect(numbers(after)).toEqual(range(51, 61));
  expect(after.unread).toBe(before.unread + 1);
});
