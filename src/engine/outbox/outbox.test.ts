import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { SendReceipt } from '../../channels/channel.ts';
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

const clientId = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const send = (text: string, conversationId = 1): Promise<MessageView> =>
  desk.call('outbox.send', { conversationId, clientId: clientId((sent += 1)), text });
const thread = async (conversationId = 1): Promise<MessageView[]> =>
  (await desk.call('messages.page', { conversationId, at: { kind: 'latest' }, limit: 100 })).messages;
const own = async (): Promise<string[]> =>
  (await thread()).filter((m) => m.author === 'here').map((m) => `${m.text}: ${m.status}`);
const tick = (): Promise<void> => desk.clock.advance(0);
const jobs = (): unknown[] => desk.db.prepare('SELECT * FROM outbox').all();

/** Sends hang until answered here. */
function holdSends(): { accept: () => SendReceipt; answer: (result: SendReceipt | Error) => void }[] {
  const held: { accept: () => SendReceipt; answer: (result: SendReceipt | Error) => void }[] = [];
  desk.platform.onSend = (accept) =>
    new Promise((resolve, reject) => {
      held.push({
        accept,
        answer: (result) => (result instanceof Error ? reject(result) : resolve(result)),
      });
    });
  return held;
}

test('the draft it was leaves with the send, in one transaction; a text begun since then stays', async () => {
  const draft = async (): Promise<string | undefined> =>
    (await desk.call('drafts.get', { conversationId: 1 }))?.text;
  await desk.call('drafts.save', { conversationId: 1, text: 'Yes!' });
  await send('Yes!');
  expect(await draft()).toBeUndefined();
  await desk.call('drafts.save', { conversationId: 1, text: '\nYes, and \n' });
  await send('Yes, and');
  expect(await draft()).toBeUndefined();
  await desk.call('drafts.save', { conversationId: 1, text: 'And also' });
  await send('It ships today.');
  expect(await draft()).toBe('And also');
});

test('it is stored as queued before the answer, then sending, then sent; the conversation counts as answered', async () => {
  const held = holdSends();
  const view = await send('Yes!');
  expect(view).toMatchObject({ status: 'queued', author: 'here', text: 'Yes!' });
  await tick();
  expect(await own()).toEqual(['Yes!: sending']);
  expect(await desk.call('conversations.get', { conversationId: 1 })).toMatchObject({
    state: 'waiting',
    waitingSince: null,
    last: { text: 'Yes!', status: 'sending' },
  });
  held[0]?.answer(held[0].accept());
  await tick();
  expect(await own()).toEqual(['Yes!: sent']);
  expect(jobs()).toEqual([]);
});

test('the same client id sends once and answers the same message', async () => {
  const input = { conversationId: 1, clientId: clientId(9), text: 'Once' };
  const first = await desk.call('outbox.send', input);
  const again = await desk.call('outbox.send', input);
  await tick();
  expect(again.id).toBe(first.id);
  expect(desk.platform.accepted).toEqual(['Once']);
});

test('what can not be sent is refused before anything is stored', async () => {
  await expect(send('  \n ')).rejects.toMatchObject({ code: 'invalid', details: { reason: 'empty' } });
  await expect(send('x'.repeat(601))).rejects.toMatchObject({
    code: 'invalid',
    details: { reason: 'too-long' },
  });
  await expect(send('Hello', 99)).rejects.toMatchObject({ code: 'not-found' });
  expect(jobs()).toEqual([]);
  await expect(send('x'.repeat(600))).resolves.toMatchObject({ status: 'queued' });
});

test('in one conversation one after the other, in order; another conversation does not wait', async () => {
  desk.platform.write('b', 'buyer', 'And me?');
  await desk.clock.advance(1_500);
  const held = holdSends();
  await send('1');
  await send('2');
  await send('to b', 2);
  await tick();
  expect(held).toHaveLength(2);
  held[0]?.answer(held[0].accept());
  await tick();
  held[2]?.answer(held[2].accept());
  held[1]?.answer(held[1].accept());
  await tick();
  expect(desk.platform.accepted).toEqual(['1', '2', 'to b']);
  expect(await own()).toEqual(['1: sent', '2: sent']);
});

