import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { ChatDesk } from '../../testing/chat-desk.ts';
import { askedDesk, endDesk, type OwnMessages } from '../../testing/own-messages.ts';
import { createSearch } from '../search/search.ts';
import { markAllRecovered } from './recovered.ts';

const MINUTE_MS = 60_000;

let desk: ChatDesk;
let own: OwnMessages;

beforeEach(async () => {
  ({ desk, own } = await askedDesk());
});
afterEach(() => endDesk(desk));

const row = () => desk.call('conversations.get', { conversationId: 1 });
const soon = (): Promise<void> => desk.clock.advance(1_500);

/** Written while nothing can leave, and the way is open again after `ms`. */
async function sendLate(text: string, ms: number): Promise<number> {
  desk.setGate('offline');
  const { id } = await own.send(text);
  await desk.clock.advance(ms);
  desk.setGate(null);
  await soon();
  return id;
}

test('while the way is closed nothing is attempted and no attempt counts; then it goes', async () => {
  desk.setGate('offline');
  await own.send('1');
  await desk.clock.advance(5 * MINUTE_MS);
  expect(desk.platform.calls).not.toContain('send');
  expect(desk.db.prepare('SELECT attempts, delayed FROM outbox').all()).toEqual([
    { attempts: 0, delayed: 1 },
  ]);
  desk.setGate(null);
  await soon();
  expect(await own.phases()).toEqual(['1: sent']);
});

test('one that waited too long is held for a person, and is no answer until then', async () => {
  await desk.call('settings.set', { staleMinutes: 30 });
  await sendLate('in time', 29 * MINUTE_MS);
  expect(await own.phases()).toEqual(['in time: sent']);
  desk.platform.write('a', 'buyer', 'And now?');
  await soon();
  const id = await sendLate('1', 31 * MINUTE_MS);
  expect(await own.phases()).toEqual(['in time: sent', '1: held (waited)']);
  expect(await row()).toMatchObject({ held: 1, failed: 0, state: 'needs-reply' });
  const list = await desk.call('conversations.list', {
    filter: { trouble: true },
    sort: 'newest',
    limit: 5,
  });
  expect(list).toMatchObject({ total: 1, counts: { trouble: 1 } });
  await desk.call('outbox.release', { messageId: id });
  await soon();
  expect(desk.platform.accepted).toEqual(['in time', '1']);
  expect(await row()).toMatchObject({ held: 0, state: 'waiting' });
});

test.each(['buyer', 'shop'] as const)(
  'one whose conversation gained a message by the %s is held, though it was read only now',
  async (author) => {
    desk.setGate('offline');
    await own.send('1');
    await desk.clock.advance(MINUTE_MS);
    desk.platform.readError = new CodedError('unreachable', 'Down');
    desk.platform.write('a', author, 'Never mind');
    desk.platform.readError = null;
    desk.setGate(null);
    await soon();
    expect(await own.phases()).toEqual(['1: held (overtaken)']);
    expect(desk.platform.accepted).toEqual([]);
  },
);

test('after a release what stood there before counts no longer', async () => {
  desk.setGate('offline');
  const { id } = await own.send('1');
  await soon();
  desk.platform.write('a', 'buyer', 'Never mind');
  desk.setGate(null);
  await soon();
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'No route');
  };
  await desk.call('outbox.release', { messageId: id });
  await desk.clock.advance(0);
  expect(await own.phases()).toEqual(['1: queued']);
  desk.platform.onSend = (accept) => accept();
  await desk.clock.advance(5_000);
  expect(await own.phases()).toEqual(['1: sent']);
});

test('one that goes at once is not asked about, whatever the buyer writes meanwhile', async () => {
  desk.platform.write('a', 'buyer', 'Hello?');
  await own.send('1');
  await desk.clock.advance(0);
  expect(desk.platform.accepted).toEqual(['1']);
});

test('those behind a held one wait and say for which, until it is skipped; later it still goes', async () => {
  const first = await sendLate('1', 11 * MINUTE_MS);
  const second = await own.send('2');
  await soon();
  expect(second.pending).toMatchObject({ phase: 'queued', behindId: first });
  expect((await own.all()).at(-1)?.pending).toEqual(second.pending);
  await desk.call('outbox.skip', { messageId: first });
  await soon();
  expect(desk.platform.accepted).toEqual(['2']);
  expect((await own.all()).find(({ id }) => id === first)?.pending).toMatchObject({
    phase: 'held',
    skipped: true,
  });
  expect(await row()).toMatchObject({ held: 1, state: 'waiting' });
  await desk.call('outbox.release', { messageId: first });
  await soon();
  expect(desk.platform.accepted).toEqual(['2', '1']);
});

