import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';

let desk: ChatDesk;

beforeEach(() => {
  desk = chatDesk();
});
afterEach(async () => {
  await desk.stop();
  desk.close();
});

test('a disk too full to note how a store is ends no reading: once there is room it goes on', async () => {
  desk.platform.write('a', 'buyer', 'Hello');
  desk.start();
  await desk.clock.advance(2_000);
  desk.reportError = new CodedError('internal', 'The data folder can not be written', {
    reason: 'disk-full',
  });
  await desk.clock.advance(5_000);
  desk.reportError = null;
  desk.platform.write('a', 'buyer', 'After it');
  const texts = desk.db.prepare('SELECT text FROM messages').pluck();
  const caughtUp = desk.sync.catchUp(desk.storeId).then(() => true);
  await desk.clock.advance(5_000);
  expect(await Promise.race([caughtUp, Promise.resolve(false)])).toBe(true);
  expect(texts.all()).toContain('After it');
});

test('who asks for a catch-up during a read that the platform refuses for a while is told at once', async () => {
  desk.platform.write('a', 'buyer', 'Hello');
  desk.start();
  await desk.clock.advance(2_000);
  const asked: Promise<unknown>[] = [];
  desk.platform.readError = new CodedError('rate-limited', 'Slow down', { retryAfterMs: 3_600_000 });
  desk.platform.onRead = () => {
    if (asked.length === 0) asked.push(desk.sync.catchUp(desk.storeId).catch((error: unknown) => error));
  };
  await desk.clock.advance(5_000);
  expect(asked).toHaveLength(1);
  const told = await Promise.race([...asked, Promise.resolve('nothing')]);
  expect(told).toMatchObject({ code: 'rate-limited' });
});

test('a platform that asked for peace before the clock was set back by a day is not left alone for a day', async () => {
  desk.platform.write('a', 'buyer', 'Hello');
  desk.start();
  await desk.clock.advance(2_000);
  desk.platform.readError = new CodedError('rate-limited', 'Slow down', { retryAfterMs: 60_000 });
  await desk.clock.advance(5_000);
  desk.platform.readError = null;
  desk.clock.setBack(23 * 3_600_000);
  desk.platform.calls.length = 0;
  await desk.clock.advance(120_000);
  expect(desk.platform.calls).toContain('listConversations');
  await expect(desk.sync.now(desk.storeId)).resolves.toBeUndefined();
});
