import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../base/errors.ts';
import { platformIds } from '../contract/models.ts';
import { cannedHttp, cannedStore } from '../testing/canned-http.ts';
import type { PushEvent, StoreContext } from './channel.ts';
import { hmacHex } from './digest.ts';
import { channelFor } from './registry.ts';

const conversation = { remoteId: '7494560109732334261', buyerId: '70001' };
const callback = 'https://client.example/hooks';

/** Envelopes that are right, half right and wrong, over payloads of any shape. */
const code = fc.constantFrom(
  '0',
  '""',
  '"0"',
  'null',
  '"error_auth"',
  '105002',
  '"ServiceTimeout"',
  '{}',
  'true',
);
const payload = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.constantFrom(
    '{"messages":[null,{},7],"page_result":{"next_offset":5}}',
    '{"message_list":{"0":1},"has_more":"true","next_start_time":{}}',
    '{"conversations":[[],{"id":"1"},{"id":1}],"next_page_token":7}',
    '{"message_id":[]}',
    '{"message_id":"m","created_timestamp":"x","current_time":{}}',
  ),
);
const envelope = fc
  .tuple(code, code, payload)
  .map(([error, number, data]) => `{"error":${error},"code":${number},"response":${data},"data":${data}}`);
const answer = fc.oneof(envelope, fc.json({ maxDepth: 2 }), fc.string({ unit: 'binary' }));
const status = fc.constantFrom(200, 302, 403, 429, 500, 503);

async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return error instanceof CodedError ? error.code : `not coded: ${String(error)}`;
  }
}

const forReads = ['ok', 'auth-expired', 'rate-limited', 'rejected', 'not-found', 'unreachable'];
const forSends = ['ok', 'auth-expired', 'rate-limited', 'rejected', 'not-found', 'ambiguous'];

describe.each(platformIds)('%s, whatever it answers', (platform) => {
  const channel = channelFor(platform);
  const reads: readonly ((store: StoreContext) => Promise<unknown>)[] = [
    (store) => channel.listConversations(store, null),
    (store) => channel.listConversations(store, '1 a'),
    (store) => channel.getConversation(store, conversation.remoteId),
    (store) => channel.listMessages(store, conversation, null),
    (store) => channel.markRead(store, { remoteId: conversation.remoteId, lastMessageId: '1' }),
    (store) => channel.refreshToken(store),
  ];

  it('throws from the closed set alone; an answered send is never taken for one that did not leave', async () => {
    await fc.assert(
      fc.asyncProperty(answer, status, async (text, httpStatus) => {
        const store = cannedStore(cannedHttp(text, httpStatus));
        for (const read of reads) expect(forReads).toContain(await outcome(read(store)));
        const sent = await outcome(channel.send(store, conversation, { kind: 'text', text: 'hi' }));
        expect(forSends).toContain(sent);
      }),
      { numRuns: 300 },
    );
  });

  it('reads any signed push or calls it invalid', () => {
    const { app } = cannedStore(cannedHttp(''));
    const read = (body: string): PushEvent['kind'] | 'invalid' => {
      const base = platform === 'shopee' ? `${callback}|${body}` : `${app.appKey}${body}`;
      const headers = { authorization: hmacHex(app.pushSecret, base) };
      try {
        return channel.readPush(app, { headers, url: callback, body }).kind;
      } catch (error) {
        if (error instanceof CodedError && error.code === 'invalid') return 'invalid';
        throw error;
      }
    };
    const body = fc
      .tuple(
        fc.constantFrom('10', '2', '14', '13', '"19"', '{}'),
        fc.json({ maxDepth: 3 }),
        fc.json({ maxDepth: 1 }),
      )
      .map(
        ([type, data, id]) =>
          `{"code":${type},"type":${type},"message_type":${type},"shop_id":1,"seller_id":"1","data":` +
          `{"type":"message","conversation_id":${id},"session_id":"9","content":${data}}}`,
      );
    fc.assert(
      fc.property(fc.oneof(body, fc.json(), fc.string()), (text) => {
        expect(['message', 'conversation', 'other', 'invalid']).toContain(read(text));
      }),
      { numRuns: 300 },
    );
  });
});
