import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '../base/errors.ts';
import type { OutgoingContent } from '../channels/channel.ts';
import { channelFor } from '../channels/registry.ts';
import { platformIds, type PlatformId } from '../contract/models.ts';
import { sandboxChannel, type SandboxChannel } from '../testing/sandbox-channel.ts';
import { readJournal, recordsOf } from './oracle.ts';
import { hashOf, pictureOf } from './pictures.ts';

const running: SandboxChannel[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
});

/** What Counterdesk's own channel of a platform sends to the first conversation of a store. */
async function sender(platform: PlatformId) {
  const sandbox = await sandboxChannel(platform);
  running.push(sandbox);
  const { store } = sandbox;
  const channel = channelFor(platform);
  const [first] = (await channel.listConversations(store, null)).items;
  const target = { remoteId: first?.remoteId ?? '', buyerId: first?.buyer.remoteId ?? '' };
  /** The platform's refusal is the journal's to tell. */
  const quietly = (call: Promise<unknown>): Promise<unknown> =>
    call.catch((error: unknown) => {
      if (!(error instanceof CodedError)) throw error;
    });
  return {
    sandbox,
    conversation: target.remoteId,
    send: (content: OutgoingContent) => quietly(channel.send(store, target, content)),
    upload: (seq: number) =>
      channel.uploadImage(store, {
        bytes: pictureOf(seq),
        type: 'image/png',
        width: 1,
        height: 1,
      }),
    quietly,
    records: () =>
      recordsOf(readJournal(sandbox.journalFile)).map(({ text, outcome, conversation }) => [
        outcome,
        text,
        conversation,
      ]),
  };
}

describe.each(platformIds)('what the oracle says of %s', (platform) => {
  it('names pictures by their bytes and cards by their thing, taken or refused', async () => {
    const { sandbox, conversation, send, upload, records } = await sender(platform);
    const { product, order, voucher } = await sandbox.goods();
    const contents: OutgoingContent[] = [
      { kind: 'image', image: await upload(7) },
      { kind: 'product', reference: product },
      { kind: 'order', reference: order },
      { kind: 'voucher', reference: voucher.id, code: voucher.code },
      { kind: 'text', text: '{"url": "no picture"} order_sn' },
    ];
    for (const content of contents) await send(content);
    for (const content of contents) {
      await sandbox.fault({ kind: 'refuse', path: 'send' });
      await send(content);
    }
    const marks = [
      `image ${hashOf(pictureOf(7))}`,
      `product ${product} in ${conversation}`,
      `order ${order} in ${conversation}`,
      `voucher ${voucher.id} in ${conversation}`,
      '{"url": "no picture"} order_sn',
    ];
    expect(records()).toEqual([
      ...marks.map((mark) => ['accepted', mark, conversation]),
      ...marks.map((mark) => ['refused', mark, conversation]),
    ]);
  });

  it('counts a picture whose upload is refused as refused, one that only failed as neither', async () => {
    const { sandbox, upload, quietly, records } = await sender(platform);
    for (const kind of ['cut-before', 'http-500', 'rate-limit', 'error', 'garbage']) {
      await sandbox.fault({ kind, path: 'upload' });
      await quietly(upload(1));
    }
    await upload(1);
    await sandbox.fault({ kind: 'refuse', path: 'upload' });
    await quietly(upload(2));
    expect(records()).toEqual([['refused', `image ${hashOf(pictureOf(2))}`, '']]);
  });
});
