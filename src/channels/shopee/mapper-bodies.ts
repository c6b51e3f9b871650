import { at, isObject, type Json } from '../json.ts';
import {
  cardBody,
  cardOf,
  imageOf,
  type MessageBody,
  textBody,
  translationOf,
  unsupported,
} from '../message.ts';
import { asObject, asText } from '../readers.ts';

type Read = (content: Json, item: Json) => MessageBody | null;

/** The order being spoken of, where the message says so: inner `order_id`s are Shopee's own numbers, not `order_sn`. */
const orderNumber = (item: Json): Json | undefined => at(item, 'source_content', 'order_sn');

function readPicture(content: Json): MessageBody['image'] {
  const [width, height] = [at(content, 'thumb_width'), at(content, 'thumb_height')];
  const picture = imageOf(at(content, 'url') ?? at(content, 'image_url'), width, height);
  const thumbUrl = imageOf(at(content, 'thumb_url'))?.url ?? null;
  return picture === null || thumbUrl === null || thumbUrl === picture.url
    ? picture
    : { ...picture, thumbUrl };
}

const readText: Read = (content) => {
  const body = textBody(asText(at(content, 'text')));
  const own = at(content, 'translation');
  const translation = isObject(own)
    ? translationOf(at(own, 'text'), at(own, 'source_language'), at(own, 'target_language'))
    : translationOf(own);
  return body === null ? null : { ...body, translation };
};

const readImage: Read = (content) => {
  const picture = readPicture(content);
  return picture === null || picture === undefined
    ? null
    : { kind: 'image', image: picture, text: asText(at(content, 'text')) };
};

const readSticker: Read = (content) => {
  const card = cardOf({ title: at(content, 'sticker_package_id'), reference: at(content, 'sticker_id') });
  return cardBody('sticker', card, imageOf(at(content, 'image_url')));
};

const readVideo: Read = (content) => {
  const thumb = imageOf(at(content, 'thumb_url'), at(content, 'thumb_width'), at(content, 'thumb_height'));
  const named = asText(at(content, 'video_url')) ?? asText(at(content, 'vid'));
  return thumb === null && named === null ? null : { kind: 'video', image: thumb };
};

const readItem: Read = (content) => cardBody('product', cardOf({ reference: at(content, 'item_id') }));
const readOrder: Read = (content) => cardBody('order', cardOf({ reference: at(content, 'order_sn') }));

const readVoucher: Read = (content) =>
  cardBody(
    'voucher',
    cardOf({
      title: at(content, 'voucher_code'),
      reference: at(content, 'voucher_id') ?? at(content, 'voucher_code'),
    }),
  );

const readReturn: Read = (content, item) => ({
  kind: 'return',
  card: cardOf({ subtitle: orderNumber(item), reference: at(content, 'rr_detail', 'return_id') }),
});

/** Cards and notes the platform writes around the talk: their words where they have any, and the order. */
const readSystem: Read = (content, item) => ({
  kind: 'system',
  text: asText(at(content, 'text')),
  card: cardOf({ title: at(content, 'title'), reference: orderNumber(item) }),
});

/** Reference 5.6. Names not listed here, `item_list` and `bundle_message` among them, can't be read. */
const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['text', readText],
  ['image', readImage],
  ['image_with_text', readImage],
  ['sticker', readSticker],
  ['video', readVideo],
  ['item', readItem],
  ['order', readOrder],
  ['voucher', readVoucher],
  ['faq_liveagent', readText],
  ...['return_refund_card', 'track_rr_status_card', 'rr_entrance_card', 'rr_operate_feedback_card'].map(
    (type): [string, Read] => [type, readReturn],
  ),
  ...[
    'notification',
    'unrated_order_reminder',
    'customer_service_entrance',
    'logistics_card',
    'logistics_issue_enquiry_card',
    'expedited_logistics_card',
    'late_delivery_compensation_voucher',
    'crm_order_rate',
  ].map((type): [string, Read] => [type, readSystem]),
]);

/** What a message of this type says; null where its content lacks what the type must have. */
export function readShopeeBody(type: string, item: Json): MessageBody | null {
  const reader = readers.get(type);
  if (reader === undefined) return unsupported;
  const content = asObject(at(item, 'content'));
  return content === null ? null : reader(content, item);
}
