import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { ChatDesk } from '../../testing/chat-desk.ts';
import { askedDesk, endDesk, type OwnMessages } from '../../testing/own-messages.ts';
import { markAllRecovered } from './recovered.ts';

const MINUTE_MS = 60_000;

let desk: ChatDesk;
let own: OwnMessages;

beforeEach(async () => {
  ({ desk, own } = await askedDesk());
});
afterEach(() => endDesk(desk));

test('of a restored message that is held, a person may know that it arrived', async () => {
  desk.setGate('offline');
  const { id } = await own.send('1');
  desk.crash(() => {
    markAllRecovered(desk.db);
  });
  desk.setGate(null);
  await desk.clock.advance(60 * MINUTE_MS);
  expect(await own.phases()).toEqual(['1: held (recovered)']);
  await desk.call('outbox.settle', { messageId: id, verdict: 'arrived' });
  await desk.clock.advance(MINUTE_MS);
  expect(await own.phases()).toEqual(['1: sent']);
  expect(desk.platform.accepted).toEqual([]);
});

test('one that had failed may have been tried again since: it is looked for too, and asked about', async () => {
  desk.platform.onSend = () => {
    throw new CodedError('rejected', 'No');
  };
  const first = await own.send('1');
  await desk.clock.advance(0);
  await desk.call('outbox.skip', { messageId: first.id });
  await own.send('2');
  await desk.clock.advance(0);
  expect(await own.phases()).toEqual(['1: failed', '2: failed']);
  // The data is of before: since then the first was sent by Retry.
  desk.platform.write('a', 'shop', '1');
  desk.crash(() => {
    expect(markAllRecovered(desk.db)).toBe(2);
  });
  // Nothing was sent from here that could still come.
  await desk.clock.advance(0);
  expect(await own.phases()).toEqual(['1: sent', '2: held (recovered)']);
  expect(desk.platform.accepted).toEqual([]);
});

test("a colleague's equal text that was known when it was written is not it", async () => {
  desk.platform.write('a', 'shop', '1');
  await desk.clock.advance(2_000);
  desk.setGate('offline');
  await own.send('1');
  desk.crash(() => void markAllRecovered(desk.db));
  desk.setGate(null);
  await desk.clock.advance(MINUTE_MS);
  expect(await own.phases()).toEqual(['1: held (recovered)']);
});

test('one that was seen to have arrived while its answer was out is sent', async () => {
  desk.platform.onSend = (accept) => {
    accept();
    return new Promise(() => {});
  };
  await own.send('1');
  await desk.clock.advance(2_000);
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.crash(() => {
    expect(markAllRecovered(desk.db)).toBe(0);
  });
  await desk.clock.advance(MINUTE_MS);
  expect(await own.phases()).toEqual(['1: sent']);
});

test('of one that only waited it is known that it never left', async () => {
  desk.setGate('offline');
  const { id } = await own.send('1');
  await desk.clock.advance(60 * MINUTE_MS);
  desk.setGate(null);
  await desk.clock.advance(1_500);
  expect(await own.phases()).toEqual(['1: held (waited)']);
  await expect(desk.call('outbox.settle', { messageId: id, verdict: 'arrived' })).rejects.toMatchObject({
    code: 'conflict',
  });
});
