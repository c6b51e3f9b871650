import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CodedError } from '../base/errors.ts';
import { sandboxChannel, type SandboxChannel } from '../testing/sandbox-channel.ts';
import { channelFor } from './registry.ts';

/** Calls until one is refused; gives the refusal, or null after `most` calls. */
async function firstRefusal(
  most: number,
  call: (turn: number) => Promise<unknown>,
): Promise<CodedError | null> {
  for (let turn = 0; turn < most; turn += 1) {
    try {
      await call(turn);
    } catch (error) {
      if (error instanceof CodedError) return error;
      throw error;
    }
  }
  return null;
}

describe('the platforms’ own rules, as the strict sandbox keeps them', () => {
  const sandboxes = new Map<string, SandboxChannel>();
  beforeAll(async () => {
    for (const platform of ['shopee', 'lazada'] as const) {
      sandboxes.set(platform, await sandboxChannel(platform, 'strict'));
    }
  });
  afterAll(async () => {
    for (const sandbox of sandboxes.values()) await sandbox.stop();
  });

  it('Shopee: five unanswered messages, and no text twice a day, are refusals with words of their own', async () => {
    const store = sandboxes.get('shopee')?.store;
    if (store === undefined) throw new Error('no sandbox');
    const shopee = channelFor('shopee');
    const { items } = await shopee.listConversations(store, null);
    const keys = items.map((one) => ({ remoteId: one.remoteId, buyerId: one.buyer.remoteId }));
    const refusals = [];
    for (const key of keys.slice(0, 2)) {
      const same = refusals.length === 0;
      const say = (turn: number) =>
        shopee.send(store, key, { kind: 'text', text: same ? 'again' : `turn ${String(turn)}` });
      const refusal = await firstRefusal(9, say);
      refusals.push([refusal?.code, refusal?.details?.reason]);
    }
    expect(refusals).toEqual([
      ['rejected', 'repeated_text'],
      ['rejected', 'reply_limit'],
    ]);
  });

  it('Lazada: calls in a row are limited, with the time of the ban', async () => {
    const store = sandboxes.get('lazada')?.store;
    if (store === undefined) throw new Error('no sandbox');
    const refusal = await firstRefusal(30, () => channelFor('lazada').listConversations(store, null));
    expect(refusal).toMatchObject({ code: 'rate-limited', details: { retryAfterMs: 1000 } });
  });
});
