import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { RemoteMessage, SendReceipt } from '../../channels/channel.ts';
import type { MessageView } from '../../contract/models.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';

let desk: ChatDesk;
let sent = 0;

beforeEach(async () => {
  desk = chatDesk();
  sent = 0;
  desk.platform.write('a', 'buyer', 'Is it there?');
  desk.start();
  await desk.clock.advance(1_500);
});
afterEach(async () => {
  await desk.stop();
  desk.close();
});

const send = (text: string): Promise<MessageView> =>
  desk.call('outbox.send', {
    conversationId: 1,
    clientId: `01900000-0000-7000-8000-${String((sent += 1)).padStart(12, '0')}`,
    text,
  });
const thread = async (): Promise<MessageView[]> =>
  (await desk.call('messages.page', { conversationId: 1, at: { kind: 'latest' }, limit: 100 })).messages;
const lines = async (): Promise<string[]> =>
  (await thread()).map((m) => [m.author, m.text, m.status].filter((part) => part !== null).join(' '));
const push = (message: RemoteMessage): void =>
  desk.sync.handlePush(desk.storeId, { kind: 'message', shopId: '1', message });
const poll = (): Promise<void> => desk.clock.advance(1_500);
const tick = (): Promise<void> => desk.clock.advance(0);

/** The next send hangs: `accept` makes the platform take it, `answer` ends the call. */
function holdSend(): { accept: () => SendReceipt; answer: (result: SendReceipt | Error) => void } {
  const held = {
    accept: (): SendReceipt => {
      throw new Error('Nothing was sent yet');
    },
    answer: (_result: SendReceipt | Error): void => {},
  };
  desk.platform.onSend = (accept) =>
    new Promise((resolve, reject) => {
      held.accept = accept;
      held.answer = (result) => (result instanceof Error ? reject(result) : resolve(result));
    });
  return held;
}

test('a message seen twice, by push and by poll, is one row', async () => {
  const message = desk.platform.write('a', 'buyer', 'Hello?');
  push(message);
  push(message);
  await poll();
  push(message);
  expect(await lines()).toEqual(['buyer Is it there?', 'buyer Hello?']);
});

test('messages out of order stand in the order of platform time, sequence as numbers, then arrival', async () => {
  const at = desk.clock.now() + 10_000;
  for (const [text, sequence, when] of [
    ['fourth', '10', at],
    ['third', '9', at],
    ['fifth', '', at + 1],
    ['second', '', at],
  ] as const) {
    push(desk.platform.write('a', 'buyer', text, { sequence, at: when }));
  }
  expect((await thread()).map((m) => m.text)).toEqual(['Is it there?', 'second', 'third', 'fourth', 'fifth']);
});

test('a recall takes the text away, also from search, and a late copy does not bring it back', async () => {
  const message = desk.platform.write('a', 'buyer', 'My number is 123');
  push(message);
  push({ ...message, recalled: true, text: null });
  push(message);
  expect((await thread()).at(-1)).toMatchObject({ recalled: true, text: null });
  const found = await desk.call('conversations.list', {
    filter: { keyword: 'number' },
    sort: 'newest',
    limit: 5,
  });
  expect(found.total).toBe(0);
});

test('an edit changes the row; invisible messages are kept and not shown', async () => {
  const message = desk.platform.write('a', 'buyer', 'Blue?');
  push(message);
  push({ ...message, text: 'Red?' });
  push(desk.platform.write('a', 'platform', 'Rate us', { visible: false }));
  expect(await lines()).toEqual(['buyer Is it there?', 'buyer Red?']);
  expect(desk.db.prepare('SELECT count(*) AS n FROM messages').get()).toEqual({ n: 3 });
});

test('a message that can not be read is shown as such, its raw form logged once', async () => {
  const over = { kind: 'unreadable', text: null, type: 'item', raw: '{"item":null}' } as const;
  const message = desk.platform.write('a', 'buyer', '', over);
  push(message);
  push(message);
  expect((await thread()).at(-1)).toMatchObject({ kind: 'unreadable', typeLabel: 'item' });
  const logged = desk.log.lines.filter((line) => line.event === 'unreadable-message');
  expect(logged.map((line) => line.fields['raw'])).toEqual(['{"item":null}']);
});

