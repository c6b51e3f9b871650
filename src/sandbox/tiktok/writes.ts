import { asInteger, asRecord, asText, parseJson } from '../api/json.ts';
import type { ApiAnswer } from '../api/types.ts';
import { uploadAt } from '../api/uploads.ts';
import { orderCard, productCard, voucherCard } from '../world/catalogue.ts';
import type { Content, Shop } from '../world/model.ts';
import { TiktokCode, tiktokError, tiktokOk } from './answers.ts';
import { pathConversation, type TiktokContext } from './context.ts';

/** Longest text of one message, in characters. */
const MAX_TEXT = 2000;

function fieldsOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'string' ? asRecord(parseJson(value)) : null;
}

/** What a send's body holds, by type, or the refusal. */
function readContent(
  { parts, shop }: TiktokContext,
  type: unknown,
  fields: Record<string, unknown>,
): Content | ApiAnswer {
  const invalid = tiktokError(TiktokCode.invalid, 'content does not fit type');
  const unknown = tiktokError(TiktokCode.notFound);
  switch (type) {
    case 'TEXT': {
      const { content: text } = fields;
      if (typeof text !== 'string' || text === '' || [...text].length > MAX_TEXT) return invalid;
      return { kind: 'text', text };
    }
    case 'IMAGE': {
      const [url, width, height] = [
        asText(fields['url']),
        asInteger(fields['width']),
        asInteger(fields['height']),
      ];
      if (url === null || width === null || height === null) return invalid;
      const upload = uploadAt(parts.world, shop.key, url, parts.fileUrl);
      return upload === undefined ? unknown : { kind: 'upload', upload: { ...upload, width, height } };
    }
    case 'PRODUCT_CARD': {
      const itemId = asText(fields['product_id']);
      return itemId === null ? invalid : (productCard(shop, itemId) ?? unknown);
    }
    case 'ORDER_CARD': {
      const orderId = asText(fields['order_id']);
      return orderId === null ? invalid : (orderCard(shop, orderId) ?? unknown);
    }
    case 'COUPON_CARD': {
      const voucherId = asText(fields['coupon_id']);
      return voucherId === null ? invalid : (voucherCard(shop, voucherId) ?? unknown);
    }
    default:
      return tiktokError(TiktokCode.unsupported, 'This message type cannot be sent');
  }
}

/** COUPON_CARD: 0.5 requests a second; counted for the shop. */
function isTooSoon(shop: Shop, now: number): boolean {
  return [...shop.conversations.values()].some(({ messages }) =>
    messages.some(({ content, viaApi, at }) => viaApi && content.kind === 'voucher' && now - at < 2000),
  );
}

/** `POST conversations/{id}/messages`. */
export function send(context: TiktokContext): ApiAnswer {
  const { parts, shop, request } = context;
  const conversation = pathConversation(context);
  if (conversation === undefined) return tiktokError(TiktokCode.notFound);
  const body = asRecord(parseJson(request.body));
  if (body === null) return tiktokError(TiktokCode.badBody, 'The body is not a JSON object');
  const fields = fieldsOf(body['content']);
  if (fields === null) return tiktokError(TiktokCode.invalid, 'content must be JSON text');
  const content = readContent(context, body['type'], fields);
  if ('json' in content) return content;
  if (parts.profile === 'strict' && content.kind === 'voucher' && isTooSoon(shop, request.now)) {
    return tiktokError(TiktokCode.couponRate, 'At most one coupon card in two seconds');
  }
  const message = parts.world.draft(shop, 'agent', content, request.now, true);
  const effect = { kind: 'message', shop: shop.key, conversationId: conversation.id, message } as const;
  return { ...tiktokOk({ message_id: message.id }, request.now, [effect]), messageId: message.id };
}

/** `POST conversations/{id}/messages/read`: everything the buyer wrote. */
export function read(context: TiktokContext): ApiAnswer {
  const conversation = pathConversation(context);
  if (conversation === undefined) return tiktokError(TiktokCode.notFound);
  const seq = conversation.messages.at(-1)?.seq ?? 0;
  const effect = { kind: 'read', shop: context.shop.key, conversationId: conversation.id, seq } as const;
  return tiktokOk({}, context.request.now, [effect]);
}

/** `POST conversations`: opens, or reopens, the conversation with a buyer of an order. */
export function create({ shop, request }: TiktokContext): ApiAnswer {
  const buyerUserId = asText(asRecord(parseJson(request.body))?.['buyer_user_id']);
  if (buyerUserId === null) return tiktokError(TiktokCode.invalid, 'buyer_user_id is required');
  const found = [...shop.conversations.values()].find(({ buyer }) => buyer.orderUserId === buyerUserId);
  if (found === undefined) return tiktokError(TiktokCode.mayNotStart, 'The conversation may not be started');
  return tiktokOk({ conversation_id: found.id }, request.now);
}

/** `GET agents/settings`. */
export function getSettings({ shop, request }: TiktokContext): ApiAnswer {
  return tiktokOk({ can_accept_chat: shop.acceptsChat }, request.now);
}

/** `PUT agents/settings`. */
export function putSettings({ shop, request }: TiktokContext): ApiAnswer {
  const value = asRecord(parseJson(request.body))?.['can_accept_chat'];
  if (typeof value !== 'boolean') return tiktokError(TiktokCode.invalid, 'can_accept_chat is required');
  return tiktokOk({}, request.now, [{ kind: 'accept-chat', shop: shop.key, value }]);
}
