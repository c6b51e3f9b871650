import type { PlatformParts } from '../api/types.ts';
import type { Author, Content, Conversation, Message, Shop } from '../world/model.ts';
import { lastAt, lastMessage, messageAt, unreadCount } from '../world/reading.ts';

/** A message's type and content as Shopee words them. */
export function shopeeContent(parts: PlatformParts, shop: Shop, content: Content): [string, unknown] {
  const shop_id = Number(shop.shopId);
  switch (content.kind) {
    case 'text':
      return ['text', { text: content.text }];
    case 'image': {
      const url = parts.pictureUrl(content.picture);
      const { width, height } = content.picture;
      const thumb_url = parts.thumbUrl(content.picture);
      return ['image', { url, thumb_url, thumb_width: width, thumb_height: height, file_server_id: 0 }];
    }
    case 'upload': {
      const { file, width, height } = content.upload;
      const url = parts.fileUrl(file);
      return ['image', { url, thumb_url: url, thumb_width: width, thumb_height: height }];
    }
    case 'video': {
      const cover = parts.pictureUrl(content.cover);
      const { width, height } = content.cover;
      return [
        'video',
        {
          video_url: `${cover}.mp4`,
          thumb_url: cover,
          thumb_width: width,
          thumb_height: height,
          duration_seconds: content.seconds,
        },
      ];
    }
    case 'sticker':
      return ['sticker', { sticker_id: content.name, sticker_package_id: content.pack }];
    case 'product':
      return ['item', { shop_id, item_id: Number(content.itemId) }];
    case 'order':
      return ['order', { shop_id, order_sn: content.orderId }];
    case 'voucher':
      return ['voucher', { shop_id, voucher_id: Number(content.voucherId), voucher_code: content.code }];
    case 'return':
      return [
        'return_refund_card',
        {
          order_info: { order_id: Number(content.returnId) + 7 },
          rr_detail: { return_id: Number(content.returnId) },
        },
      ];
    case 'logistics':
      return [
        'logistics_card',
        { common_info: { order_id: 700_000_000_000 + content.text.length }, text: content.text },
      ];
    case 'notice':
      return ['notification', { text: content.text }];
    case 'menu':
      return ['faq_liveagent', { text: content.text, pass_through_data: '', options: content.options }];
    case 'unknown':
      return [content.type, { title: content.text, layout: 'v2', blocks: [] }];
  }
}

const sources: Readonly<Record<Author, string>> = {
  buyer: 'android',
  agent: 'new_webchat',
  auto: 'server',
  bot: 'chatbot',
  platform: 'server',
};

function statusOf(message: Message): string {
  if (message.author !== 'auto') return 'normal';
  return message.seq % 3 === 0 ? 'offwork_autoreply' : 'auto_reply';
}

/** A message as `get_message` gives it: times in seconds, ids as text, account ids as numbers. */
export function shopeeMessage(
  parts: PlatformParts,
  shop: Shop,
  conversation: Conversation,
  message: Message,
): unknown {
  const mine = message.author !== 'buyer';
  const [type, content] = shopeeContent(parts, shop, message.content);
  const [buyer, seller] = [Number(conversation.buyer.id), Number(shop.sellerId)];
  return {
    message_id: message.id,
    message_type: type,
    from_id: mine ? seller : buyer,
    from_shop_id: mine ? Number(shop.shopId) : 0,
    to_id: mine ? buyer : seller,
    to_shop_id: mine ? 0 : Number(shop.shopId),
    conversation_id: conversation.id,
    created_timestamp: Math.floor(message.at / 1000),
    region: shop.site,
    status: statusOf(message),
    source: message.viaApi ? 'openapi' : sources[message.author],
    content,
    message_option: 0,
    source_content: {},
    quoted_msg: null,
  };
}

/** Nanoseconds as text: milliseconds, then digits of the conversation's own so that no two are equal. */
export function lastNano(conversation: Conversation): bigint {
  const tail = BigInt(conversation.id.slice(-6));
  return BigInt(lastAt(conversation)) * 1_000_000n + tail;
}

/** A conversation as the list gives it. */
export function shopeeConversation(
  parts: PlatformParts,
  shop: Shop,
  conversation: Conversation,
  rawNumber: (digits: string) => unknown,
): unknown {
  const last = lastMessage(conversation);
  const [type, content] = last === undefined ? ['text', {}] : shopeeContent(parts, shop, last.content);
  const { buyer } = conversation;
  const readMessage = messageAt(conversation, conversation.readUpTo);
  return {
    conversation_id: conversation.id,
    to_id: Number(buyer.id),
    to_name: buyer.name,
    to_avatar: buyer.avatar === null ? '' : parts.pictureUrl(buyer.avatar),
    shop_id: Number(shop.shopId),
    unread_count: unreadCount(conversation),
    pinned: conversation.pinned,
    mute: false,
    last_read_message_id: readMessage?.id ?? '0',
    opposite_last_read_msg_id: messageAt(conversation, conversation.buyerReadUpTo)?.id ?? '0',
    latest_message_id: last?.id ?? '0',
    latest_message_type: type,
    latest_message_content: content,
    latest_message_from_id: Number(last?.author === 'buyer' ? buyer.id : shop.sellerId),
    last_message_timestamp: rawNumber(String(lastNano(conversation))),
    last_message_option: 0,
    max_general_option_hide_time: '0',
  };
}