test('what is waiting can be written anew and keeps its place; what is held then goes', async () => {
  const found = (word: string): number =>
    createSearch(desk.db).match(word, { kind: 'message', limit: 9 }).length;
  const first = await sendLate('Ships today', 11 * MINUTE_MS);
  const second = await own.send('2');
  const edited = await desk.call('outbox.edit', { messageId: second.id, text: 'Second' });
  expect(edited).toMatchObject({
    id: second.id,
    text: 'Second',
    pending: { phase: 'queued', behindId: first },
  });
  await expect(desk.call('outbox.edit', { messageId: first, text: ' ' })).rejects.toMatchObject({
    code: 'invalid',
    details: { reason: 'empty' },
  });
  await desk.call('outbox.edit', { messageId: first, text: 'Ships tomorrow' });
  await soon();
  expect(desk.platform.accepted).toEqual(['Ships tomorrow', 'Second']);
  expect([found('today'), found('tomorrow')]).toEqual([0, 1]);
  await expect(desk.call('outbox.edit', { messageId: first, text: 'x' })).rejects.toMatchObject({
    code: 'conflict',
    details: { reason: 'sent' },
  });
});

test('written anew just before its turn, the new words go', async () => {
  desk.setGate('offline');
  const { id } = await own.send('old');
  await soon();
  desk.setGate(null);
  // Its turn has begun: the conversation is being read.
  await desk.call('outbox.edit', { messageId: id, text: 'new' });
  await soon();
  expect(desk.platform.accepted).toEqual(['new']);
  expect(await own.phases()).toEqual(['new: sent']);
});

test('written anew while it waits, it is still asked about when it goes late', async () => {
  desk.setGate('offline');
  const { id } = await own.send('old');
  await desk.clock.advance(11 * MINUTE_MS);
  await desk.call('outbox.edit', { messageId: id, text: 'new' });
  desk.setGate(null);
  await soon();
  expect(await own.phases()).toEqual(['new: held (waited)']);
});

test('a reading that is refused before it goes late says nothing about the message: it is tried again', async () => {
  desk.setGate('offline');
  await own.send('1');
  await soon();
  desk.platform.broken.add('a');
  desk.setGate(null);
  await soon();
  expect(await own.phases()).toEqual(['1: queued']);
  desk.platform.broken.clear();
  await desk.clock.advance(10_000);
  expect(await own.phases()).toEqual(['1: sent']);
});

test('attempts that end before anything could be sent count as well: in the end it has failed', async () => {
  await desk.call('settings.set', { sendAttempts: 3 });
  desk.setGate('offline');
  await own.send('1');
  await soon();
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.setGate(null);
  await desk.clock.advance(MINUTE_MS);
  expect(await own.phases()).toEqual(['1: failed']);
  expect(desk.platform.calls).not.toContain('send');
});

test('one whose first attempt could not leave is asked about when the conversation went on since', async () => {
  desk.platform.onSend = () => {
    desk.platform.onSend = (accept) => accept();
    desk.platform.write('a', 'buyer', 'Never mind');
    throw new CodedError('unreachable', 'No route');
  };
  await own.send('1');
  await desk.clock.advance(5_000);
  expect(await own.phases()).toEqual(['1: held (overtaken)']);
  expect(desk.platform.accepted).toEqual([]);
});

test('what is on its way or looked for can not be written anew', async () => {
  desk.platform.onSend = () => new Promise(() => {});
  const { id } = await own.send('1');
  await desk.clock.advance(0);
  await expect(desk.call('outbox.edit', { messageId: id, text: 'x' })).rejects.toMatchObject({
    code: 'conflict',
    details: { reason: 'sending' },
  });
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.crash();
  await expect(desk.call('outbox.edit', { messageId: id, text: 'x' })).rejects.toMatchObject({
    details: { reason: 'checking' },
  });
});

test('a message queued at a start is late: what happened meanwhile is looked at first', async () => {
  desk.setGate('offline');
  await own.send('1');
  desk.crash();
  desk.platform.write('a', 'buyer', 'Never mind');
  desk.setGate(null);
  await soon();
  expect(await own.phases()).toEqual(['1: held (overtaken)']);
});

test('one that waited too long for the pause of its store is held too', async () => {
  desk.platform.write('b', 'buyer', 'And me?');
  await soon();
  desk.platform.onSend = () => {
    desk.platform.onSend = (accept) => accept();
    throw new CodedError('rate-limited', 'Tomorrow', { retryAfterMs: 30 * MINUTE_MS });
  };
  await own.send('1');
  await soon();
  await own.send('2', 2);
  await desk.clock.advance(31 * MINUTE_MS);
  expect([await own.phases(), await own.phases(2)]).toEqual([['1: held (waited)'], ['2: held (waited)']]);
  expect(desk.platform.accepted).toEqual([]);
});