test('the platform shows our message by push before the send is answered: one row, sent at once', async () => {
  const held = holdSend();
  await send('Yes!');
  await tick();
  const receipt = held.accept();
  const [echo] = desk.platform.threads.get('a')?.messages.slice(-1) ?? [];
  if (echo !== undefined) push(echo);
  expect(await lines()).toEqual(['buyer Is it there?', 'here Yes! sent']);
  held.answer(receipt);
  await poll();
  push(desk.platform.write('a', 'buyer', 'Thanks'));
  expect(await lines()).toEqual(['buyer Is it there?', 'here Yes! sent', 'buyer Thanks']);
});

test('the same by poll, and by poll after the answer', async () => {
  const held = holdSend();
  await send('Yes!');
  await tick();
  const receipt = held.accept();
  await poll();
  expect(await lines()).toEqual(['buyer Is it there?', 'here Yes! sent']);
  held.answer(receipt);
  await tick();
  desk.platform.onSend = (accept) => accept();
  await send('And more');
  await poll();
  expect(await lines()).toEqual(['buyer Is it there?', 'here Yes! sent', 'here And more sent']);
});

test('an echo whose text the platform trimmed is still ours; one of another text is not', async () => {
  const held = holdSend();
  await send(' Yes!\r\nSure ');
  await tick();
  push(desk.platform.write('a', 'shop', 'Yes!'));
  push(desk.platform.write('a', 'shop', 'Yes!\nSure'));
  expect(await lines()).toEqual(['buyer Is it there?', 'elsewhere Yes!', 'here  Yes!\r\nSure  sent']);
  held.answer(new CodedError('ambiguous', 'Cut'));
  await tick();
  expect(await lines()).toEqual(['buyer Is it there?', 'elsewhere Yes!', 'here  Yes!\r\nSure  sent']);
});

test('an equal text from before the attempt is somebody else’s', async () => {
  push(desk.platform.write('a', 'shop', 'Yes!'));
  await desk.clock.advance(20_000);
  const held = holdSend();
  await send('Yes!');
  await tick();
  push(desk.platform.write('a', 'shop', 'Yes!', { at: desk.clock.now() - 15_000 }));
  expect(await lines()).toEqual([
    'buyer Is it there?',
    'elsewhere Yes!',
    'elsewhere Yes!',
    'here Yes! sending',
  ]);
  held.answer(held.accept());
  await tick();
});

test('a colleague’s equal text is given back when our own is refused', async () => {
  const held = holdSend();
  await send('Yes!');
  await tick();
  push(desk.platform.write('a', 'shop', 'Yes!'));
  expect(await lines()).toEqual(['buyer Is it there?', 'here Yes! sent']);
  held.answer(new CodedError('rejected', 'No'));
  await tick();
  expect(await lines()).toEqual(['buyer Is it there?', 'elsewhere Yes!', 'here Yes! failed']);
});

test('and when the answer names another message: two rows, each once', async () => {
  const held = holdSend();
  await send('Yes!');
  await tick();
  push(desk.platform.write('a', 'shop', 'Yes!'));
  // At once, not only when it is read anew.
  desk.platform.readError = new CodedError('unreachable', 'Down');
  held.answer(held.accept());
  await tick();
  expect((await lines()).toSorted()).toEqual(['buyer Is it there?', 'elsewhere Yes!', 'here Yes! sent']);
  desk.platform.readError = null;
  await desk.clock.advance(20_000);
  expect((await lines()).toSorted()).toEqual(['buyer Is it there?', 'elsewhere Yes!', 'here Yes! sent']);
});

test('also when the other message was read before that: two rows, each once', async () => {
  const held = holdSend();
  await send('Yes!');
  await tick();
  push(desk.platform.write('a', 'shop', 'Yes!'));
  const receipt = held.accept();
  const [copy] = desk.platform.threads.get('a')?.messages.slice(-1) ?? [];
  if (copy !== undefined) push(copy);
  held.answer(receipt);
  await tick();
  expect((await lines()).toSorted()).toEqual(['buyer Is it there?', 'elsewhere Yes!', 'here Yes! sent']);
});

