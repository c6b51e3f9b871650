import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { ChatDesk } from '../../testing/chat-desk.ts';
import { askedDesk, endDesk, type OwnMessages } from '../../testing/own-messages.ts';

let desk: ChatDesk;
let own: OwnMessages;
/** Ends the refresh that is under way. */
let refreshed: () => void;

beforeEach(async () => {
  ({ desk, own } = await askedDesk());
  desk.platform.onRefresh = () => new Promise((resolve) => (refreshed = resolve));
  desk.platform.onSend = () => {
    desk.platform.onSend = (accept) => accept();
    throw new CodedError('auth-expired', 'The token is old');
  };
});
afterEach(() => endDesk(desk));

const tick = (): Promise<void> => desk.clock.advance(0);
const sends = (): number => desk.platform.calls.filter((name) => name === 'send').length;

test('a send refused for its token is queued while that is refreshed, and then the same attempt', async () => {
  await own.send('1');
  await tick();
  expect((await own.all())[0]?.pending).toMatchObject({ phase: 'queued', attempts: 0 });
  let attempts: unknown;
  desk.platform.onSend = (accept) => {
    attempts = desk.db.prepare('SELECT attempts FROM outbox').pluck().get();
    return accept();
  };
  refreshed();
  await tick();
  expect([await own.phases(), sends(), attempts]).toEqual([['1: sent'], 2, 1]);
});

test('taken back meanwhile, it does not go; those behind it do', async () => {
  const { id } = await own.send('1');
  await own.send('2');
  await tick();
  await desk.call('outbox.discard', { messageId: id });
  await tick();
  expect(sends()).toBe(1);
  refreshed();
  await tick();
  expect(desk.platform.accepted).toEqual(['2']);
});

test('written anew meanwhile, the new words go', async () => {
  const { id } = await own.send('old');
  await tick();
  await desk.call('outbox.edit', { messageId: id, text: 'new' });
  refreshed();
  await tick();
  expect(desk.platform.accepted).toEqual(['new']);
  expect(await own.phases()).toEqual(['new: sent']);
});

test('unanswered after that, it is looked for and not sent again', async () => {
  await own.send('1');
  await tick();
  desk.platform.onSend = (accept) => {
    accept();
    throw new CodedError('ambiguous', 'Cut');
  };
  refreshed();
  await desk.clock.advance(60_000);
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own.phases()).toEqual(['1: sent']);
});

test('a refresh that fails leaves it queued: nothing of it was sent', async () => {
  desk.platform.onRefresh = () => Promise.reject(new CodedError('ambiguous', 'Cut'));
  await own.send('1');
  await tick();
  expect(await own.phases()).toEqual(['1: queued']);
});

test("a colleague's equal text from before the refresh stays the colleague's", async () => {
  desk.platform.onSend = () => {
    const message = desk.platform.write('a', 'shop', '1');
    desk.sync.handlePush(desk.storeId, { kind: 'message', shopId: '1', message });
    desk.platform.onSend = (accept) => accept();
    // What was pushed is not read anew.
    desk.platform.readError = new CodedError('unreachable', 'Down');
    throw new CodedError('auth-expired', 'The token is old');
  };
  await own.send('1');
  await tick();
  const page = { conversationId: 1, at: { kind: 'latest' }, limit: 10 } as const;
  const lines = async (): Promise<string[]> =>
    (await desk.call('messages.page', page)).messages.map(({ author, text }) => `${author}: ${text}`);
  const both = ['buyer: Is it there?', 'elsewhere: 1', 'here: 1'];
  expect(await lines()).toEqual(both);
  await desk.clock.advance(1);
  refreshed();
  await desk.clock.advance(2_000);
  expect(await lines()).toEqual(both);
});
