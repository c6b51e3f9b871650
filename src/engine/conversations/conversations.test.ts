import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { RemoteMessage } from '../../channels/channel.ts';
import type { ConversationRow } from '../../contract/models.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';

let desk: ChatDesk;

beforeEach(() => {
  desk = chatDesk();
});
afterEach(async () => {
  await desk.stop();
  desk.close();
});

const begin = async (): Promise<void> => {
  desk.start();
  await desk.clock.advance(1_500);
};
const row = (conversationId = 1): Promise<ConversationRow> =>
  desk.call('conversations.get', { conversationId });
const arrive = (author: RemoteMessage['author'], text: string, over: Partial<RemoteMessage> = {}): void => {
  const message = desk.platform.write('a', author, text, over);
  desk.sync.handlePush(desk.storeId, { kind: 'message', shopId: '1', message });
};
const newestId = async (): Promise<number> => {
  const page = await desk.call('messages.page', { conversationId: 1, at: { kind: 'latest' }, limit: 1 });
  return page.messages[0]?.id ?? 0;
};

test('waiting counts from the oldest unanswered message; automatic and platform messages do not answer', async () => {
  const first = desk.platform.write('a', 'buyer', 'Hello?');
  await begin();
  arrive('automatic', 'We are closed');
  arrive('platform', 'Order placed');
  await desk.clock.advance(5_000);
  arrive('buyer', 'Anyone?');
  expect(await row()).toMatchObject({ state: 'needs-reply', waitingSince: first.at, unread: 1 });
  await desk.clock.advance(5_000);
  arrive('shop', 'Here I am');
  expect(await row()).toMatchObject({ state: 'waiting', waitingSince: null, unread: 0 });
});

test('done stays done through what is no buyer’s message, and waiting starts anew with the one that reopens it', async () => {
  desk.platform.write('a', 'buyer', 'Thanks!');
  await begin();
  await desk.call('conversations.setState', { conversationId: 1, state: 'done' });
  arrive('platform', 'Order arrived');
  arrive('shop', 'You are welcome');
  expect(await row()).toMatchObject({ state: 'done', waitingSince: null });
  await desk.clock.advance(60_000);
  arrive('buyer', 'One more thing');
  expect(await row()).toMatchObject({ state: 'needs-reply', waitingSince: desk.clock.now() });
});

test.each(['done', 'snoozed'] as const)(
  '%s before the first read of the messages holds through it',
  async (state) => {
    desk.platform.write('a', 'buyer', 'Thanks!');
    for (let n = 0; n < 7; n += 1) desk.platform.write('a', 'platform', `Order ${n}`);
    desk.platform.away.add('a');
    await begin();
    const until = desk.clock.now() + 7_200_000;
    await desk.call(
      'conversations.setState',
      state === 'done' ? { conversationId: 1, state } : { conversationId: 1, state, until },
    );
    desk.platform.away.delete('a');
    await desk.clock.advance(120_000);
    expect(
      (await desk.call('messages.page', { conversationId: 1, at: { kind: 'latest' }, limit: 9 })).stored,
    ).toBe(8);
    expect(await row()).toMatchObject({ state });
    arrive('buyer', 'One more thing');
    expect(await row()).toMatchObject({ state: 'needs-reply' });
  },
);

test('what the buyer writes after "done" reopens the conversation, though none of it was read before', async () => {
  desk.platform.write('a', 'buyer', 'Thanks!');
  desk.platform.away.add('a');
  await begin();
  await desk.call('conversations.setState', { conversationId: 1, state: 'done' });
  const later = desk.platform.write('a', 'buyer', 'One more thing');
  for (let n = 0; n < 7; n += 1) desk.platform.write('a', 'platform', `Order ${n}`);
  await desk.clock.advance(5_000);
  desk.platform.away.delete('a');
  await desk.clock.advance(120_000);
  expect(await row()).toMatchObject({ state: 'needs-reply', waitingSince: later.at });
});

test('done is taken back by hand, with the waiting it had', async () => {
  const first = desk.platform.write('a', 'buyer', 'Hello?');
  await begin();
  await desk.call('conversations.setState', { conversationId: 1, state: 'done' });
  await desk.call('conversations.setState', { conversationId: 1, state: 'needs-reply' });
  expect(await row()).toMatchObject({ state: 'needs-reply', waitingSince: first.at });
});

