import { describe, expect, it } from 'vitest';
import { parseJson } from '../json.ts';
import { readMessages } from '../message.ts';
import { readTikTokConversation, readTikTokMessage } from './mapper.ts';

const base = {
  id: '7494560109732334299',
  type: 'TEXT',
  content: '{"content":"hi"}',
  create_time: 1700000239,
  is_visible: true,
  index: '7494560109732334300',
  sender: { im_user_id: '707885565181165594', role: 'BUYER', nickname: 'ana' },
};
const conversationId = '7494560109732334261';

const read = (change: object) => {
  const page = parseJson(JSON.stringify([{ ...base, ...change }]));
  const [message] = readMessages(page, 1, (item) => readTikTokMessage(item, conversationId));
  if (message === undefined) throw new Error('no message');
  return message;
};
const by = (role: string): object => ({ sender: { role } });

describe('TikTok Shop messages', () => {
  it('are read with the index as their order', () => {
    expect(read({})).toMatchObject({
      remoteId: '7494560109732334299',
      conversationId,
      author: 'buyer',
      kind: 'text',
      at: 1_700_000_239_000,
      sequence: '7494560109732334300',
      text: 'hi',
      visible: true,
      raw: null,
    });
  });

  it.each([
    ['CUSTOMER_SERVICE', 'shop'],
    ['SHOP', 'automatic'],
    ['ROBOT', 'automatic'],
    ['SYSTEM', 'platform'],
    ['BUYER', 'buyer'],
  ])('role %s is %s', (role, author) => {
    expect(read(by(role))).toMatchObject({ author, kind: 'text' });
  });

  it.each<[string, object, object]>([
    [
      'IMAGE',
      { url: 'https://t.example/a.jpg', width: '640', height: 480 },
      { kind: 'image', image: { width: 640, height: 480 } },
    ],
    [
      'VIDEO',
      { url: 'https://t.example/v', cover: 'https://t.example/c.jpg' },
      { kind: 'video', image: { url: 'https://t.example/c.jpg' } },
    ],
    ['EMOTICONS', { anything: 1 }, { kind: 'sticker', image: null }],
    ['PRODUCT_CARD', { product_id: '1729' }, { kind: 'product', card: { reference: '1729' } }],
    [
      'ORDER_CARD',
      { order_id: '576653688135258178' },
      { kind: 'order', card: { reference: '576653688135258178' } },
    ],
    [
      'RETURN_REFUND_CARD',
      { order_id: '5', sku_id: '6' },
      { kind: 'return', card: { reference: '5', subtitle: '6' } },
    ],
    ['COUPON_CARD', { coupon_id: '7' }, { kind: 'voucher', card: { reference: '7' } }],
    ['NOTIFICATION', { content: 'Chat closed' }, { kind: 'system', text: 'Chat closed' }],
    ['ALLOCATED_SERVICE', { content: 'An agent joined' }, { kind: 'system' }],
    [
      'BUYER_ENTER_FROM_ORDER',
      { order_id: '5' },
      { kind: 'order', author: 'platform', card: { reference: '5' } },
    ],
    ['OTHER', { content: 'See the app' }, { kind: 'unsupported', text: 'See the app' }],
    ['HOLOGRAM', {}, { kind: 'unsupported', type: 'HOLOGRAM' }],
  ])('type %s', (type, content, expected) => {
    expect(read({ type, content: JSON.stringify(content) })).toMatchObject(expected);
  });

  it('keep what must not be shown, marked as such', () => {
    expect(read({ is_visible: false })).toMatchObject({ visible: false, text: 'hi' });
  });

  it.each<[string, object]>([
    ['content that is no JSON', { content: '{' }],
    ['a role nobody knows', by('GHOST')],
    ['no sender', { sender: null }],
    ['no time', { create_time: 0 }],
    ['a picture without an address', { type: 'IMAGE', content: '{}' }],
  ])('unreadable: %s', (_, change) => {
    expect(read(change)).toMatchObject({ kind: 'unreadable', remoteId: '7494560109732334299' });
  });
});

describe('TikTok Shop conversations', () => {
  it('name the buyer by the id that chat knows', () => {
    const item = {
      id: conversationId,
      unread_count: 2,
      can_send_message: 'false',
      participants: [
        { role: 'SHOP', im_user_id: '1' },
        {
          role: 'BUYER',
          im_user_id: '2',
          user_id: '3',
          nickname: 'ana',
          avatar: 'https://t.example/ana.png',
        },
      ],
      latest_message: { id: '9', create_time: 1700000239 },
    };
    expect(readTikTokConversation(parseJson(JSON.stringify(item)))).toEqual({
      remoteId: conversationId,
      buyer: { remoteId: '2', name: 'ana', avatarUrl: 'https://t.example/ana.png' },
      unread: 2,
      lastMessageId: '9',
      lastMessageAt: 1_700_000_239_000,
      canSend: false,
    });
  });
});
