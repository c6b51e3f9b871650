import { afterEach, beforeEach, expect, test } from 'vitest';
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