test('a snooze ends at its time, over a restart too, and sooner when the buyer writes', async () => {
  desk.platform.write('a', 'buyer', 'Hello?');
  await begin();
  const until = desk.clock.now() + 7_200_000;
  await desk.call('conversations.setState', { conversationId: 1, state: 'snoozed', until });
  expect(await row()).toMatchObject({ state: 'snoozed', snoozedUntil: until });
  desk.crash();
  await desk.clock.advance(7_000_000);
  expect(await row()).toMatchObject({ state: 'snoozed' });
  await desk.clock.advance(200_000);
  expect(await row()).toMatchObject({ state: 'needs-reply', snoozedUntil: null });

  const again = desk.clock.now() + 60_000;
  await desk.call('conversations.setState', { conversationId: 1, state: 'snoozed', until: again });
  arrive('buyer', 'Now please');
  expect(await row()).toMatchObject({ state: 'needs-reply', snoozedUntil: null });
  await expect(
    desk.call('conversations.setState', { conversationId: 1, state: 'snoozed', until: again - 100_000 }),
  ).rejects.toMatchObject({ code: 'invalid' });
});

test('a snooze that could not be ended is tried again, and takes no other call down with it', async () => {
  desk.platform.write('a', 'buyer', 'Hello?');
  desk.platform.write('b', 'buyer', 'Hello?');
  await begin();
  const until = desk.clock.now() + 60_000;
  await desk.call('conversations.setState', { conversationId: 1, state: 'snoozed', until });
  desk.db.exec(`CREATE TRIGGER full BEFORE UPDATE OF state ON conversations WHEN new.state = 'needs-reply'
    BEGIN SELECT RAISE(ABORT, 'no room left'); END`);
  await expect(desk.clock.advance(60_000)).rejects.toThrow('no room left');
  const other = { conversationId: 2, state: 'snoozed', until: until + 3_600_000 } as const;
  expect(await desk.call('conversations.setState', other)).toBe(null);
  desk.db.exec('DROP TRIGGER full');
  await desk.clock.advance(60_000);
  expect(await row()).toMatchObject({ state: 'needs-reply', snoozedUntil: null });
});

test('the first read takes over what the platform counts as unread; older history adds nothing to it', async () => {
  for (let n = 0; n < 12; n += 1) {
    await desk.clock.advance(1000);
    desk.platform.write('a', 'buyer', `Message ${n}`);
  }
  desk.platform.thread('a').unread = 2;
  await begin();
  expect(await row()).toMatchObject({ unread: 2 });
  await desk.call('conversations.markRead', { conversationId: 1, messageId: await newestId() });
  expect(await row()).toMatchObject({ unread: 0 });
  await desk.call('conversations.markUnread', { conversationId: 1 });
  expect(await row()).toMatchObject({ unread: 1 });
  arrive('buyer', 'And another');
  expect(await row()).toMatchObject({ unread: 2 });
});

test('a count of unread ones that changes before the first read reaches the rail', async () => {
  desk.platform.write('a', 'buyer', 'Hello?');
  desk.platform.away.add('a');
  await begin();
  expect(await row()).toMatchObject({ unread: 0 });
  desk.feed.emitted.length = 0;
  desk.platform.write('a', 'buyer', 'Anyone?');
  desk.platform.thread('a').unread = 1;
  await desk.clock.advance(120_000);
  expect(await row()).toMatchObject({ unread: 1 });
  expect(desk.feed.emitted).toContainEqual({ kind: 'stores', ids: [desk.storeId] });
});

test('reading tells the platform once for each newest message, and tries again quietly', async () => {
  desk.platform.write('a', 'buyer', 'Hello?');
  desk.platform.thread('a').unread = 1;
  await begin();
  desk.platform.readError = new CodedError('unreachable', 'Down');
  const messageId = await newestId();
  await desk.call('conversations.markRead', { conversationId: 1, messageId });
  await desk.clock.advance(0);
  expect(await row()).toMatchObject({ unread: 0 });
  expect(desk.platform.readMarks).toEqual([]);
  desk.platform.readError = null;
  await desk.clock.advance(60_000);
  await desk.call('conversations.markRead', { conversationId: 1, messageId });
  await desk.clock.advance(60_000);
  expect(desk.platform.readMarks).toEqual([{ conversation: 'a', message: 'm1' }]);
});

