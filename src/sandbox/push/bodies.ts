import type { PlatformParts } from '../api/types.ts';
import { lazadaMessage } from '../lazada/views.ts';
import { shopeeMessage } from '../shopee/views.ts';
import { tiktokMessage } from '../tiktok/views.ts';
import type { Conversation, Message, Shop } from '../world/model.ts';
import { messageAt, unreadCount } from '../world/reading.ts';

/** Something a platform tells its app's callback address. */
export interface PushNews {
  /** Shopee's code, the others' type. */
  readonly event: number;
  readonly messageId: string | null;
  readonly body: string;
}

type Parts = Pick<PlatformParts, 'pictureUrl' | 'thumbUrl' | 'fileUrl' | 'world' | 'keys' | 'profile'>;

function shopeeNews(
  parts: Parts,
  shop: Shop,
  conversation: Conversation,
  message: Message,
  now: number,
): PushNews {
  const shown = shopeeMessage(parts, shop, conversation, message) as Record<string, unknown>;
  const fromBuyer = message.author === 'buyer';
  const { buyer } = conversation;
  const content = {
    ...shown,
    request_id: `p${message.id}`,
    shop_id: Number(shop.shopId),
    from_user_name: fromBuyer ? buyer.name : shop.name,
    to_user_name: fromBuyer ? shop.name : buyer.name,
    is_in_chatbot_session: message.author === 'bot',
    sub_account_id: 0,
    sub_account_name: '',
    business_type: 0,
  };
  const envelope = {
    msg_id: '',
    data: { type: 'message', region: shop.site, content },
    shop_id: Number(shop.shopId),
    code: 10,
    timestamp: Math.floor(now / 1000),
  };
  return { event: 10, messageId: message.id, body: JSON.stringify(envelope) };
}

function lazadaEnvelope(shop: Shop, type: number, data: object, now: number): string {
  const site = `lazada_${shop.site.toLowerCase()}`;
  return JSON.stringify({ seller_id: shop.shopId, message_type: type, data, timestamp: now, site });
}

function tiktokNews(
  parts: Parts,
  shop: Shop,
  conversation: Conversation,
  message: Message,
  now: number,
): PushNews {
  const shown = tiktokMessage(parts, shop, conversation, message) as Record<string, unknown>;
  const { id, sender, ...rest } = shown;
  const { im_user_id, role } = sender as Record<string, unknown>;
  const data = { ...rest, message_id: id, conversation_id: conversation.id, sender: { im_user_id, role } };
  const envelope = {
    type: 14,
    tts_notification_id: `73${message.id.slice(2)}`,
    shop_id: shop.shopId,
    timestamp: Math.floor(now / 1000),
    data,
  };
  return { event: 14, messageId: message.id, body: JSON.stringify(envelope) };
}

/** What a new message (or, on Lazada, a recalled one) is pushed as. */
export function messageNews(
  parts: Parts,
  shop: Shop,
  conversation: Conversation,
  message: Message,
  now: number,
): PushNews {
  switch (shop.platform) {
    case 'shopee':
      return shopeeNews(parts, shop, conversation, message, now);
    case 'tiktok':
      return tiktokNews(parts, shop, conversation, message, now);
    case 'lazada': {
      const data = lazadaMessage(parts, shop, conversation, message);
      return { event: 2, messageId: message.id, body: lazadaEnvelope(shop, 2, data, now) };
    }
  }
}

/** Lazada's session update, pushed when a conversation was read. */
export function sessionNews(shop: Shop, conversation: Conversation, now: number): PushNews {
  const data = {
    sync_type: 'SESSION_UPDATE',
    user_account_id: shop.sellerId,
    user_account_type: 2,
    session_id: conversation.id,
    unread_count: unreadCount(conversation),
    to_position: messageAt(conversation, conversation.buyerReadUpTo)?.at ?? 0,
    self_position: messageAt(conversation, conversation.readUpTo)?.at ?? 0,
    site_id: shop.site,
  };
  return { event: 19, messageId: null, body: lazadaEnvelope(shop, 19, data, now) };
}
