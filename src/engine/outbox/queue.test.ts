import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import { uuidv7 } from '../../base/ids.ts';
import type { MessageView } from '../../contract/models.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';
import { fakeRandomBytes } from '../../testing/temp-engine.ts';

let desk: ChatDesk;
let answers: (() => void)[];

beforeEach(() => {
  desk = chatDesk();
  answers = [];
});
afterEach(async () => {
  for (const answer of answers) answer();
  await desk.stop();
  desk.close();
});

const send = (conversationId: number, text: string): Promise<MessageView> => {
  const clientId = `01900000-0000-7000-8000-${String(conversationId).padStart(12, '0')}`;
  return desk.call('outbox.send', { conversationId, clientId, text });
};
const begin = async (conversations: number): Promise<void> => {
  for (let n = 1; n <= conversations; n += 1) desk.platform.write(`c${n}`, 'buyer', 'Hello?');
  desk.start();
  await desk.clock.advance(20_000);
};

test('a message taken back while its turn has not come lets the next one have the turn', async () => {
  await begin(6);
  desk.platform.onSend = (accept) => new Promise((resolve) => answers.push(() => resolve(accept())));
  const views: MessageView[] = [];
  for (let id = 1; id <= 6; id += 1) views.push(await send(id, `to ${id}`));
  await desk.clock.advance(0);
  expect(answers).toHaveLength(4);
  await desk.call('outbox.discard', { messageId: views[4]?.id ?? 0 });
  answers[0]?.();
  await desk.clock.advance(0);
  expect(answers).toHaveLength(5);
});

test('a store whose platform does not answer takes no place from the others', async () => {
  desk.close();
  const shops = [
    { platform: 'shopee', site: 'SG' },
    { platform: 'lazada', site: 'MY' },
  ] as const;
  desk = chatDesk({ mode: 'poll', minMs: 1_000, maxMs: 10_000 }, shops);
  const other = desk.platforms.get(2);
  other?.write('lively', 'buyer', 'Hello?');
  await begin(80);
  desk.platform.onSend = (accept) => new Promise((resolve) => answers.push(() => resolve(accept())));
  const { rows } = await desk.call('conversations.list', { filter: {}, sort: 'newest', limit: 2000 });
  for (const { id, storeId } of rows) if (storeId === 1) await send(id, `to ${id}`);
  await send(rows.find(({ storeId }) => storeId === 2)?.id ?? 0, 'to the other');
  await desk.clock.advance(0);
  expect(other?.accepted).toEqual(['to the other']);
  desk.platform.onSend = (accept) => accept();
});

test('a clock that is set back does not keep a message from its next attempt', async () => {
  await begin(1);
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'Down');
  };
  await send(1, 'Yes!');
  await desk.clock.advance(10);
  desk.platform.onSend = (accept) => accept();
  desk.clock.setBack(86_400_000);
  await desk.clock.advance(5_000);
  expect(desk.platform.accepted).toEqual(['Yes!']);
});

test('what waited behind a message that is taken back does not wait for its next attempt', async () => {
  await begin(1);
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'Down');
  };
  const { id: messageId } = await send(1, 'first');
  await desk.clock.advance(40_000);
  desk.platform.onSend = (accept) => accept();
  await desk.call('outbox.send', {
    conversationId: 1,
    clientId: uuidv7(1, fakeRandomBytes()),
    text: 'second',
  });
  await desk.call('outbox.discard', { messageId });
  await desk.clock.advance(1);
  expect(desk.platform.accepted).toEqual(['second']);
});

test('of two pauses of a store the longer one counts', async () => {
  await begin(3);
  const refuse: (() => void)[] = [];
  desk.platform.onSend = (accept) => {
    const retryAfterMs = [60_000, 10_000][refuse.length];
    if (retryAfterMs === undefined) return accept();
    return new Promise((_, reject) => {
      refuse.push(() => reject(new CodedError('rate-limited', 'Slowly', { retryAfterMs })));
    });
  };
  await send(1, 'to 1');
  await send(2, 'to 2');
  await desk.clock.advance(0);
  for (const one of refuse) one();
  await desk.clock.advance(20_000);
  await send(3, 'to 3');
  await desk.clock.advance(35_000);
  expect(desk.platform.accepted).toEqual([]);
  await desk.clock.advance(10_000);
  expect(desk.platform.accepted.toSorted()).toEqual(['to 1', 'to 2', 'to 3']);
});

