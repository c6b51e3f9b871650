import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';
import { ownMessages, type OwnMessages } from '../../testing/own-messages.ts';

const MINUTE_MS = 60_000;

let desk: ChatDesk;
let own: OwnMessages;

beforeEach(async () => {
  desk = chatDesk();
  own = ownMessages(desk);
  desk.platform.write('a', 'buyer', 'Is it there?');
  desk.platform.write('b', 'buyer', 'And me?');
  desk.start();
  await desk.clock.advance(3_000);
});
afterEach(async () => {
  await desk.stop();
  desk.close();
});

const soon = (): Promise<void> => desk.clock.advance(1_500);
const refuse = (): never => {
  throw new CodedError('rejected', 'Bad word', { reason: 'sensitive_words' });
};
const trouble = () => desk.call('outbox.trouble', {});
const outboxEvents = (): number => desk.feed.emitted.filter(({ kind }) => kind === 'outbox').length;

/** One failed (with another behind it), one held, one unconfirmed. */
async function makeTrouble(): Promise<void> {
  desk.platform.write('c', 'buyer', 'Hello?');
  await desk.clock.advance(3_000);
  desk.setGate('offline');
  await own.send('held', 2);
  await desk.clock.advance(11 * MINUTE_MS);
  desk.platform.onSend = refuse;
  desk.setGate(null);
  await own.send('failed', 1);
  await own.send('behind', 1);
  await soon();
  desk.platform.broken.add('c');
  desk.platform.onSend = () => {
    throw new CodedError('ambiguous', 'Cut');
  };
  await own.send('unconfirmed', 3);
  await desk.clock.advance(MINUTE_MS);
  desk.platform.broken.clear();
}

test('everything that waits for a person stands in one list, the oldest first', async () => {
  await makeTrouble();
  const { items, total } = await trouble();
  expect(total).toBe(3);
  expect(items.map(({ text, pending, waiting }) => [text, pending.phase, waiting])).toEqual([
    ['held', 'held', 0],
    ['failed', 'failed', 1],
    ['unconfirmed', 'unconfirmed', 0],
  ]);
  expect(items[0]).toMatchObject({ pending: { hold: 'waited' }, error: null, buyerName: 'Buyer b' });
  expect(items[1]).toMatchObject({
    storeName: 'Hive Audio',
    site: 'SG',
    platform: 'shopee',
    buyerName: 'Buyer a',
    kind: 'text',
    error: { code: 'rejected', details: { reason: 'sensitive_words' } },
  });
  expect(await desk.call('outbox.trouble', { limit: 1 })).toMatchObject({
    total: 3,
    items: [{ text: 'held' }],
  });
});

test('Retry all tries the failed, looks for the unconfirmed, and leaves what waits for a word of its own', async () => {
  await makeTrouble();
  desk.platform.onSend = (accept) => accept();
  expect(await desk.call('outbox.retryAll', { storeId: desk.storeId + 1 })).toEqual({
    retried: 0,
    checked: 0,
    left: 0,
  });
  expect(await desk.call('outbox.retryAll', {})).toEqual({ retried: 1, checked: 1, left: 1 });
  await desk.clock.advance(20_000);
  expect((await trouble()).items.map(({ text }) => text)).toEqual(['held']);
  expect(desk.platform.accepted.toSorted()).toEqual(['behind', 'failed', 'unconfirmed']);
});

test('what is retried with all others passes the checks of a late message', async () => {
  desk.platform.onSend = refuse;
  await own.send('1');
  await soon();
  desk.platform.write('a', 'buyer', 'Never mind');
  await desk.clock.advance(11 * MINUTE_MS);
  desk.platform.onSend = (accept) => accept();
  await desk.call('outbox.retryAll', {});
  await soon();
  expect(await own.phases()).toEqual(['1: held (overtaken)']);
  expect(desk.platform.accepted).toEqual([]);
});

test('the pages hear of the list when it changes, and only then', async () => {
  await own.send('fine');
  await soon();
  expect(outboxEvents()).toBe(0);
  desk.platform.onSend = refuse;
  const { id } = await own.send('1');
  await soon();
  const failed = outboxEvents();
  expect(failed).toBeGreaterThan(0);
  await desk.call('outbox.skip', { messageId: id });
  expect(outboxEvents()).toBe(failed + 1);
  await desk.call('outbox.discard', { messageId: id });
  expect(outboxEvents()).toBe(failed + 2);
});

test('three failures within ten minutes are one alert of the store, told to the host once', async () => {
  const alerts = () => desk.call('outbox.alerts', {});
  const told = () => desk.asked.filter(({ method }) => method === 'notify');
  await desk.call('settings.set', { language: 'zh-Hans' });
  desk.platform.onSend = refuse;
  await own.send('1', 1);
  await desk.clock.advance(6 * MINUTE_MS);
  await own.send('2', 2);
  await soon();
  for (const item of (await trouble()).items) await desk.call('outbox.skip', { messageId: item.messageId });
  await desk.clock.advance(6 * MINUTE_MS);
  // The first is too long ago.
  await own.send('3', 1);
  await soon();
  expect(await alerts()).toEqual([]);
  const since = desk.clock.now();
  await own.send('4', 2);
  await soon();
  expect(await alerts()).toMatchObject([{ storeId: desk.storeId, failures: 3, error: { code: 'rejected' } }]);
  expect((await alerts())[0]?.since).toBeLessThan(since);
  // The words are the host's: an error's own are English, and for logs.
  expect(told()).toEqual([
    {
      method: 'notify',
      input: {
        notice: 'messages-failing',
        title: 'Hive Audio SG',
        language: 'zh-Hans',
        conversationId: null,
      },
    },
  ]);
  await desk.call('outbox.dismissAlert', { storeId: desk.storeId });
  expect(await alerts()).toEqual([]);
});

test('an alert is over once a message of the store goes out', async () => {
  desk.platform.onSend = refuse;
  for (const text of ['1', '2', '3']) {
    const { id } = await own.send(text);
    await soon();
    await desk.call('outbox.skip', { messageId: id });
  }
  expect(await desk.call('outbox.alerts', {})).toHaveLength(1);
  desk.platform.onSend = (accept) => accept();
  await own.send('4');
  await soon();
  expect(await desk.call('outbox.alerts', {})).toEqual([]);
});
