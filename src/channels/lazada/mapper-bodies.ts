import { at, isObject, type Json, tryParseJson } from '../json.ts';
import {
  cardBody,
  cardOf,
  imageOf,
  type MessageBody,
  textBody,
  translationOf,
  unsupported,
} from '../message.ts';
import { asObject, asText, asWord } from '../readers.ts';
import { template } from './templates.ts';

type Read = (content: Json) => MessageBody | null;

/** The name of the translation is spelt in two ways (reference 4). */
const readText: Read = (content) => {
  const body = textBody(asText(at(content, 'txt')));
  const translation = translationOf(at(content, 'translateTxt') ?? at(content, 'translatText'));
  return body === null ? null : { ...body, translation };
};

const readSystemText: Read = (content) => {
  const text = inOneLanguage(at(content, 'txt')) ?? asText(at(content, 'recallContent'));
  return text === null ? null : { kind: 'system', text };
};

const readPicture: Read = (content) => {
  const image = imageOf(at(content, 'imgUrl'), at(content, 'width'), at(content, 'height'));
  return image === null ? null : { kind: 'image', image };
};

const readEmoji: Read = (content) => {
  const image = imageOf(at(content, 'imgUrl')) ?? imageOf(at(content, 'smallImgUrl'));
  const text = asText(at(content, 'txt'));
  return image === null && text === null ? null : { kind: 'sticker', text, image };
};

const readVideo: Read = (content) => {
  const image = imageOf(at(content, 'imgUrl'), at(content, 'width'), at(content, 'height'));
  const named = asText(at(content, 'videoUrl')) ?? asWord(at(content, 'videoId'));
  return image === null && named === null ? null : { kind: 'video', image };
};

const readItem: Read = (content) => {
  const card = cardOf({
    title: at(content, 'title'),
    reference: at(content, 'itemId'),
    price: at(content, 'price'),
    subtitle: at(content, 'discount'),
  });
  return cardBody('product', card, imageOf(at(content, 'iconUrl')));
};

const readOrder: Read = (content) => {
  const card = cardOf({
    title: at(content, 'title'),
    subtitle: at(content, 'content'),
    reference: at(content, 'orderId'),
    status: at(content, 'status'),
  });
  return cardBody('order', card, imageOf(at(content, 'iconUrl')));
};

const readVoucher: Read = (content) => {
  const card = cardOf({
    title: at(content, 'title'),
    subtitle: at(content, 'desc'),
    reference: at(content, 'voucherId'),
    status: at(content, 'period'),
    price: at(content, 'discount') ?? at(content, 'discountAmount'),
  });
  return cardBody('voucher', card, imageOf(at(content, 'iconUrl')));
};

const readInvitation: Read = (content) => ({
  kind: 'system',
  card: cardOf({
    title: at(content, 'title'),
    subtitle: at(content, 'desc'),
    reference: at(content, 'shopId'),
  }),
  image: imageOf(at(content, 'iconUrl')),
});

const readRefund: Read = (content) => {
  const price = asWord(at(content, 'orderTotalPrice'));
  const card = cardOf({
    title: inOneLanguage(at(content, 'title')) ?? undefined,
    subtitle: at(content, 'subOrderTitle'),
    reference: at(content, 'refundOrderId'),
    status: at(content, 'refundOrderReason'),
    price: price === null ? undefined : `${price} ${asWord(at(content, 'orderTotalPriceUnit')) ?? ''}`.trim(),
  });
  return cardBody('return', card, imageOf(at(content, 'subOrderIcon')));
};

/** The automatic answer and the choices offered under it, a line each. */
const readMenu: Read = (content) => {
  const text = asText(at(content, 'txt'));
  if (text === null) return null;
  const choices = Array.from({ length: 10 }, (_, index) =>
    asWord(at(content, `action${String(index + 1)}Txt`)),
  );
  return { kind: 'text', text: [text, ...choices.filter((choice) => choice !== null)].join('\n') };
};

const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  [template.text, readText],
  [template.systemText, readSystemText],
  [template.picture, readPicture],
  [template.emoji, readEmoji],
  [template.video, readVideo],
  [template.item, readItem],
  [template.order, readOrder],
  [template.voucher, readVoucher],
  [template.followInvitation, readInvitation],
  [template.refundOrder, readRefund],
  [template.autoReplyMenu, readMenu],
]);

/** What a message of this template says; null where its content lacks what the template must have. */
export function readLazadaBody(templateId: string, item: Json): MessageBody | null {
  const reader = readers.get(templateId);
  if (reader === undefined) return unsupported;
  const content = asObject(at(item, 'content'));
  return content === null ? null : reader(content);
}

/** Some system texts are JSON keyed by language: English if it is among them, else the first. */
function inOneLanguage(value: Json | undefined): string | null {
  const parsed = typeof value === 'string' && value.trimStart().startsWith('{') ? tryParseJson(value) : value;
  if (!isObject(parsed)) return asText(value);
  const english = Object.keys(parsed).find((language) => /^en\b|^en_/i.test(language));
  return asText(at(parsed, english ?? Object.keys(parsed)[0] ?? ''));
}
