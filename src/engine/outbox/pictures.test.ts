import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { MessageView } from '../../contract/models.ts';
import type { ChatDesk } from '../../testing/chat-desk.ts';
import { askedDesk, endDesk, type OwnMessages } from '../../testing/own-messages.ts';
import { gifBytes, pngBytes } from '../../testing/pictures.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import { dataPaths } from '../paths.ts';

/** As the desk's store says. */
const SETTLE_MS = 5_000;

let desk: ChatDesk;
let own: OwnMessages;

beforeEach(async () => {
  ({ desk, own } = await askedDesk());
});
afterEach(() => endDesk(desk));

function store(bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const { media } = dataPaths(desk.dataDir);
  mkdirSync(media, { recursive: true });
  writeFileSync(join(media, hash), bytes);
  return hash;
}
const sendImage = (hash: string): Promise<MessageView> =>
  desk.call('outbox.sendImage', { conversationId: 1, clientId: own.clientId(), hash });
const sendCard = (card: Record<string, unknown>): Promise<MessageView> =>
  desk.call('outbox.sendCard', { conversationId: 1, clientId: own.clientId(), card: card as never });
/** Files are read by the system, at its own pace. */
const becomes = (phases: readonly string[]): Promise<unknown> =>
  waitUntil(`${phases.join(', ')}`, async () => {
    await desk.clock.advance(1_000);
    return JSON.stringify(await own.phases()) === JSON.stringify(phases);
  });
const cut = (): never => {
  throw new CodedError('ambiguous', 'Cut');
};
/** The next send does this, those after it are taken. */
function once(script: typeof desk.platform.onSend): void {
  desk.platform.onSend = (accept, text) => {
    desk.platform.onSend = (later) => later();
    return script(accept, text);
  };
}
const order = { kind: 'order', reference: '240101ABC' };

test('a picture is shown at once, uploaded, sent, and its copy is the same row', async () => {
  const view = await sendImage(store(pngBytes(3, 2)));
  expect(view).toMatchObject({
    kind: 'image',
    text: null,
    media: { state: 'ready', width: 3, height: 2 },
    pending: { phase: 'queued' },
  });
  await becomes(['image: sent']);
  expect(desk.platform.calls.filter((name) => name === 'uploadImage')).toHaveLength(1);
  await desk.clock.advance(20_000);
  const all = await own.all();
  expect(all).toHaveLength(1);
  expect(all[0]?.media).toEqual(view.media);
});

test('asked again after its file was lost, it is the message it was', async () => {
  const hash = store(pngBytes(3, 2));
  const input = { conversationId: 1, clientId: own.clientId(), hash };
  const { id } = await desk.call('outbox.sendImage', input);
  await becomes(['image: sent']);
  rmSync(join(dataPaths(desk.dataDir).media, hash));
  expect(await desk.call('outbox.sendImage', input)).toMatchObject({ id, status: 'sent' });
});

test('the same picture twice is two messages, each with its picture', async () => {
  const hash = store(pngBytes(3, 2));
  await sendImage(hash);
  await sendImage(hash);
  await becomes(['image: sent', 'image: sent']);
  expect((await own.all()).map(({ media }) => media?.hash)).toEqual([hash, hash]);
  expect(desk.platform.accepted).toHaveLength(2);
});

test('an upload that fails is repeated and never doubts whether a message went', async () => {
  let uploads = 0;
  const upload = desk.platform.onUpload;
  desk.platform.onUpload = (picture) => {
    uploads += 1;
    if (uploads < 3) throw new CodedError('unreachable', 'Cut');
    return upload(picture);
  };
  await sendImage(store(pngBytes(3, 2)));
  await becomes(['image: sent']);
  expect(uploads).toBe(3);
  expect(desk.platform.accepted).toHaveLength(1);
});

test('a picture taken but never answered is found by its address', async () => {
  once((accept) => (accept(), cut()));
  await sendImage(store(pngBytes(3, 2)));
  await becomes(['image: sent']);
  expect(desk.platform.accepted).toHaveLength(1);
});

test("one that did not arrive goes again, uploaded once; a colleague's other picture leaves it to a person", async () => {
  once(cut);
  await sendImage(store(pngBytes(3, 2)));
  await becomes(['image: sent']);
  expect(desk.platform.accepted).toHaveLength(1);
  expect(desk.platform.calls.filter((name) => name === 'uploadImage')).toHaveLength(1);
  once(() => {
    const image = { url: 'https://files.test/other', width: 1, height: 1 };
    desk.platform.write('a', 'shop', '', { kind: 'image', text: null, image });
    return cut();
  });
  await sendImage(store(pngBytes(5, 5)));
  await becomes(['image: sent', 'image: unconfirmed']);
});

