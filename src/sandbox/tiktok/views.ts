import type { PlatformParts } from '../api/types.ts';
import type { Author, Content, Conversation, Message, Shop } from '../world/model.ts';
import { lastMessage, unreadCount } from '../world/reading.ts';

/** Type and content fields as TikTok Shop words them; the content travels as JSON text. */
function tiktokContent(parts: PlatformParts, message: Message): [string, Record<string, unknown>] {
  const { content } = message;
  switch (content.kind) {
    case 'text':
      return ['TEXT', { content: content.text }];
    case 'image': {
      const { width, height } = content.picture;
      const url = parts.pictureUrl(content.picture);
      // The reference's samples show sizes both as text and as numbers.
      return [
        'IMAGE',
        message.seq % 2 === 0
          ? { url, width, height }
          : { url, width: String(width), height: String(height) },
      ];
    }
    case 'upload': {
      const { file, width, height } = content.upload;
      return ['IMAGE', { url: parts.fileUrl(file), width, height }];
    }
    case 'video': {
      const { width, height } = content.cover;
      const cover = parts.pictureUrl(content.cover);
      const expire_time = String(Math.floor(message.at / 1000) + 86_400);
      return [
        'VIDEO',
        {
          url: `${cover}.mp4`,
          cover,
          width,
          height,
          duration: String(content.seconds),
          expire_time,
          format: 'mp4',
        },
      ];
    }
    case 'sticker':
      return ['EMOTICONS', { emoji: content.name }];
    case 'product':
      return [
        message.author === 'platform' ? 'BUYER_ENTER_FROM_PRODUCT' : 'PRODUCT_CARD',
        { product_id: content.itemId },
      ];
    case 'order':
      return [
        message.author === 'platform' ? 'BUYER_ENTER_FROM_ORDER' : 'ORDER_CARD',
        { order_id: content.orderId },
      ];
    case 'voucher':
      return ['COUPON_CARD', { coupon_id: content.voucherId }];
    case 'return':
      return ['RETURN_REFUND_CARD', { order_id: content.orderId, sku_id: content.returnId }];
    default:
      return otherContent(content);
  }
}

type OtherContent = Extract<Content, { kind: 'logistics' | 'notice' | 'menu' | 'unknown' }>;

function otherContent(content: OtherContent): [string, Record<string, unknown>] {
  switch (content.kind) {
    case 'menu':
      return ['TEXT', { content: `${content.text}\n${content.options.join('\n')}` }];
    case 'unknown':
      return [content.type, { content: content.text }];
    default:
      return ['NOTIFICATION', { content: content.text }];
  }
}

const roles: Readonly<Record<Author, string>> = {
  buyer: 'BUYER',
  agent: 'CUSTOMER_SERVICE',
  auto: 'SHOP',
  bot: 'ROBOT',
  platform: 'SYSTEM',
};

/** Grows within a conversation; beyond 2^53. */
function indexOf(message: Message): string {
  return String(7_494_560_109_000_000_000n + BigInt(message.seq) * 1_009n);
}

/** A message as the list gives it: times in seconds, ids as text. */
export function tiktokMessage(
  parts: PlatformParts,
  shop: Shop,
  conversation: Conversation,
  message: Message,
): object {
  const [type, content] = tiktokContent(parts, message);
  const fromBuyer = message.author === 'buyer';
  const { buyer } = conversation;
  const avatar = fromBuyer && buyer.avatar !== null ? parts.pictureUrl(buyer.avatar) : '';
  return {
    id: message.id,
    type,
    content: JSON.stringify(content),
    create_time: Math.floor(message.at / 1000),
    is_visible: message.visible,
    index: indexOf(message),
    sender: {
      im_user_id: fromBuyer ? buyer.id : shop.sellerId,
      role: roles[message.author],
      nickname: fromBuyer ? buyer.name : shop.name,
      avatar,
    },
  };
}

/** A conversation as the list gives it. */
export function tiktokConversation(parts: PlatformParts, shop: Shop, conversation: Conversation): object {
  const { buyer } = conversation;
  const last = lastMessage(conversation);
  const buyerAvatar = buyer.avatar === null ? '' : parts.pictureUrl(buyer.avatar);
  const shopSide = {
    im_user_id: shop.sellerId,
    user_id: shop.shopId,
    role: 'SHOP',
    nickname: shop.name,
    avatar: '',
  };
  const buyerSide = {
    im_user_id: buyer.id,
    user_id: buyer.orderUserId,
    role: 'BUYER',
    nickname: buyer.name,
    avatar: buyerAvatar,
  };
  return {
    id: conversation.id,
    participant_count: 2,
    can_send_message: true,
    unread_count: unreadCount(conversation),
    create_time: Math.floor(conversation.createdAt / 1000),
    participants: [buyerSide, shopSide],
    ...(last === undefined ? {} : { latest_message: tiktokMessage(parts, shop, conversation, last) }),
  };
}