test('an equal text older than what was known is nobody of ours, whatever this clock says', async () => {
  const at = desk.clock.now() + 1;
  await desk.clock.advance(600_000);
  push(desk.platform.write('a', 'buyer', 'Hello?'));
  desk.jump(-1_200_000);
  const held = holdSend();
  await send('Yes!');
  await tick();
  push(desk.platform.write('a', 'shop', 'Yes!', { at }));
  expect((await lines()).at(-1)).toBe('here Yes! sending');
  held.answer(held.accept());
  await tick();
});

test('what a person said has arrived takes no later equal text of a colleague for its own', async () => {
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.platform.onSend = () => {
    throw new CodedError('ambiguous', 'Cut');
  };
  const { id } = await send('Yes!');
  await tick();
  await desk.call('outbox.settle', { messageId: id, verdict: 'arrived' });
  await desk.clock.advance(600_000);
  push(desk.platform.write('a', 'shop', 'Yes!'));
  expect(await lines()).toEqual(['buyer Is it there?', 'here Yes! sent', 'elsewhere Yes!']);
});

test('two equal texts of ours that have each the echo of the other change them by their answers', async () => {
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.platform.onSend = () => {
    throw new CodedError('ambiguous', 'Cut');
  };
  const first = await send('Yes!');
  await tick();
  await desk.call('outbox.settle', { messageId: first.id, verdict: 'arrived' });
  const held = holdSend();
  const second = await send('Yes!');
  await tick();
  const receipt = held.accept();
  const [younger] = desk.platform.threads.get('a')?.messages.slice(-1) ?? [];
  const older = desk.platform.write('a', 'shop', 'Yes!');
  if (younger !== undefined) push(younger);
  push(older);
  held.answer(receipt);
  await tick();
  const named = desk.db
    .prepare('SELECT id, remote_id AS remoteId, status FROM messages WHERE client_id IS NOT NULL ORDER BY id')
    .all();
  expect(named).toEqual([
    { id: first.id, remoteId: older.remoteId, status: 'sent' },
    { id: second.id, remoteId: receipt.remoteId, status: 'sent' },
  ]);
});

test('of two equal texts the oldest attempt adopts; the answer to the younger one corrects it', async () => {
  push(desk.platform.write('a', 'shop', 'Yes!'));
  await desk.clock.advance(120_000);
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.platform.onSend = () => {
    throw new CodedError('ambiguous', 'Cut');
  };
  const first = await send('Yes!');
  await tick();
  await desk.call('outbox.settle', { messageId: first.id, verdict: 'arrived' });
  const held = holdSend();
  const second = await send('Yes!');
  await tick();
  const receipt = held.accept();
  const [echo] = desk.platform.threads.get('a')?.messages.slice(-1) ?? [];
  if (echo !== undefined) push(echo);
  held.answer(receipt);
  await tick();
  const own = (await thread()).filter((m) => m.author === 'here');
  expect(own.map((m) => [m.id, m.status])).toEqual([
    [second.id, 'sent'],
    [first.id, 'unconfirmed'],
  ]);
  // What was there before it was written is none of its copies.
  await desk.call('outbox.settle', { messageId: first.id, verdict: 'arrived' });
  expect((await lines()).toSorted()).toEqual([
    'buyer Is it there?',
    'elsewhere Yes!',
    'here Yes! sent',
    'here Yes! sent',
  ]);
});

test('messages of one moment stand in the order they were written, where the platform gives them no sequence', async () => {
  const moment = { at: desk.clock.now(), sequence: '' };
  desk.platform.write('same', 'buyer', 'First', moment);
  desk.platform.write('same', 'buyer', 'Second', moment);
  await desk.clock.advance(1_500);
  const { id } = desk.db.prepare("SELECT id FROM conversations WHERE remote_id = 'same'").get() as {
    id: number;
  };
  const page = await desk.call('messages.page', {
    conversationId: id,
    at: { kind: 'latest' },
    limit: 10,
  });
  expect(page.messages.map(({ text }) => text)).toEqual(['First', 'Second']);
});