test('so is one that waited too long behind another', async () => {
  desk.platform.onSend = () => {
    desk.platform.onSend = (accept) => accept();
    throw new CodedError('rejected', 'No');
  };
  const { id } = await own.send('1');
  await own.send('2');
  await desk.clock.advance(11 * MINUTE_MS);
  await desk.call('outbox.retry', { messageId: id });
  await soon();
  expect(await own.phases()).toEqual(['1: sent', '2: held (waited)']);
});

test('one that was looked for when Counterdesk ended is late too, should it go again', async () => {
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.platform.onSend = () => {
    throw new CodedError('ambiguous', 'Cut');
  };
  await own.send('1');
  await desk.clock.advance(0);
  expect(await own.phases()).toEqual(['1: checking']);
  desk.crash(() => {
    desk.platform.onSend = (accept) => accept();
    desk.platform.readError = null;
    // The night passes.
    desk.clock.setBack(-12 * 60 * MINUTE_MS);
  });
  await desk.clock.advance(10_000);
  expect(await own.phases()).toEqual(['1: held (waited)']);
  expect(desk.platform.accepted).toEqual([]);
});

test('so is one whose attempts stay unanswered over and over', async () => {
  await desk.call('settings.set', { staleMinutes: 1 });
  desk.platform.onSend = () => {
    throw new CodedError('ambiguous', 'Cut');
  };
  await own.send('1');
  await desk.clock.advance(10 * MINUTE_MS);
  expect(await own.phases()).toEqual(['1: held (waited)']);
});

test('an answer by a colleague since the draft was begun is asked about, and nothing is stored', async () => {
  const begunAt = desk.clock.now();
  await desk.clock.advance(10_000);
  desk.platform.write('a', 'shop', 'Yes, it is');
  const at = desk.clock.now();
  await desk.clock.advance(10_000);
  const input = { conversationId: 1, clientId: own.clientId(), text: 'Yes!', begunAt };
  await expect(desk.call('outbox.send', input)).rejects.toMatchObject({
    code: 'conflict',
    details: { reason: 'colleague-answered', at },
  });
  expect(await own.all()).toEqual([]);
  await desk.call('outbox.send', { ...input, anyway: true });
  const later = { ...input, clientId: own.clientId(), begunAt: desk.clock.now() };
  await expect(desk.call('outbox.send', later)).resolves.toMatchObject({ status: 'queued' });
});

test('an old answer that only comes in with the history is none', async () => {
  for (let n = 0; n < 40; n += 1) {
    desk.platform.write('b', n % 2 === 0 ? 'buyer' : 'shop', `Line ${n}`, {
      at: desk.clock.now() - (60 - n) * MINUTE_MS,
    });
  }
  await desk.clock.advance(2_000);
  const begunAt = desk.clock.now();
  await desk.clock.advance(1);
  const page = { conversationId: 2, at: { kind: 'latest' }, limit: 5 } as const;
  const [oldest] = (await desk.call('messages.page', page)).messages;
  await desk.call('messages.page', {
    conversationId: 2,
    at: { kind: 'before', cursor: oldest?.cursor ?? '' },
    limit: 100,
  });
  const input = { conversationId: 2, clientId: own.clientId(), text: 'Yes!', begunAt };
  await expect(desk.call('outbox.send', input)).resolves.toMatchObject({ status: 'queued' });
});

test('after a restore nothing leaves by itself: what is found is sent, the rest waits for a person', async () => {
  desk.platform.write('b', 'buyer', 'And me?');
  await soon();
  desk.setGate('offline');
  const one = await own.send('left');
  const two = await own.send('never left');
  await own.send('to b', 2);
  await desk.clock.advance(MINUTE_MS);
  // The data is of before: since then another Counterdesk has sent the first.
  desk.platform.write('a', 'shop', 'left');
  desk.crash(() => {
    expect(markAllRecovered(desk.db)).toBe(3);
    expect(markAllRecovered(desk.db)).toBe(3);
  });
  expect(await own.phases()).toEqual(['left: checking', 'never left: checking']);
  expect(await row()).toMatchObject({ state: 'needs-reply' });
  desk.setGate(null);
  await desk.clock.advance(60 * MINUTE_MS);
  expect(await own.phases()).toEqual(['left: sent', 'never left: held (recovered)']);
  expect(await own.phases(2)).toEqual(['to b: held (recovered)']);
  expect(desk.platform.accepted).toEqual([]);
  expect(await desk.call('outbox.trouble', {})).toMatchObject({ total: 2 });
  expect((await own.all())[0]).toMatchObject({ id: one.id, error: null });
  // It shows up after all.
  desk.platform.write('a', 'shop', 'never left');
  await desk.clock.advance(20_000);
  expect(await own.phases()).toEqual(['left: sent', 'never left: sent']);
  await expect(desk.call('outbox.release', { messageId: two.id })).rejects.toMatchObject({
    code: 'conflict',
  });
});