test('what is to be told after a start is told one after the other, and not on while nobody answers', async () => {
  const names = Array.from({ length: 8 }, (_, n) => `c${n}`);
  for (const name of names) desk.platform.write(name, 'buyer', 'Hello?');
  for (const name of names) desk.platform.thread(name).unread = 1;
  await begin();
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.db.exec(`UPDATE conversations SET read_mark_due =
    (SELECT remote_id FROM messages WHERE conversation_id = conversations.id)`);
  const told = (): number => desk.platform.calls.filter((name) => name === 'markRead').length;
  desk.crash();
  await desk.clock.advance(10_000);
  expect(told()).toBe(1);
  desk.platform.readError = null;
  let open = 0;
  let most = 0;
  const { markRead } = desk.platform.channel;
  Object.assign(desk.platform.channel, {
    markRead: async (...args: Parameters<typeof markRead>) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      await markRead(...args);
      open -= 1;
    },
  });
  await desk.clock.advance(120_000);
  expect(desk.platform.readMarks).toHaveLength(8);
  expect(most).toBe(1);
});

test('what the platform already knows as read is not told again', async () => {
  desk.platform.write('a', 'buyer', 'Hello?');
  await begin();
  await desk.call('conversations.markRead', { conversationId: 1, messageId: await newestId() });
  await desk.clock.advance(0);
  expect(desk.platform.readMarks).toEqual([]);
});

test('set to "only on reply", the platform is told after our answer was sent', async () => {
  desk.platform.write('a', 'buyer', 'Hello?');
  desk.platform.thread('a').unread = 1;
  await begin();
  await desk.call('settings.set', { readMarkShopee: 'reply' });
  await desk.call('conversations.markRead', { conversationId: 1, messageId: await newestId() });
  await desk.clock.advance(0);
  expect(desk.platform.readMarks).toEqual([]);
  const clientId = '01900000-0000-7000-8000-000000000001';
  await desk.call('outbox.send', { conversationId: 1, clientId, text: 'Yes' });
  await desk.clock.advance(0);
  expect(desk.platform.readMarks).toEqual([{ conversation: 'a', message: 'm1' }]);
});

test('unknown conversations and messages of another one are refused', async () => {
  desk.platform.write('a', 'buyer', 'Hello?');
  desk.platform.write('b', 'buyer', 'Hello?');
  await begin();
  const notFound = { code: 'not-found' };
  await expect(row(99)).rejects.toMatchObject(notFound);
  await expect(
    desk.call('conversations.setState', { conversationId: 99, state: 'done' }),
  ).rejects.toMatchObject(notFound);
  await expect(desk.call('conversations.markUnread', { conversationId: 99 })).rejects.toMatchObject(notFound);
  const messageId = await newestId();
  await expect(desk.call('conversations.markRead', { conversationId: 2, messageId })).rejects.toMatchObject(
    notFound,
  );
  await expect(desk.call('drafts.save', { conversationId: 99, text: 'x' })).rejects.toMatchObject(notFound);
});

test('drafts: the last writer wins, an empty one is none, the list shows it', async () => {
  desk.platform.write('a', 'buyer', 'Hello?');
  await begin();
  await desk.call('drafts.save', { conversationId: 1, text: 'Dear' });
  await desk.call('drafts.save', { conversationId: 1, text: 'Dear buyer' });
  expect(await desk.call('drafts.get', { conversationId: 1 })).toMatchObject({ text: 'Dear buyer' });
  expect((await row()).draft).toBe('Dear buyer');
  desk.crash();
  expect(await desk.call('drafts.get', { conversationId: 1 })).toMatchObject({ text: 'Dear buyer' });
  const begunAt = desk.clock.now() - 5_000;
  await desk.call('drafts.save', { conversationId: 1, text: 'Dear all', begunAt });
  await desk.call('drafts.save', { conversationId: 1, text: 'Dear you' });
  expect(await desk.call('drafts.get', { conversationId: 1 })).toMatchObject({ text: 'Dear you', begunAt });
  expect(await desk.call('drafts.save', { conversationId: 1, text: '' })).toBe(null);
  expect((await row()).draft).toBe(null);
});