test('nor does one that is set back by days while Counterdesk is closed', async () => {
  await begin(1);
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'Down');
  };
  await send(1, 'Yes!');
  await desk.clock.advance(10);
  desk.platform.onSend = (accept) => accept();
  desk.clock.setBack(3 * 86_400_000);
  desk.crash();
  await desk.clock.advance(5_000);
  expect(desk.platform.accepted).toEqual(['Yes!']);
});

test('nor one that was a day ahead when Counterdesk ended', async () => {
  await begin(1);
  desk.jump(86_400_000);
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'Down');
  };
  await send(1, 'Yes!');
  await desk.clock.advance(10);
  desk.platform.onSend = (accept) => accept();
  desk.jump(-86_400_000);
  desk.crash();
  await desk.clock.advance(5_000);
  expect(desk.platform.accepted).toEqual(['Yes!']);
});

test('a disk that is full at its turn fails nobody who asks; the message goes once it has room', async () => {
  await begin(1);
  desk.db.exec(`CREATE TRIGGER full BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
  desk.setGate('offline');
  await expect(send(1, 'Yes!')).resolves.toMatchObject({ status: 'queued' });
  await desk.clock.advance(1);
  desk.setGate(null);
  await desk.clock.advance(60_000);
  expect(desk.platform.accepted).toEqual([]);
  desk.db.exec('DROP TRIGGER full');
  await desk.clock.advance(60_000);
  expect(desk.platform.accepted).toEqual(['Yes!']);
});

test('what became of a send could not be written down: it is looked for, not sent again', async () => {
  await begin(1);
  desk.platform.onSend = (accept) => {
    desk.db.exec(`CREATE TRIGGER full BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END;
      CREATE TRIGGER fuller BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END;
      CREATE TRIGGER fullest BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'disk full'); END;`);
    return accept();
  };
  await send(1, 'Yes!');
  await desk.clock.advance(30_000);
  desk.db.exec('DROP TRIGGER full; DROP TRIGGER fuller; DROP TRIGGER fullest');
  await desk.clock.advance(60_000);
  expect(desk.platform.accepted).toEqual(['Yes!']);
  expect(desk.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
});

test('a platform that refuses for the time we named is asked again: its answer told us the right one', async () => {
  await begin(1);
  desk.platform.onSend = (accept) => {
    desk.platform.onSend = () => accept();
    throw new CodedError('rejected', 'Timestamp is expired', { reason: 'clock_skew' });
  };
  await send(1, 'Yes!');
  await desk.clock.advance(5_000);
  expect(desk.platform.accepted).toEqual(['Yes!']);
});

test('a message to a store that must be signed in again waits, however often it is looked at', async () => {
  await begin(1);
  desk.platform.onSend = () => {
    throw new CodedError('auth-expired', 'Sign in to this store again', { reason: 'sign-in' });
  };
  await send(1, 'Yes!');
  await desk.clock.advance(300_000);
  const row = desk.db.prepare('SELECT state, attempts FROM outbox').get();
  expect(row).toEqual({ state: 'queued', attempts: 0 });
  desk.platform.onSend = (accept) => accept();
  await desk.clock.advance(75_000);
  expect(desk.platform.accepted).toEqual(['Yes!']);
});

test('a message to a store whose proxy is dead waits, however often it is tried, and goes when it works again', async () => {
  await begin(1);
  await desk.call('settings.set', { sendAttempts: 3 });
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'No', { reason: 'proxy-refused' });
  };
  await send(1, 'Yes!');
  await desk.clock.advance(300_000);
  const row = desk.db.prepare('SELECT state, attempts FROM outbox').get();
  expect(row).toEqual({ state: 'queued', attempts: 0 });
  desk.platform.onSend = (accept) => accept();
  await desk.clock.advance(20_000);
  expect(desk.platform.accepted).toEqual(['Yes!']);
});

test('a message to a store that waits for its proxy is not tried at all', async () => {
  await begin(1);
  desk.setGate('proxy');
  await send(1, 'Yes!');
  desk.platform.calls.length = 0;
  await desk.clock.advance(300_000);
  expect(desk.db.prepare('SELECT state, attempts FROM outbox').get()).toEqual({
    state: 'queued',
    attempts: 0,
  });
  expect(desk.platform.calls).toEqual([]);
  desk.setGate(null);
  await desk.clock.advance(20_000);
  expect(desk.platform.accepted).toEqual(['Yes!']);
});
