import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RemoteMessage } from './channel.ts';
import { type Json, parseJson } from './json.ts';
import { readLazadaMessage, readLazadaSession } from './lazada/mapper.ts';
import { type MessageDraft, readMessages } from './message.ts';
import { readShopeeConversation, readShopeeMessage } from './shopee/mapper.ts';
import { readTikTokConversation, readTikTokMessage } from './tiktok/mapper.ts';

const thread = { shopId: '880012345', conversationId: 'c1', buyerId: '70001' };
const mappers: Readonly<Record<string, (item: Json) => MessageDraft>> = {
  shopee: (item) => readShopeeMessage(item, thread),
  lazada: (item) => readLazadaMessage(item, 'c1'),
  tiktok: (item) => readTikTokMessage(item, 'c1'),
};

const well = z.string().refine((text) => text.isWellFormed() && !text.includes('\0'));
const messageSchema = z.strictObject({
  remoteId: well.min(1).max(200),
  conversationId: well.min(1).max(200),
  author: z.enum(['buyer', 'shop', 'automatic', 'platform']),
  kind: z.enum([
    'text',
    'image',
    'video',
    'sticker',
    'order',
    'product',
    'voucher',
    'return',
    'system',
    'unsupported',
    'unreadable',
  ]),
  at: z.number().int().positive(),
  sequence: z.string().regex(/^\d{0,40}$/),
  text: well.max(100_000).nullable(),
  image: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      width: z.number().int().positive().nullable(),
      height: z.number().int().positive().nullable(),
    })
    .nullable(),
  card: z
    .strictObject({
      title: well.nullable(),
      subtitle: well.nullable(),
      reference: well.nullable(),
      status: well.nullable(),
      price: well.nullable(),
    })
    .nullable(),
  type: well,
  recalled: z.boolean(),
  visible: z.boolean(),
  notice: well.nullable(),
  raw: z.string().nullable(),
}) satisfies z.ZodType<RemoteMessage>;

/** Objects that look like messages: documented field names over arbitrary values. */
const names = [
  [
    'message_id',
    'id',
    'conversation_id',
    'session_id',
    'message_type',
    'type',
    'template_id',
    'content',
    'status',
  ],
  [
    'created_timestamp',
    'create_time',
    'send_time',
    'from_id',
    'from_shop_id',
    'from_account_type',
    'sender',
    'index',
  ],
  [
    'source',
    'source_content',
    'process_msg',
    'auto_reply',
    'is_visible',
    '__proto__',
    'txt',
    'imgUrl',
    'url',
    'image_url',
    'item_id',
    'order_sn',
    'voucher_id',
    'itemId',
    'voucherId',
    'product_id',
    'coupon_id',
    'text',
  ],
].flat();
const types = [
  'text',
  'image',
  'order',
  'item',
  'voucher',
  'rr_entrance_card',
  '1',
  '2',
  '3',
  '10006',
  '10008',
  '10011',
  'TEXT',
  'IMAGE',
  'PRODUCT_CARD',
  'COUPON_CARD',
  'OTHER',
];
const values = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.constantFrom(
    ...types.map((type) => JSON.stringify(type)),
    '1',
    '2',
    '1700000000',
    '"1700000000000"',
    '880012345',
  ),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.dictionary(fc.constantFrom(...names), fc.json({ maxDepth: 1 })).map((entries) => writeEntries(entries)),
);
const likely = fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 16 }).map(writeEntries);
const items = fc.array(fc.oneof(likely, fc.json({ maxDepth: 2 })), { maxLength: 6 });

function writeEntries(entries: Record<string, string>): string {
  return `{${Object.entries(entries)
    .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
    .join(',')}}`;
}

describe.each(Object.entries(mappers))('%s messages', (_, map) => {
  it('come out valid whatever comes in, one for each item, the same each time', () => {
    fc.assert(
      fc.property(items, (texts) => {
        const page = parseJson(`[${texts.join(',')}]`);
        const messages = readMessages(page, 1_700_000_000_000, map);
        expect(messages).toHaveLength(texts.length);
        expect(z.array(messageSchema).safeParse(messages).error).toBeUndefined();
        expect(readMessages(page, 1_700_000_000_000, map)).toEqual(messages);
      }),
      { numRuns: 400 },
    );
  });
});

describe('conversations', () => {
  it('come out valid or not at all', () => {
    const conversationNames = [
      'conversation_id',
      'session_id',
      'id',
      'to_id',
      'to_name',
      'title',
      'participants',
    ];
    const entries = fc.dictionary(
      fc.constantFrom(...conversationNames, 'unread_count', 'latest_message'),
      values,
    );
    const schema = z.strictObject({
      remoteId: well.min(1),
      buyer: z.strictObject({ remoteId: well, name: well, avatarUrl: z.url().nullable() }),
      unread: z.number().int().nonnegative().nullable(),
      lastMessageId: well.nullable(),
      lastMessageAt: z.number().int().positive().nullable(),
      canSend: z.boolean(),
    });
    fc.assert(
      fc.property(fc.oneof(entries.map(writeEntries), fc.json()), (text) => {
        const item = parseJson(text);
        for (const read of [
          readLazadaSession,
          readTikTokConversation,
          (one: Json) => readShopeeConversation(one, 'SG'),
        ]) {
          expect(schema.nullable().safeParse(read(item)).error).toBeUndefined();
        }
      }),
    );
  });
});
