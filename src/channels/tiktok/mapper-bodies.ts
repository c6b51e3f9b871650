import { at, type Json } from '../json.ts';
import { cardBody, cardOf, imageOf, type MessageBody, textBody, unsupported } from '../message.ts';
import { asObject, asText, asWord } from '../readers.ts';

type Read = (content: Json) => MessageBody | null;

const readText: Read = (content) => textBody(asText(at(content, 'content')));

const readSystem: Read = (content) => {
  const text = asText(at(content, 'content'));
  return text === null ? null : { kind: 'system', text };
};

const readImage: Read = (content) => {
  const image = imageOf(at(content, 'url'), at(content, 'width'), at(content, 'height'));
  return image === null ? null : { kind: 'image', image };
};

const readVideo: Read = (content) => {
  const image = imageOf(at(content, 'cover'), at(content, 'width'), at(content, 'height'));
  const named = asText(at(content, 'url')) ?? asWord(at(content, 'vid'));
  return image === null && named === null ? null : { kind: 'video', image };
};

/** The shape of its content is not published: whatever picture or words are in it. */
const readEmoticon: Read = (content) => ({
  kind: 'sticker',
  text: asText(at(content, 'content')),
  image: imageOf(at(content, 'url'), at(content, 'width'), at(content, 'height')),
});

const readProduct: Read = (content) => cardBody('product', cardOf({ reference: at(content, 'product_id') }));
const readOrder: Read = (content) => cardBody('order', cardOf({ reference: at(content, 'order_id') }));
const readCoupon: Read = (content) => cardBody('voucher', cardOf({ reference: at(content, 'coupon_id') }));

const readReturn: Read = (content) =>
  cardBody('return', cardOf({ reference: at(content, 'order_id'), subtitle: at(content, 'sku_id') }));

/** A type of the platform's own that it can't name either; its words tell the reader where to look. */
const readOther: Read = (content) => ({ kind: 'unsupported', text: asText(at(content, 'content')) });

/** Reference 4.3. */
const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['TEXT', readText],
  ['IMAGE', readImage],
  ['VIDEO', readVideo],
  ['EMOTICONS', readEmoticon],
  ['PRODUCT_CARD', readProduct],
  ['ORDER_CARD', readOrder],
  ['RETURN_REFUND_CARD', readReturn],
  ['COUPON_CARD', readCoupon],
  ['ALLOCATED_SERVICE', readSystem],
  ['NOTIFICATION', readSystem],
  ['BUYER_ENTER_FROM_TRANSFER', readSystem],
  ['BUYER_ENTER_FROM_PRODUCT', readProduct],
  ['BUYER_ENTER_FROM_ORDER', readOrder],
  ['OTHER', readOther],
]);

/** What a message of this type says; null where its content lacks what the type must have. */
export function readTikTokBody(type: string, item: Json): MessageBody | null {
  const reader = readers.get(type);
  if (reader === undefined) return unsupported;
  const content = asObject(at(item, 'content'));
  return content === null ? null : reader(content);
}
