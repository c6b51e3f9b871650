import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dataPaths } from '../engine/paths.ts';
import type { ChatDesk } from '../testing/chat-desk.ts';
import { askedDesk, endDesk, type OwnMessages } from '../testing/own-messages.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { claimsOf, type Enqueued } from './claims.ts';
import { pictureOf } from './pictures.ts';

let desk: ChatDesk;
let own: OwnMessages;
let enqueued: Enqueued[];

beforeEach(async () => {
  ({ desk, own } = await askedDesk());
  enqueued = [];
});
afterEach(() => endDesk(desk));

/** A text, a picture and a card, each sent. */
async function sendAll(): Promise<string> {
  const bytes = pictureOf(3);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const { media } = dataPaths(desk.dataDir);
  mkdirSync(media, { recursive: true });
  writeFileSync(join(media, hash), bytes);
  const contents = [
    { kind: 'text', text: 'a text' },
    { kind: 'image', hash },
    { kind: 'order', reference: '240101ABC', code: null },
  ] as const;
  for (const [seq, content] of contents.entries()) {
    const clientId = own.clientId();
    const asked = { conversationId: 1, clientId };
    if (content.kind === 'text') await desk.call('outbox.send', { ...asked, text: content.text });
    else if (content.kind === 'image') await desk.call('outbox.sendImage', { ...asked, hash: content.hash });
    else await desk.call('outbox.sendCard', { ...asked, card: content });
    enqueued.push({ seq, clientId, conversationId: 1, content });
  }
  await waitUntil('all are sent', async () => {
    await desk.clock.advance(1_000);
    return (await own.all()).every(({ status }) => status === 'sent');
  });
  return hash;
}

const claims = (): unknown[] =>
  claimsOf(dataPaths(desk.dataDir).database, enqueued).map(({ text, status }) => [text, status]);

it('names what each message holds, as the oracle does', async () => {
  const hash = await sendAll();
  expect(claims()).toEqual([
    ['a text', 'sent'],
    [`image ${hash}`, 'sent'],
    ['order 240101ABC in a', 'sent'],
  ]);
});

it('claims nothing of a message that holds something else by now', async () => {
  const hash = await sendAll();
  desk.db.exec(`UPDATE messages SET text = 'another' WHERE kind = 'text' AND author = 'here'`);
  desk.db.exec(`UPDATE media SET hash = '${'0'.repeat(64)}' WHERE hash = '${hash}'`);
  desk.db.exec(`UPDATE messages SET card = '{"reference":"other"}' WHERE kind = 'order'`);
  expect(claims()).toEqual([
    ['a text', 'vanished'],
    [`image ${hash}`, 'vanished'],
    ['order 240101ABC in a', 'vanished'],
  ]);
});