test('one that failed is uploaded anew when a person retries it: platforms do not keep what nobody sent', async () => {
  once(() => {
    throw new CodedError('rejected', 'Gone');
  });
  const { id } = await sendImage(store(pngBytes(3, 2)));
  await becomes(['image: failed']);
  await desk.call('outbox.retry', { messageId: id });
  await becomes(['image: sent']);
  expect(desk.platform.calls.filter((name) => name === 'uploadImage')).toHaveLength(2);
});

test('after a kill between upload and send it goes without another upload', async () => {
  desk.platform.onSend = () => {
    throw new CodedError('unreachable', 'No route');
  };
  await sendImage(store(pngBytes(3, 2)));
  await waitUntil('it was sent', async () => {
    await desk.clock.advance(1);
    return desk.platform.calls.includes('send');
  });
  desk.platform.onSend = (accept) => accept();
  desk.crash();
  await becomes(['image: sent']);
  expect(desk.platform.calls.filter((name) => name === 'uploadImage')).toHaveLength(1);
});

test('what is no picture, or none this platform takes, is refused before anything is stored', async () => {
  const reason = (value: string) => ({ code: 'invalid', details: { reason: value } });
  await expect(sendImage('0'.repeat(64))).rejects.toMatchObject(reason('no-picture'));
  await expect(sendImage(store(Buffer.from('<svg/>')))).rejects.toMatchObject(reason('wrong-type'));
  await expect(sendImage(store(gifBytes(1, 1)))).rejects.toMatchObject(reason('wrong-type'));
  const large = Buffer.concat([pngBytes(3, 2), Buffer.alloc(1_000_000)]);
  await expect(sendImage(store(large))).rejects.toMatchObject(reason('too-large'));
  expect(await own.all()).toEqual([]);
});

test('a card is sent by its reference, shown by the words it was picked by, and found again', async () => {
  once((accept) => (accept(), cut()));
  await sendCard({ ...order, title: 'Order of 2 January' });
  await becomes(['order: sent']);
  await desk.clock.advance(20_000);
  const [view, ...more] = await own.all();
  expect(more).toEqual([]);
  expect(view?.card).toMatchObject({ title: 'Order of 2 January', reference: '240101ABC' });
  expect(desk.platform.accepted).toEqual([JSON.stringify({ kind: 'order', reference: '240101ABC' })]);
});

test.each<[kind: string, send: () => Promise<MessageView>]>([
  ['order', () => sendCard(order)],
  ['image', () => sendImage(store(pngBytes(3, 2)))],
])(
  'an earlier %s that had taken a later one for its copy is left to a person, whole as it was',
  async (kind, send) => {
    desk.platform.readError = new CodedError('unreachable', 'Down');
    once(cut);
    const { id } = await send();
    await becomes([`${kind}: checking`]);
    await desk.call('outbox.settle', { messageId: id, verdict: 'arrived' });
    desk.platform.readError = null;
    let answer = (): void => {};
    once((accept) => {
      const receipt = accept();
      return new Promise((resolve) => (answer = () => resolve(receipt)));
    });
    await send();
    // It is read before it is answered.
    await becomes([`${kind}: sent`, `${kind}: sending`]);
    await desk.clock.advance(2_000);
    answer();
    await becomes([`${kind}: unconfirmed`, `${kind}: sent`]);
    await desk.call('outbox.settle', { messageId: id, verdict: 'send-again' });
    await becomes([`${kind}: sent`, `${kind}: sent`]);
    const [first, ...others] = desk.platform.accepted;
    expect(others).toEqual([first]);
  },
);

test('another card is not it', async () => {
  once(() => {
    desk.platform.write('a', 'shop', '', {
      kind: 'order',
      text: null,
      card: { title: null, subtitle: null, reference: 'other', status: null, price: null },
    });
    return cut();
  });
  await sendCard(order);
  await desk.clock.advance(SETTLE_MS + 2_000);
  expect(await own.phases()).toEqual(['order: sent']);
  expect(desk.platform.accepted).toHaveLength(1);
});

test('a voucher wants its code; taken back, a card leaves no text', async () => {
  await expect(sendCard({ kind: 'voucher', reference: '7' })).rejects.toMatchObject({
    code: 'invalid',
    details: { reason: 'no-code', field: 'card.code' },
  });
  desk.setGate('offline');
  const { id } = await sendCard({ kind: 'voucher', reference: '7', code: 'SAVE5' });
  await expect(desk.call('outbox.edit', { messageId: id, text: 'x' })).rejects.toMatchObject({
    code: 'invalid',
    details: { reason: 'not-text' },
  });
  expect(await desk.call('outbox.discard', { messageId: id })).toBeNull();
  expect(await own.all()).toEqual([]);
});