test('a refusal fails the message with its reason and holds those behind it until it is retried', async () => {
  desk.platform.onSend = () => {
    throw new CodedError('rejected', 'Bad word', { reason: 'sensitive_words' });
  };
  const first = await send('1');
  await send('2');
  await tick();
  expect(await own()).toEqual(['1: failed', '2: queued']);
  expect((await thread()).find((m) => m.id === first.id)?.error).toMatchObject({
    code: 'rejected',
    details: { reason: 'sensitive_words' },
  });
  const row = await desk.call('conversations.get', { conversationId: 1 });
  expect(row).toMatchObject({ failed: 1, unconfirmed: 0 });
  desk.platform.onSend = (accept) => accept();
  await desk.call('outbox.retry', { messageId: first.id });
  await tick();
  expect(desk.platform.accepted).toEqual(['1', '2']);
  expect(await desk.call('conversations.get', { conversationId: 1 })).toMatchObject({ failed: 0 });
  await expect(desk.call('outbox.retry', { messageId: first.id })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a failed message alone is no answer: the buyer still waits', async () => {
  desk.platform.onSend = () => {
    throw new CodedError('rejected', 'No');
  };
  await send('1');
  await tick();
  expect(await desk.call('conversations.get', { conversationId: 1 })).toMatchObject({ state: 'needs-reply' });
});

test('discarding the failed message lets those behind it go', async () => {
  let isFirst = true;
  desk.platform.onSend = (accept) => {
    if (!isFirst) return accept();
    isFirst = false;
    throw new CodedError('rejected', 'No');
  };
  const first = await send('1');
  await send('2');
  await tick();
  expect(await desk.call('outbox.discard', { messageId: first.id })).toBeNull();
  await tick();
  expect(desk.platform.accepted).toEqual(['2']);
  expect(await own()).toEqual(['2: sent']);
  const found = await desk.call('conversations.list', { filter: { keyword: '1' }, sort: 'newest', limit: 5 });
  expect(found.total).toBe(0);
});

test('while the platform can not be reached it is tried again, later and later, and fails in the end', async () => {
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'No route');
  };
  await send('1');
  await tick();
  expect(await own()).toEqual(['1: queued']);
  await desk.clock.advance(60_000);
  const soon = desk.platform.calls.filter((name) => name === 'send').length;
  expect(soon).toBeGreaterThan(4);
  expect(soon).toBeLessThan(9);
  desk.platform.onSend = (accept) => accept();
  await desk.clock.advance(120_000);
  expect(await own()).toEqual(['1: sent']);

  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'No route');
  };
  await desk.call('settings.set', { sendAttempts: 12 });
  await send('2');
  await desk.clock.advance(3_600_000);
  expect(await own()).toEqual(['1: sent', '2: failed']);
  expect(jobs()).toMatchObject([{ attempts: 12 }]);
  expect(desk.platform.accepted).toEqual(['1']);
});

test('what could not leave yet is no answer: the buyer waits on until it is sent, through every further attempt', async () => {
  const standing = async (): Promise<string> => {
    const { state, waitingSince } = await desk.call('conversations.get', { conversationId: 1 });
    return `${state}, ${waitingSince === null ? 'answered' : 'unanswered'}`;
  };
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'No route');
  };
  await send('1');
  expect(await standing()).toBe('waiting, answered');
  await tick();
  expect(await standing()).toBe('needs-reply, unanswered');
  const held = holdSends();
  await desk.clock.advance(60_000);
  await send('2');
  expect([await own(), await standing()]).toEqual([['1: sending', '2: queued'], 'needs-reply, unanswered']);
  held[0]?.answer(held[0].accept());
  await tick();
  expect(await standing()).toBe('waiting, answered');
  held[1]?.answer(held[1].accept());
  await tick();
});

test('a platform that asks to slow down is left alone as long as it says, in all conversations of the store', async () => {
  desk.platform.write('b', 'buyer', 'And me?');
  await desk.clock.advance(1_500);
  let isLimited = true;
  desk.platform.onSend = (accept) => {
    if (!isLimited) return accept();
    throw new CodedError('rate-limited', 'Slowly', { retryAfterMs: 30_000 });
  };
  await send('1');
  await tick();
  isLimited = false;
  await send('2', 2);
  await desk.clock.advance(29_000);
  expect(desk.platform.accepted).toEqual([]);
  await desk.clock.advance(2_000);
  expect(desk.platform.accepted.toSorted()).toEqual(['1', '2']);
});

