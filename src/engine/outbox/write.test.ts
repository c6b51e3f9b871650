import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { MessageView } from '../../contract/models.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';
import { untold } from '../conversations/commit.ts';
import { createLedger } from '../conversations/ledger.ts';
import { createSearch } from '../search/search.ts';

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

const conversationId = 1;
const clientId = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const send = (text: string): Promise<MessageView> =>
  desk.call('outbox.send', { conversationId, clientId: clientId((sent += 1)), text });
const newest = async (): Promise<MessageView | undefined> =>
  (await desk.call('messages.page', { conversationId, at: { kind: 'latest' }, limit: 1 })).messages[0];
const setState = (state: 'done' | 'needs-reply'): Promise<unknown> =>
  desk.call('conversations.setState', { conversationId, state });
const refuse = (): never => {
  throw new CodedError('rejected', 'Not like that');
};

/** What counting the conversation's messages anew would change in its row. */
function missed(): readonly number[] {
  const touched = untold();
  desk.db.transaction(() => createLedger(desk.db).change(conversationId, touched, () => {})).immediate();
  return [...touched.conversations, ...touched.stores];
}

test.each<[name: string, before: () => unknown]>([
  ['that needs a reply', () => {}],
  ['that is answered', async () => (await send('Yes!'), await desk.clock.advance(1_500))],
  ['with an answer on its way', () => send('Yes!')],
  ['that is done', () => setState('done')],
  ['that is to be answered, by hand', async () => (await setState('done'), await setState('needs-reply'))],
  ['that is snoozed', () => snooze()],
  ['that was marked unread', () => desk.call('conversations.markUnread', { conversationId })],
  ['with a failed message', () => fail()],
  ['whose platform is ahead of this clock', () => buyerWritesAhead()],
])('a send leaves the row of a conversation %s as counting would', async (_name, before) => {
  await before();
  const answer = await send('It ships today.');
  expect(missed()).toEqual([]);
  expect(answer).toEqual(await newest());
});

const snooze = (): Promise<unknown> => {
  const until = desk.clock.now() + 60_000;
  return desk.call('conversations.setState', { conversationId, state: 'snoozed', until });
};

async function fail(): Promise<void> {
  desk.platform.onSend = refuse;
  await send('Well?');
  await desk.clock.advance(0);
}

async function buyerWritesAhead(): Promise<void> {
  desk.platform.write('a', 'buyer', 'Hello?', { at: desk.clock.now() + 60_000 });
  await desk.clock.advance(1_500);
}

test('its words are found from the first attempt on, also when that comes after a crash', async () => {
  const found = (): number => createSearch(desk.db).match('ships', { kind: 'message', limit: 9 }).length;
  await send('It ships today.');
  expect(found()).toBe(0);
  desk.crash();
  await desk.clock.advance(0);
  expect(found()).toBe(1);
  desk.platform.onSend = refuse;
  const refused = await send('It ships tomorrow.');
  await desk.clock.advance(0);
  expect(found()).toBe(2);
  await desk.call('outbox.retry', { messageId: refused.id });
  await desk.clock.advance(0);
  expect(found()).toBe(2);
  await desk.call('outbox.discard', { messageId: refused.id });
  expect(found()).toBe(1);
});
