import { asInteger, asText, bareNumber } from '../api/json.ts';
import type { ApiAnswer } from '../api/types.ts';
import { byNewest, unreadCount } from '../world/reading.ts';
import { shopeeError, shopeeOk } from './answers.ts';
import { namedConversation, type ShopeeContext } from './context.ts';
import { lastNano, shopeeConversation, shopeeMessage } from './views.ts';

const MAX_PAGE = 60;

function pageSize(value: unknown): number | null {
  const size = value === undefined ? 25 : asInteger(value);
  return size !== null && size >= 1 && size <= MAX_PAGE ? size : null;
}

function bigOrNull(value: unknown): bigint | null {
  const text = asText(value);
  return text !== null && /^\d{1,20}$/.test(text) ? BigInt(text) : null;
}

/** `get_conversation_list`: newest first; `older` goes on before the cursor, `latest` gives what came after it. */
export function conversationList(context: ShopeeContext): ApiAnswer {
  const { params, shop, parts } = context;
  const size = pageSize(params['page_size']);
  const [direction, type] = [params['direction'], params['type']];
  if (size === null) return shopeeError('error_param', 'page_size should be between 1 and 60.');
  if (direction !== 'latest' && direction !== 'older')
    return shopeeError('error_param', 'direction is invalid.');
  if (type !== 'all' && type !== 'pinned' && type !== 'unread')
    return shopeeError('error_param', 'type is invalid.');
  const cursor = bigOrNull(params['next_timestamp_nano']);
  const wanted = byNewest(shop).filter((conversation) => {
    if (type === 'pinned' && !conversation.pinned) return false;
    if (type === 'unread' && unreadCount(conversation) === 0) return false;
    if (cursor === null) return true;
    return direction === 'older' ? lastNano(conversation) < cursor : lastNano(conversation) > cursor;
  });
  wanted.sort((a, b) => (lastNano(b) > lastNano(a) ? 1 : -1));
  const page = wanted.slice(0, size);
  const last = page.at(-1);
  const next = last === undefined ? '' : String(lastNano(last));
  const page_result = {
    page_size: page.length,
    more: wanted.length > page.length,
    next_cursor: { next_message_time_nano: next, conversation_id: last?.id ?? '' },
  };
  const conversations = page.map((conversation) => shopeeConversation(parts, shop, conversation, bareNumber));
  return shopeeOk({ page_result, conversations }, context.request.now);
}

/** `get_one_conversation`. */
export function oneConversation(context: ShopeeContext): ApiAnswer {
  const conversation = namedConversation(context);
  if (conversation === undefined) return shopeeError('resource_not_found');
  return shopeeOk(
    shopeeConversation(context.parts, context.shop, conversation, bareNumber),
    context.request.now,
  );
}

/** `get_message`: newest first; `offset` is the id of the last message of the page before. */
export function messageList(context: ShopeeContext): ApiAnswer {
  const { params, shop, parts } = context;
  const conversation = namedConversation(context);
  if (conversation === undefined) return shopeeError('resource_not_found');
  const size = pageSize(params['page_size']);
  if (size === null) return shopeeError('error_param', 'page_size should be between 1 and 60.');
  const offset = asText(params['offset']);
  const all = conversation.messages;
  const end = offset === null || offset === '0' ? all.length : all.findIndex(({ id }) => id === offset);
  if (end < 0) return shopeeError('error_param', 'offset is invalid.');
  const start = Math.max(0, end - size);
  const page = all.slice(start, end).reverse();
  const messages = page.map((message) => shopeeMessage(parts, shop, conversation, message));
  const next_offset = start > 0 ? (page.at(-1)?.id ?? '') : '';
  return shopeeOk({ messages, page_result: { next_offset, page_size: page.length } }, context.request.now);
}

/** `get_unread_conversation_count`: conversations, not messages. */
export function unreadConversations(context: ShopeeContext): ApiAnswer {
  const total = byNewest(context.shop).filter((conversation) => unreadCount(conversation) > 0).length;
  return shopeeOk({ total_unread_count: total }, context.request.now);
}
