import { describe, expect, it } from 'vitest';
import { parseJson } from '../json.ts';
import { readMessages } from '../message.ts';
import { readShopeeMessage } from './mapper.ts';

const thread = { shopId: '880012345', conversationId: '386547856705', buyerId: '70001' };
const base = {
  message_id: '2300000000000000001',
  message_type: 'text',
  from_id: 70001,
  from_shop_id: 0,
  to_id: 90001,
  to_shop_id: 880012345,
  conversation_id: '386547856705',
  created_timestamp: 1700000200,
  status: 'normal',
  source: 'android',
  content: { text: 'Is this in stock?' },
};

const read = (change: object) => {
  const [message] = readMessages(parseJson(JSON.stringify([{ ...base, ...change }])), 1, (item) =>
    readShopeeMessage(item, thread),
  );
  if (message === undefined) throw new Error('no message');
  return message;
};
const card = (fields: object): object => ({
  title: null,
  subtitle: null,
  reference: null,
  status: null,
  price: null,
  ...fields,
});
const fromShop = { from_shop_id: 880012345, to_shop_id: 0 };

describe('Shopee messages', () => {
  it('are read with id, order, time and side', () => {
    expect(read({})).toEqual({
      remoteId: '2300000000000000001',
      conversationId: '386547856705',
      author: 'buyer',
      kind: 'text',
      at: 1_700_000_200_000,
      sequence: '2300000000000000001',
      text: 'Is this in stock?',
      image: null,
      card: null,
      type: 'text',
      recalled: false,
      visible: true,
      notice: null,
      raw: null,
    });
  });

  it.each<[string, object, string]>([
    ['the buyer of another shop', { from_shop_id: 5 }, 'buyer'],
    ['the shop', fromShop, 'shop'],
    ['a card of the platform', { ...fromShop, source: 'server' }, 'platform'],
    ['a card of marketing', { ...fromShop, source: 'crm' }, 'platform'],
    ['a buyer is never the platform', { source: 'server' }, 'buyer'],
    ['an automatic reply', { ...fromShop, status: 'auto_reply' }, 'automatic'],
    ['a reply out of hours', { ...fromShop, status: 'offwork_autoreply' }, 'automatic'],
    [
      'an automatic reply by the server',
      { ...fromShop, status: 'auto_reply', source: 'server' },
      'automatic',
    ],
    ['the chatbot', { ...fromShop, source: 'chatbot' }, 'automatic'],
    ['without shop ids, by the buyer', { from_shop_id: undefined, to_shop_id: undefined }, 'buyer'],
    ['without shop ids, to the buyer', { from_shop_id: undefined, from_id: 90001, to_id: 70001 }, 'shop'],
  ])('author: %s', (_, change, author) => {
    expect(read(change)).toMatchObject({ author, kind: 'text' });
  });

  it.each<[string, object, object, object?]>([
    [
      'image',
      { url: 'https://cf.example/a.jpg', thumb_width: 300, thumb_height: '200' },
      { kind: 'image', image: { url: 'https://cf.example/a.jpg', width: 300, height: 200 } },
    ],
    [
      'text',
      { text: 'ok', translation: { text: '好', source_language: 'en', target_language: 'zh-Hans' } },
      { kind: 'text', text: 'ok', translation: { text: '好', from: 'en', to: 'zh-Hans' } },
    ],
    ['text', { text: 'ok', translation: 7 }, { kind: 'text', text: 'ok' }],
    [
      'image',
      { url: 'https://cf.example/a.jpg', thumb_url: 'https://cf.example/a-s.jpg' },
      { kind: 'image', image: { thumbUrl: 'https://cf.example/a-s.jpg' } },
    ],
    ['image', { image_url: 'http://cf.example/b.jpg' }, { kind: 'image', image: { width: null } }],
    ['image_with_text', { url: 'https://cf.example/a.jpg', text: 'see' }, { kind: 'image', text: 'see' }],
    [
      'sticker',
      { sticker_id: '0007', sticker_package_id: 'br_shoppito' },
      { kind: 'sticker', card: { reference: '0007' } },
    ],
    ['video', { video_url: 'https://v.example/1', thumb_url: 'https://v.example/1.jpg' }, { kind: 'video' }],
    ['item', { shop_id: 880012345, item_id: 22000000001 }, { kind: 'product' }],
    ['order', { order_sn: '2409XKJ3' }, { kind: 'order', card: card({ reference: '2409XKJ3' }) }],
    [
      'voucher',
      { voucher_id: 12, voucher_code: 'SAVE5' },
      { kind: 'voucher', card: card({ reference: '12', title: 'SAVE5' }) },
    ],
    [
      'return_refund_card',
      { rr_detail: { return_id: 77 } },
      { kind: 'return', card: card({ reference: '77' }) },
    ],
    [
      'logistics_card',
      { common_info: { order_id: 1 } },
      { kind: 'system', card: card({ reference: '24SN' }) },
      { source_content: { order_sn: '24SN' } },
    ],
    [
      'faq_liveagent',
      { text: 'agent please', pass_through_data: {} },
      { kind: 'text', text: 'agent please' },
    ],
    ['bundle_message', { messages: ['1'] }, { kind: 'unsupported', type: 'bundle_message' }],
    ['hologram', {}, { kind: 'unsupported', type: 'hologram', text: null }],
  ])('type %s %o', (message_type, content, expected, rest = {}) => {
    expect(read({ message_type, content, ...rest })).toMatchObject(expected);
  });

  it('keep the raw form of what is not understood', () => {
    const raw = read({ message_type: 'hologram', content: { depth: 3 } }).raw;
    expect(JSON.parse(raw ?? '')).toMatchObject({ message_type: 'hologram', content: { depth: 3 } });
  });

  it.each<[string, object]>([
    ['no content', { content: undefined }],
    ['content of another kind', { content: 7 }],
    ['text that is none', { content: { text: 5 } }],
    ['no time', { created_timestamp: null }],
    ['no id', { message_id: undefined }],
    ['no type', { message_type: {} }],
    ['no side', { from_shop_id: undefined, to_shop_id: undefined, from_id: 1, to_id: 2 }],
    ['a picture without an address', { message_type: 'image', content: { url: 'javascript:alert(1)' } }],
    ['a product without a number', { message_type: 'item', content: {} }],
  ])('unreadable: %s', (_, change) => {
    const message = read(change);
    expect(message).toMatchObject({
      kind: 'unreadable',
      conversationId: '386547856705',
      author: 'buyer',
      text: null,
    });
    expect(message.remoteId).not.toBe('');
    expect(message.raw).toContain('386547856705');
    expect(read(change)).toEqual(message);
  });

  it('stand in their page whatever stands beside them', () => {
    const at = (seconds: number, id: string): object => ({
      ...base,
      message_id: id,
      created_timestamp: seconds,
    });
    const page = [
      null,
      at(1700000300, '3'),
      'text',
      { ...base, created_timestamp: 'x', message_id: '2' },
      at(1700000100, '1'),
      7,
    ];
    const messages = readMessages(parseJson(JSON.stringify(page)), 1, (item) =>
      readShopeeMessage(item, thread),
    );
    expect(messages.map((one) => [one.kind, one.at / 1000])).toEqual([
      ['unreadable', 1700000300],
      ['text', 1700000300],
      ['unreadable', 1700000100],
      ['unreadable', 1700000100],
      ['text', 1700000100],
      ['unreadable', 1700000100],
    ]);
    expect(new Set(messages.map((one) => one.remoteId)).size).toBe(6);
  });
});
