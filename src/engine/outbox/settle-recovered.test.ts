import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChatDesk } from '../../testing/chat-desk.ts';
import { CodedError } from '../../base/errors.ts';
import { uuidv7 } from '../../base/ids.ts';
import { writeState } from '../db/engine-state.ts';
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

test('a failed one may have been tried again since: it is looked for as well, and waits for a person', async () => {
  const { onSend } = desk.platform;
  desk.platform.onSend = () => {
    throw new CodedError('rejected', 'Not like that');
  };
  await own.send('1');
  await own.send('2');
  await desk.clock.advance(1_500);
  expect(await own.phases()).toEqual(['1: failed', '2: queued']);
  desk.platform.onSend = onSend;
  // Since then another Counterdesk has sent it.
  desk.platform.write('a', 'shop', '1');
  desk.crash(() => {
    expect(markAllRecovered(desk.db)).toBe(2);
  });
  await desk.clock.advance(MINUTE_MS);
  expect(await own.phases()).toEqual(['1: sent', '2: held (recovered)']);
  expect(desk.platform.accepted).toEqual([]);
});

describe('a page that had no answer asks again after a restore', () => {
  const ask = (at: number, text: string): Promise<unknown> => {
    const clientId = uuidv7(at, (length) => new Uint8Array(length));
    return desk.call('outbox.send', { conversationId: 1, clientId, text });
  };
  let writtenAt: number;
  beforeEach(async () => {
    writtenAt = desk.clock.now();
    await desk.clock.advance(MINUTE_MS);
  });
  const restore = (): void => desk.crash(() => writeState(desk.db, 'recovered-at', String(desk.clock.now())));

  test.each(['before it was read again', 'after'])(
    'what had arrived is found, %s, and does not go twice',
    async (when) => {
      desk.platform.write('a', 'shop', 'Yes!', { at: writtenAt + 50 });
      restore();
      if (when === 'after') await desk.clock.advance(30_000);
      await expect(ask(writtenAt, 'Yes!')).resolves.toMatchObject({ pending: { phase: 'checking' } });
      await desk.clock.advance(MINUTE_MS);
      expect(desk.platform.accepted).toEqual([]);
      expect(await own.phases()).toEqual(['Yes!: sent']);
      const page = { conversationId: 1, at: { kind: 'latest' }, limit: 20 } as const;
      expect((await desk.call('messages.page', page)).messages).toHaveLength(2);
    },
  );

  test('what can not be found waits for a person', async () => {
    restore();
    await ask(writtenAt, 'Yes!');
    await desk.clock.advance(MINUTE_MS);
    expect(desk.platform.accepted).toEqual([]);
    expect(await own.phases()).toEqual(['Yes!: held (recovered)']);
  });

  test('a clock set back since then makes no message wait', async () => {
    restore();
    await desk.clock.advance(1_000);
    desk.jump(-3_600_000);
    await ask(desk.clock.now(), 'Yes!');
    await desk.clock.advance(1_000);
    expect(desk.platform.accepted).toEqual(['Yes!']);
  });

  test('what is written after it goes at once', async () => {
    restore();
    await desk.clock.advance(1_000);
    await ask(desk.clock.now(), 'Yes!');
    await desk.clock.advance(1_000);
    expect(desk.platform.accepted).toEqual(['Yes!']);
  });
});
