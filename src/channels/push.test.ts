import { describe, expect, it } from 'vitest';
import { cannedHttp, cannedStore } from '../testing/canned-http.ts';
import lazadaVectors from '../testing/vectors/lazada.json' with { type: 'json' };
import shopeeVectors from '../testing/vectors/shopee.json' with { type: 'json' };
import tiktokVectors from '../testing/vectors/tiktok.json' with { type: 'json' };
import type { ChannelApp, PushEvent } from './channel.ts';
import { hmacHex } from './digest.ts';
import { channelFor } from './registry.ts';

const callback = 'https://client.example/hooks/shopee';

interface Vector {
  readonly name: string;
  readonly inputs: { readonly key: string; readonly body?: string | null; readonly app_key?: string };
  readonly expected: string;
}

function vector(
  vectors: readonly Vector[],
  name: string,
): { app: ChannelApp; body: string; signature: string } {
  const found = vectors.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no vector ${name}`);
  const { app } = cannedStore(cannedHttp(''));
  return {
    app: { ...app, appKey: found.inputs.app_key ?? '', pushSecret: found.inputs.key },
    body: found.inputs.body ?? '',
    signature: found.expected,
  };
}

const pushes = {
  shopee: vector(shopeeVectors.vectors, 'webchat-push-text'),
  lazada: vector(lazadaVectors.vectors, 'push-im-message'),
  tiktok: vector(tiktokVectors.vectors, 'webhook-new-message'),
};

type Platform = keyof typeof pushes;

function read(platform: Platform, body: string, signature: string | undefined): PushEvent {
  const headers: Record<string, string> = signature === undefined ? {} : { authorization: signature };
  return channelFor(platform).readPush(pushes[platform].app, { headers, url: callback, body });
}

function signed(platform: Platform, value: object): PushEvent {
  const body = JSON.stringify(value);
  const { app } = pushes[platform];
  const base = platform === 'shopee' ? `${callback}|${body}` : `${app.appKey}${body}`;
  return read(platform, body, hmacHex(app.pushSecret, base));
}

describe.each(['shopee', 'lazada', 'tiktok'] as const)('a push of %s', (platform) => {
  const { body, signature } = pushes[platform];

  it('brings its message', () => {
    const expected = {
      shopee: ['880012345', '2300000000000000001', '386547856705', 'Is this in stock?', 1_700_000_200_000],
      lazada: ['100094063', '1zYOS7N0cuIqw96026', '100094063_2_1011822749_1_103', 'hello', 1_700_000_240_000],
      tiktok: ['7494049642642441621', '7494560109732334299', '7494560109732334261', 'hi', 1_700_000_239_000],
    }[platform];
    const event = read(platform, body, signature);
    if (event.kind !== 'message') throw new Error(event.kind);
    const { remoteId, conversationId, text, at, author, kind } = event.message;
    expect([event.shopId, remoteId, conversationId, text, at]).toEqual(expected);
    expect([author, kind]).toEqual(['buyer', 'text']);
  });

  it('is refused unsigned, wrongly signed, or with one byte changed', () => {
    const wrong = expect.objectContaining({ code: 'rejected', details: { reason: 'wrong_signature' } });
    for (const attempt of [
      () => read(platform, body, undefined),
      () =>
        read(
          platform,
          body,
          signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        ),
      () => read(platform, body, signature.toUpperCase()),
      () => read(platform, `${body} `, signature),
    ]) {
      expect(attempt).toThrow(wrong);
    }
  });

  it('is invalid where the signed body is no JSON, and "other" where it says nothing of chat', () => {
    const { app } = pushes[platform];
    const base = platform === 'shopee' ? `${callback}|{` : `${app.appKey}{`;
    expect(() => read(platform, '{', hmacHex(app.pushSecret, base))).toThrow(
      expect.objectContaining({ code: 'invalid' }),
    );
    expect(signed(platform, { code: 3, message_type: 0, type: 1, data: {} })).toMatchObject({
      kind: 'other',
    });
    expect(signed(platform, [])).toMatchObject({ kind: 'other' });
  });
});

describe('pushes about a conversation', () => {
  const conversation = { kind: 'conversation', shopId: '1', conversationId: '9' };

  it('are read on every platform', () => {
    const content = { type: 'mark_as_replied', content: { conversation_id: '9' } };
    expect(signed('shopee', { code: 10, shop_id: 1, data: { type: 'notification', content } })).toEqual(
      conversation,
    );
    expect(signed('lazada', { message_type: 19, seller_id: 1, data: { session_id: '9' } })).toEqual(
      conversation,
    );
    expect(signed('tiktok', { type: 13, shop_id: '1', data: { conversation_id: '9' } })).toEqual(
      conversation,
    );
  });

  it('keep a broken message as an unreadable one, at the time of the push', () => {
    const event = signed('tiktok', {
      type: 14,
      shop_id: '1',
      timestamp: 1700000240,
      data: { conversation_id: '9', message_id: '7' },
    });
    expect(event).toMatchObject({ kind: 'message', message: { kind: 'unreadable', at: 1_700_000_240_000 } });
  });

  it('say only where to look for a message without an id: the list may word it otherwise', () => {
    const timestamp = 1700000240;
    const pushes = [
      signed('shopee', {
        code: 10,
        shop_id: 1,
        timestamp,
        data: { type: 'message', content: { conversation_id: '9', created_timestamp: timestamp } },
      }),
      signed('lazada', { message_type: 2, seller_id: 1, timestamp, data: { session_id: '9' } }),
      signed('tiktok', { type: 14, shop_id: 1, timestamp, data: { conversation_id: '9' } }),
    ];
    expect(pushes).toEqual([conversation, conversation, conversation]);
  });

  it('say only where to look when nothing tells the time: no message stands in 1970', () => {
    const pushes = [
      signed('shopee', {
        code: 10,
        shop_id: 1,
        data: { type: 'message', content: { conversation_id: '9' } },
      }),
      signed('lazada', { message_type: 2, seller_id: 1, data: { session_id: '9' } }),
      signed('tiktok', { type: 14, shop_id: 1, data: { conversation_id: '9' } }),
    ];
    expect(pushes).toEqual([conversation, conversation, conversation]);
  });
});
