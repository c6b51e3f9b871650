import { asInteger, asRecord, asText, bareNumber } from '../api/json.ts';
import type { ApiAnswer } from '../api/types.ts';
import { uploadAt } from '../api/uploads.ts';
import { orderCard, productCard, voucherCard } from '../world/catalogue.ts';
import type { Content, Conversation } from '../world/model.ts';
import { shopeeError, shopeeOk } from './answers.ts';
import type { ShopeeContext } from './context.ts';
import { shopeeContent } from './views.ts';

/** Longest text of one message, in characters. */
const MAX_TEXT = 600;
/** Messages in a row without the buyer's reply. */
const MAX_UNANSWERED = 5;
const DAY = 86_400_000;

/** What a `send_message` body holds, or the refusal. */
function readContent(context: ShopeeContext): Content | ApiAnswer {
  const content = asRecord(context.params['content']);
  if (content === null) return shopeeError('error_param', 'content is required.');
  const { parts, shop } = context;
  const missing = shopeeError('param_error', 'content does not fit message_type.');
  const unknown = shopeeError('resource_not_found');
  switch (context.params['message_type']) {
    case 'text': {
      const { text } = content;
      if (typeof text !== 'string' || text === '') return missing;
      return [...text].length > MAX_TEXT ? shopeeError('message_too_long') : { kind: 'text', text };
    }
    case 'image': {
      const upload = uploadAt(parts.world, shop.key, content['image_url'], parts.fileUrl);
      return upload === undefined ? missing : { kind: 'upload', upload };
    }
    case 'sticker': {
      const [name, pack] = [asText(content['sticker_id']), asText(content['sticker_package_id'])];
      return name === null || pack === null ? missing : { kind: 'sticker', name, pack };
    }
    case 'item': {
      const itemId = asText(content['item_id']);
      return itemId === null ? missing : (productCard(shop, itemId) ?? unknown);
    }
    case 'order': {
      const orderId = asText(content['order_sn']);
      return orderId === null ? missing : (orderCard(shop, orderId) ?? unknown);
    }
    case 'voucher': {
      const [voucherId, code] = [asText(content['voucher_id']), asText(content['voucher_code'])];
      if (voucherId === null || code === null) return missing;
      const voucher = voucherCard(shop, voucherId);
      return voucher?.code === code ? voucher : unknown;
    }
    default:
      return shopeeError('param_error', 'message_type is invalid.');
  }
}

/** The strict profile's chat rules: five in a row, and no text twice within a day. */
function checkRules(conversation: Conversation, content: Content, now: number): ApiAnswer | null {
  const { messages } = conversation;
  const sinceBuyer = messages.slice(messages.findLastIndex(({ author }) => author === 'buyer') + 1);
  const own = sinceBuyer.filter(({ author }) => author === 'agent');
  if (own.length >= MAX_UNANSWERED) return shopeeError('reach_5_message_limit');
  if (content.kind !== 'text') return null;
  const repeated = messages.some(
    (message) =>
      message.viaApi &&
      message.content.kind === 'text' &&
      message.content.text === content.text &&
      now - message.at < DAY,
  );
  return repeated
    ? shopeeError('error_business', 'The same message was sent to this buyer within 24 hours.')
    : null;
}

/** `send_message` and `send_autoreply_message`. */
export function sendMessage(context: ShopeeContext, author: 'agent' | 'auto'): ApiAnswer {
  const { params, shop, parts, request } = context;
  const toId = asInteger(params['to_id']);
  if (toId === null) return shopeeError('error_param', 'to_id is required.');
  const conversation = [...shop.conversations.values()].find(({ buyer }) => buyer.id === String(toId));
  if (conversation === undefined) return shopeeError('user_is_forbidden');
  const typed = author === 'auto' ? { ...params, message_type: 'text' } : params;
  const content = readContent({ ...context, params: typed });
  if ('status' in content && 'json' in content) return content;
  const refused = parts.profile === 'strict' ? checkRules(conversation, content, request.now) : null;
  if (refused !== null) return refused;
  const message = parts.world.draft(shop, author, content, request.now, true);
  const [message_type, shown] = shopeeContent(parts, shop, content);
  const response = {
    message_id: message.id,
    to_id: toId,
    message_type,
    content: shown,
    // A bare number beyond 2^53: what the platform really does.
    conversation_id: bareNumber(conversation.id),
    created_timestamp: Math.floor(request.now / 1000),
    region: shop.site,
    message_option: 0,
  };
  const effect = { kind: 'message', shop: shop.key, conversationId: conversation.id, message } as const;
  return { ...shopeeOk(response, request.now, [effect]), messageId: message.id };
}
