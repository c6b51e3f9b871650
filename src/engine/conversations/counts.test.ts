import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SendReceipt } from '../../channels/channel.ts';
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
const write = (author: 'buyer' | 'shop' | 'automatic', text: string, remoteId = 'a') => {
  const message = desk.platform.write(remoteId, author, text);
  if (author === 'buyer') desk.platform.thread(remoteId).unread += 1;
  return message;
};
const push = (message: ReturnType<typeof write>): void =>
  desk.sync.handlePush(desk.storeId, { kind: 'message', shopId: '1', message });
const poll = async (): Promise<void> => {
  void desk.call('stores.syncNow', { storeId: desk.storeId });
  await desk.clock.advance(5);
};

describe('read in another client', () => {
  test('a conversation is read here too, though its last message is the same', async () => {
    write('buyer', 'Hello?');
    await begin();
    expect(await row()).toMatchObject({ unread: 1, state: 'needs-reply' });
    desk.platform.thread('a').unread = 0;
    await poll();
    expect(await row()).toMatchObject({ unread: 0, state: 'needs-reply' });
  });

  test('what came after it is unread, whichever of list and messages is known first', async () => {
    write('buyer', 'Hello?');
    await begin();
    desk.platform.thread('a').unread = 0;
    desk.platform.onList = (page) => {
      desk.platform.onList = (same) => same;
      push(write('buyer', 'Still there?'));
      return page;
    };
    await poll();
    expect(await row()).toMatchObject({ unread: 1 });
    await poll();
    expect(await row()).toMatchObject({ unread: 1 });
  });

  test('some of it, and the rest is unread', async () => {
    for (const text of ['One', 'Two']) write('buyer', text);
    await begin();
    desk.platform.thread('a').unread = 0;
    write('buyer', 'Three');
    await poll();
    expect(await row()).toMatchObject({ unread: 1 });
  });

  test('further down in the list it is found too, a while later', async () => {
    write('buyer', 'Hello?');
    for (const other of ['b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      await desk.clock.advance(1_000);
      write('buyer', 'Hi', other);
    }
    await begin();
    const { rows } = await desk.call('conversations.list', { filter: {}, sort: 'newest', limit: 20 });
    const oldest = rows.find((one) => one.buyerName === 'Buyer a');
    expect(oldest).toMatchObject({ unread: 1 });
    desk.platform.thread('a').unread = 0;
    await desk.clock.advance(330_000);
    expect(await row(oldest?.id)).toMatchObject({ unread: 0 });
  });

  test('what this desk told the platform is no reading elsewhere: marked unread meanwhile, it stays so', async () => {
    write('buyer', 'Hello?');
    await begin();
    const { messages } = await desk.call('messages.page', {
      conversationId: 1,
      at: { kind: 'latest' },
      limit: 10,
    });
    await desk.call('conversations.markRead', { conversationId: 1, messageId: messages[0]?.id ?? 0 });
    await desk.call('conversations.markUnread', { conversationId: 1 });
    await desk.clock.advance(5);
    expect(desk.platform.readMarks).toHaveLength(1);
    desk.platform.thread('a').unread = 0;
    await poll();
    expect(await row()).toMatchObject({ unread: 1 });
  });

  test('nor is our own answer, which the platform takes for reading: marked unread right after it, it stays so', async () => {
    write('buyer', 'Hello?');
    await begin();
    await desk.call('outbox.send', {
      conversationId: 1,
      clientId: '01900000-0000-7000-8000-000000000001',
      text: 'Yes?',
    });
    await desk.clock.advance(5);
    expect(desk.platform.accepted).toEqual(['Yes?']);
    await desk.call('conversations.markUnread', { conversationId: 1 });
    desk.platform.thread('a').unread = 0;
    await poll();
    expect(await row()).toMatchObject({ unread: 1 });
  });

  test('what was marked as unread here stays so until somebody reads it anew', async () => {
    write('buyer', 'Hello?');
    desk.platform.thread('a').unread = 0;
    await begin();
    await desk.call('conversations.markUnread', { conversationId: 1 });
    await poll();
    write('automatic', 'We are closed');
    await poll();
    expect(await row()).toMatchObject({ unread: 1 });
    write('buyer', 'And now?');
    await poll();
    desk.platform.thread('a').unread = 0;
    await poll();
    expect(await row()).toMatchObject({ unread: 0 });
  });

  test('a message the platform took back after it was counted leaves what came before it read', async () => {
    write('buyer', 'Hello?');
    const wrong = write('buyer', 'Wrong shop');
    await begin();
    expect(await row()).toMatchObject({ unread: 2 });
    push({ ...wrong, recalled: true });
    expect(await row()).toMatchObject({ unread: 1, state: 'needs-reply' });
    push({ ...wrong, recalled: true, visible: false });
    expect(await row()).toMatchObject({ unread: 1, state: 'needs-reply' });
  });
});

test('done stays done when the message it was said of is taken back and an older one comes late', async () => {
  write('buyer', 'Hello?');
  await begin();
  await desk.clock.advance(1_000);
  const late = write('buyer', 'Never mind');
  desk.platform.thread('a').messages.pop();
  await desk.clock.advance(1_000);
  const last = write('buyer', 'Bye');
  push(last);
  await desk.clock.advance(5);
  await desk.call('conversations.setState', { conversationId: 1, state: 'done' });
  push({ ...last, recalled: true });
  push(late);
  await desk.clock.advance(5);
  expect(await row()).toMatchObject({ state: 'done', waitingSince: null });
});

describe('before the messages were read for the first time', () => {
  test('what arrives after the list is unread, also once the messages are read', async () => {
    write('buyer', 'Hello?');
    desk.platform.thread('a').unread = 0;
    desk.platform.away.add('a');
    await begin();
    expect(await row()).toMatchObject({ unread: 0 });
    await desk.clock.advance(1_000);
    push(write('buyer', 'Anyone?'));
    expect(await row()).toMatchObject({ unread: 1, state: 'needs-reply' });
    desk.platform.away.clear();
    await desk.clock.advance(120_000);
    expect(await row()).toMatchObject({ unread: 1 });
  });

  test('what a person has seen stays seen, whatever the platform still counts', async () => {
    write('buyer', 'Hello?');
    desk.platform.away.add('a');
    await begin();
    await desk.clock.advance(1_000);
    const message = write('buyer', 'Anyone?');
    push(message);
    const { messages } = await desk.call('messages.page', {
      conversationId: 1,
      at: { kind: 'latest' },
      limit: 1,
    });
    await desk.call('conversations.markRead', { conversationId: 1, messageId: messages[0]?.id ?? 0 });
    desk.platform.away.clear();
    await desk.clock.advance(120_000);
    expect(await row()).toMatchObject({ unread: 0 });
  });
});

describe('answering', () => {
  test('elsewhere: whoever answered has seen what stands above the answer, though it comes late', async () => {
    write('buyer', 'Hello?');
    await begin();
    await desk.clock.advance(500);
    write('buyer', 'Anyone?');
    await desk.clock.advance(200);
    push(write('shop', 'Yes'));
    await desk.clock.advance(200);
    expect(await row()).toMatchObject({ unread: 0, state: 'waiting' });
  });

  test('here: what is marked as unread after that stays so when the answer arrives', async () => {
    write('buyer', 'Hello?');
    await begin();
    let arrive = (): void => {};
    desk.platform.onSend = (accept) =>
      new Promise<SendReceipt>((resolve) => (arrive = () => resolve(accept())));
    const clientId = '01900000-0000-7000-8000-000000000001';
    await desk.call('outbox.send', { conversationId: 1, clientId, text: 'Let me look' });
    expect(await row()).toMatchObject({ unread: 0, state: 'waiting' });
    await desk.clock.advance(50);
    await desk.call('conversations.markUnread', { conversationId: 1 });
    await desk.clock.advance(1_000);
    arrive();
    await desk.clock.advance(50);
    expect(await row()).toMatchObject({ unread: 1, state: 'waiting' });
  });
});
