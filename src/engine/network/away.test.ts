import { afterEach, beforeEach, expect, test } from 'vitest';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';
import { AWAY_MS, createAway, type Away } from './away.ts';

const HOUR = 3_600_000;
let desk: ChatDesk;
let away: Away;

beforeEach(async () => {
  desk = chatDesk();
  for (const name of ['before', 'answered', 'waiting', 'shop']) desk.platform.write(name, 'buyer', 'Earlier');
  for (const name of ['before', 'answered', 'waiting', 'shop']) desk.platform.write(name, 'shop', 'Yes');
  desk.start();
  await desk.clock.advance(2_000);
  away = createAway(desk.db, desk.clock.now);
});
afterEach(async () => {
  await desk.stop();
  desk.close();
});

test('who wrote in an absence is counted by buyer, with the oldest that nobody answered', async () => {
  away.seen();
  away.begin();
  const from = desk.clock.now();
  await desk.clock.advance(HOUR);
  desk.platform.write('answered', 'buyer', 'One');
  desk.platform.write('answered', 'shop', 'Answered elsewhere');
  await desk.clock.advance(HOUR);
  desk.platform.write('waiting', 'buyer', 'Two');
  const oldestAt = desk.clock.now();
  await desk.clock.advance(HOUR);
  desk.platform.write('waiting', 'buyer', 'Three');
  desk.platform.write('shop', 'shop', 'Only we wrote');
  await desk.clock.advance(20_000);
  away.end();
  expect(away.summary()).toEqual({ buyers: 2, oldestAt, from, to: desk.clock.now() });
  const later = createAway(desk.db, desk.clock.now);
  expect(later.summary()).toEqual(away.summary());
  later.dismiss();
  expect(createAway(desk.db, desk.clock.now).summary()).toBe(null);
});

test('who wrote in the very second they were last seen counts: platforms count whole seconds', async () => {
  await desk.clock.advance(1_000 - (desk.clock.now() % 1_000));
  desk.setGate('offline');
  const message = desk.platform.write('waiting', 'buyer', 'At once');
  expect(message.at % 1_000).toBe(0);
  await desk.clock.advance(400);
  away.seen();
  away.begin();
  await desk.clock.advance(HOUR);
  desk.setGate(null);
  await desk.clock.advance(20_000);
  away.end();
  expect(away.summary()).toMatchObject({ buyers: 1, oldestAt: message.at });
  // What had been read before it does not.
  away.seen();
  desk.platform.write('answered', 'buyer', 'Just before');
  await desk.clock.advance(15_000);
  away.seen();
  away.begin();
  await desk.clock.advance(HOUR);
  away.end();
  expect(away.summary()).toBe(null);
});

test('a short absence, or one in which nobody wrote, is not spoken of', async () => {
  away.seen();
  away.begin();
  desk.platform.write('waiting', 'buyer', 'At once');
  await desk.clock.advance(AWAY_MS - 1_000);
  away.end();
  expect(away.summary()).toBe(null);
  away.seen();
  away.begin();
  await desk.clock.advance(2 * AWAY_MS);
  away.end();
  expect(away.summary()).toBe(null);
});

test('when the platforms were last seen outlasts the engine; a clock set back is no absence', async () => {
  away.begin();
  expect(away.absentMs()).toBe(0);
  away.seen();
  await desk.clock.advance(30_000);
  away.seen();
  away.save();
  await desk.clock.advance(2 * HOUR);
  const next = createAway(desk.db, desk.clock.now);
  next.begin();
  expect(next.absentMs()).toBe(2 * HOUR);
  desk.clock.setBack(5 * HOUR);
  expect(next.absentMs()).toBe(0);
});

test('what can not be read of an earlier time counts as nothing', () => {
  const write = desk.db.prepare('INSERT OR REPLACE INTO engine_state (key, value) VALUES (?, ?)');
  write.run('platforms-seen-at', 'yesterday');
  write.run('while-away', '{"buyers":');
  const odd = createAway(desk.db, desk.clock.now);
  odd.begin();
  expect([odd.absentMs(), odd.summary()]).toEqual([0, null]);
});
