import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RemoteMessage } from '../../channels/channel.ts';
import type { ChatDesk } from '../../testing/chat-desk.ts';
import { askedDesk, endDesk, type OwnMessages } from '../../testing/own-messages.ts';
import { pngBytes } from '../../testing/pictures.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import { dataPaths } from '../paths.ts';

let desk: ChatDesk;
let own: OwnMessages;
let hash: string;

beforeEach(async () => {
  ({ desk, own } = await askedDesk());
  const bytes = pngBytes(3, 2);
  hash = createHash('sha256').update(bytes).digest('hex');
  const { media } = dataPaths(desk.dataDir);
  mkdirSync(media, { recursive: true });
  writeFileSync(join(media, hash), bytes);
  await desk.call('outbox.sendImage', { conversationId: 1, clientId: own.clientId(), hash });
  await waitUntil('it is sent', async () => {
    await desk.clock.advance(1_000);
    return (await own.all())[0]?.status === 'sent';
  });
});
afterEach(() => endDesk(desk));

/** The platform's copy of the picture, as a later reading gives it. */
function copy(changes: Partial<RemoteMessage>): void {
  const { remote_id: remoteId, at } = desk.db
    .prepare<[], { remote_id: string; at: number }>(
      `SELECT remote_id, at FROM messages WHERE author = 'here'`,
    )
    .all()[0] ?? { remote_id: '', at: 0 };
  const image = { url: 'https://another-host.test/picture', width: 3, height: 2 };
  const seen = desk.platform.write('b', 'shop', '', { remoteId, at, kind: 'image', text: null, image });
  const message = { ...seen, conversationId: 'a', ...changes };
  desk.sync.handlePush(desk.storeId, { kind: 'message', shopId: '1', message });
}
const pictures = async (): Promise<unknown[]> => (await own.all()).map(({ media }) => media?.hash ?? null);

test('an own picture stays the one that was sent, from wherever the platform serves it', async () => {
  copy({});
  expect(await pictures()).toEqual([hash]);
});

test('taken back, it is gone', async () => {
  copy({ recalled: true, image: null });
  expect((await own.all()).map(({ recalled, media }) => [recalled, media])).toEqual([[true, null]]);
});
