import { describe, expect, it } from 'vitest';
import { parseJson } from '../json.ts';
import { readMessages } from '../message.ts';
import { readLazadaMessage, readLazadaSession } from './mapper.ts';

const session = '100094063_2_1011822749_1_103';
const base = {
  session_id: session,
  message_id: '1zYOS7N0cuIqw96026',
  template_id: '1',
  type: '1',
  content: '{"txt":"hello"}',
  from_account_id: '1011822749',
  from_account_type: '1',
  to_account_id: '100094063',
  to_account_type: '2',
  send_time: '1700000240000',
  status: '0',
  auto_reply: 'false',
  process_msg: '',
  site_id: 'SG',
};
const fromSeller = { from_account_type: 2, to_account_type: 1 };

const read = (change: object) => {
  const page = parseJson(JSON.stringify([{ ...base, ...change }]));
  const [message] = readMessages(page, 1, (item) => readLazadaMessage(item, session));
  if (message === undefined) throw new Error('no message');
  return message;
};

describe('Lazada messages', () => {
  it('are the same with numbers as text and bare', () => {
    const message = read({});
    expect(message).toMatchObject({
      remoteId: '1zYOS7N0cuIqw96026',
      conversationId: session,
      author: 'buyer',
      kind: 'text',
      at: 1_700_000_240_000,
      sequence: '',
      text: 'hello',
      type: '1',
      notice: null,
      raw: null,
    });
    const bare = {
      template_id: 1,
      type: 1,
      from_account_type: 1,
      send_time: 1700000240000,
      status: 0,
      auto_reply: false,
    };
    expect(read(bare)).toEqual(message);
  });

  it.each<[string, object, object]>([
    ['the shop', fromSeller, { author: 'shop' }],
    ['an automatic reply', { ...fromSeller, auto_reply: 'true' }, { author: 'automatic' }],
    ['the platform', { ...fromSeller, type: 2 }, { author: 'platform' }],
    ['recalled', { status: 1 }, { recalled: true, text: 'hello' }],
    [
      'stopped by the filter',
      { ...fromSeller, process_msg: 'Contains a phone number' },
      { notice: 'Contains a phone number' },
    ],
    ['no word of the filter', { process_msg: 'null' }, { notice: null }],
  ])('are told apart: %s', (_, change, expected) => {
    expect(read(change)).toMatchObject({ kind: 'text', ...expected });
  });

  it.each<[number, object, object]>([
    [
      2,
      { txt: '{"en":"Order shipped","th":"x"}' },
      { kind: 'system', author: 'platform', text: 'Order shipped' },
    ],
    [2, { recallContent: 'A message was recalled' }, { kind: 'system', text: 'A message was recalled' }],
    [
      3,
      { imgUrl: '//l.example/a.jpg', width: '640', height: 480 },
      { kind: 'image', image: { url: 'https://l.example/a.jpg', width: 640, height: 480 } },
    ],
    [4, { txt: '[happy]', smallImgUrl: 'https://l.example/h.png' }, { kind: 'sticker', text: '[happy]' }],
    [6, { imgUrl: 'https://l.example/v.jpg', videoId: '5' }, { kind: 'video' }],
    [
      10006,
      { itemId: '9007199254740993', title: 'Lamp', price: '$5' },
      { kind: 'product', card: { reference: '9007199254740993', title: 'Lamp', price: '$5' } },
    ],
    [
      10007,
      { orderId: 288, title: 'Order', status: 'shipped' },
      { kind: 'order', card: { reference: '288', status: 'shipped' } },
    ],
    [
      10008,
      { voucherId: 'v1', title: '5 off', desc: 'until May' },
      { kind: 'voucher', card: { reference: 'v1', subtitle: 'until May' } },
    ],
    [10010, { title: 'Follow us' }, { kind: 'system', card: { title: 'Follow us' } }],
    [
      10011,
      {
        refundOrderId: 'r1',
        title: '{"th_TH":"คืนเงิน","en_US":"Refund"}',
        orderTotalPrice: 5,
        orderTotalPriceUnit: 'SGD',
      },
      { kind: 'return', card: { reference: 'r1', title: 'Refund', price: '5 SGD' } },
    ],
    [
      10015,
      { txt: 'How can we help?', action1Txt: 'Track', action2Txt: 'Return' },
      { kind: 'text', author: 'automatic', text: 'How can we help?\nTrack\nReturn' },
    ],
    [10099, { any: 1 }, { kind: 'unsupported', type: '10099' }],
  ])('template %i %o', (template_id, content, expected) => {
    expect(read({ ...fromSeller, template_id, content: JSON.stringify(content) })).toMatchObject(expected);
  });

  it.each<[string, object]>([
    ['content that is no JSON', { content: 'hello' }],
    ['content without its text', { content: '{"activeContent":1}' }],
    ['no sender', { from_account_type: null }],
    ['a time that is none', { send_time: 'yesterday' }],
    ['no template', { template_id: undefined }],
  ])('unreadable: %s', (_, change) => {
    expect(read(change)).toMatchObject({ kind: 'unreadable', remoteId: '1zYOS7N0cuIqw96026' });
  });
});

describe('Lazada sessions', () => {
  it('take the buyer from the session id where the field is missing', () => {
    const item = parseJson(
      JSON.stringify({
        session_id: session,
        title: 'Nok',
        unread_count: '2',
        last_message_time: '1700000240000',
      }),
    );
    expect(readLazadaSession(item)).toEqual({
      remoteId: session,
      buyer: { remoteId: '1011822749', name: 'Nok', avatarUrl: null },
      unread: 2,
      lastMessageId: null,
      lastMessageAt: 1_700_000_240_000,
      canSend: true,
    });
  });
});
