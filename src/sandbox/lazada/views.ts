import type { PlatformParts } from '../api/types.ts';
import type { Conversation, Message, Shop } from '../world/model.ts';
import { lastAt, lastMessage, messageAt, unreadCount } from '../world/reading.ts';
import { lazadaContent } from './content.ts';

/** Sites whose gateway prints numbers and booleans as text; the others print them bare. Both occur in the samples. */
const TEXT_SITES = new Set(['PH']);

/** True where this shop's gateway answers numbers as text. */
export function answersTexts(shop: Shop): boolean {
  return TEXT_SITES.has(shop.site);
}

/** A message as `/im/message/list` gives it; the content is JSON text. */
export function lazadaMessage(
  parts: PlatformParts,
  shop: Shop,
  conversation: Conversation,
  message: Message,
): object {
  const fromBuyer = message.author === 'buyer';
  const [template, content] = lazadaContent(parts, shop, message.content);
  return {
    message_id: message.id,
    session_id: conversation.id,
    template_id: template,
    type: message.author === 'platform' ? 2 : 1,
    content: JSON.stringify(content),
    from_account_id: fromBuyer ? conversation.buyer.id : shop.sellerId,
    from_account_type: fromBuyer ? 1 : 2,
    to_account_id: fromBuyer ? shop.sellerId : conversation.buyer.id,
    to_account_type: fromBuyer ? 2 : 1,
    send_time: message.at,
    status: message.recalled ? 1 : 0,
    auto_reply: message.author === 'auto' || message.author === 'bot',
    process_msg: message.notice,
    site_id: shop.site,
  };
}

function summaryOf(parts: PlatformParts, shop: Shop, message: Message | undefined): string {
  if (message === undefined) return '';
  const [, content] = lazadaContent(parts, shop, message.content);
  return content['txt'] ?? content['title'] ?? '[picture]';
}

/** A session as `/im/session/list` gives it; times in milliseconds. */
export function lazadaSession(parts: PlatformParts, shop: Shop, conversation: Conversation): object {
  const { buyer } = conversation;
  const last = lastMessage(conversation);
  return {
    session_id: conversation.id,
    summary: summaryOf(parts, shop, last),
    title: buyer.name,
    head_url: buyer.avatar === null ? '' : parts.pictureUrl(buyer.avatar),
    last_message_id: last?.id ?? '',
    last_message_time: lastAt(conversation),
    buyer_id: buyer.id,
    unread_count: unreadCount(conversation),
    self_position: messageAt(conversation, conversation.readUpTo)?.at ?? 0,
    to_position: messageAt(conversation, conversation.buyerReadUpTo)?.at ?? 0,
    tags: [],
    site_id: shop.site,
  };
}