test('an unanswered attempt is never repeated: it is looked for as long as the platform can not be read', async () => {
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.platform.onSend = (accept) => {
    accept();
    throw new CodedError('ambiguous', 'Cut');
  };
  await send('1');
  const { id: messageId } = await send('2');
  await desk.clock.advance(3_600_000);
  expect(await own()).toEqual(['1: sending', '2: queued']);
  expect((await thread()).find(({ text }) => text === '1')?.pending).toMatchObject({ phase: 'checking' });
  expect(await desk.call('conversations.get', { conversationId: 1 })).toMatchObject({ state: 'needs-reply' });
  desk.platform.onSend = (accept) => accept();
  desk.platform.readError = null;
  await desk.clock.advance(70_000);
  expect(desk.platform.accepted).toEqual(['1']);
  // The one behind it has grown old meanwhile.
  await desk.call('outbox.release', { messageId });
  await desk.clock.advance(1_500);
  expect(desk.platform.accepted).toEqual(['1', '2']);
  expect(await own()).toEqual(['1: sent', '2: sent']);
});

test('a person settles what is unconfirmed: it arrived, or send it again', async () => {
  desk.platform.onSend = () => {
    throw new CodedError('ambiguous', 'Cut');
  };
  const first = await send('1');
  await tick();
  await desk.call('outbox.settle', { messageId: first.id, verdict: 'arrived' });
  expect(await own()).toEqual(['1: sent']);
  await expect(
    desk.call('outbox.settle', { messageId: first.id, verdict: 'send-again' }),
  ).rejects.toMatchObject({ code: 'conflict' });
  // The platform shows it after all: still one row.
  desk.platform.write('a', 'shop', '1');
  await desk.clock.advance(1_500);
  expect(await own()).toEqual(['1: sent']);
  expect(await thread()).toHaveLength(2);

  const second = await send('2');
  await tick();
  desk.platform.onSend = (accept) => accept();
  await desk.call('outbox.settle', { messageId: second.id, verdict: 'send-again' });
  await tick();
  expect(desk.platform.accepted).toEqual(['2']);
});

test('what is being looked for says when it was tried, and can be discarded: what was looked for is not sent again', async () => {
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.platform.onSend = () => {
    throw new CodedError('ambiguous', 'Cut');
  };
  const triedAt = desk.clock.now();
  const first = await send('1');
  expect(first.pending?.triedAt).toBeNull();
  await tick();
  expect((await thread()).at(-1)?.pending).toMatchObject({ phase: 'checking', triedAt });
  desk.platform.onSend = (accept) => accept();
  await send('2');
  await desk.call('outbox.discard', { messageId: first.id });
  desk.platform.readError = null;
  await desk.clock.advance(60_000);
  expect(desk.platform.accepted).toEqual(['2']);
  expect(await own()).toEqual(['2: sent']);
});

test('what is on its way can be neither discarded nor taken back', async () => {
  const held = holdSends();
  const first = await send('1');
  const second = await send('2');
  await tick();
  await expect(desk.call('outbox.discard', { messageId: first.id })).rejects.toMatchObject({
    code: 'conflict',
  });
  await desk.call('outbox.discard', { messageId: second.id });
  held[0]?.answer(held[0].accept());
  await desk.clock.advance(5_000);
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own()).toEqual(['1: sent']);
});

test('after a crash queued messages go on, and the one in flight is looked for, not sent again', async () => {
  desk.platform.write('b', 'buyer', 'And me?');
  await desk.clock.advance(1_500);
  const held = holdSends();
  await send('1');
  await send('2', 2);
  await tick();
  desk.platform.readError = new CodedError('unreachable', 'Down');
  await send('3');
  expect(held).toHaveLength(2);
  desk.platform.onSend = (accept) => accept();
  desk.crash();
  await tick();
  expect(await own()).toEqual(['1: sending', '3: queued']);
  expect((await thread(2)).map((m) => m.pending?.phase ?? null)).toEqual([null, 'checking']);
  expect(desk.platform.accepted).toEqual([]);
});

test('a message that was only queued goes out after a crash', async () => {
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'Down');
  };
  await send('1');
  await tick();
  desk.platform.onSend = (accept) => accept();
  desk.crash();
  await desk.clock.advance(5_000);
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own()).toEqual(['1: sent']);
});
