import { ordersOf, vouchersOf } from '../world/catalogue.ts';
import type { Conversation, Message, Shop } from '../world/model.ts';
import { byNewest, lastMessage, unreadCount } from '../world/reading.ts';
import type { World } from '../world/world.ts';

function textOf(message: Message | undefined): string {
  if (message === undefined) return '';
  return 'text' in message.content ? message.content.text : `[${message.content.kind}]`;
}

function conversationSummary(conversation: Conversation): object {
  const last = lastMessage(conversation);
  return {
    conversationId: conversation.id,
    buyer: conversation.buyer.name,
    buyerId: conversation.buyer.id,
    orderUserId: conversation.buyer.orderUserId,
    language: conversation.buyer.language,
    messages: conversation.messages.length,
    unread: unreadCount(conversation),
    readUpTo: conversation.readUpTo,
    last:
      last === undefined
        ? null
        : { messageId: last.id, author: last.author, at: last.at, text: textOf(last) },
  };
}

/** Every shop and conversation, newest first, for people and tests. */
export function worldSummary(world: World): object {
  const shops = world.shops.map((shop: Shop) => ({
    platform: shop.platform,
    shopId: shop.shopId,
    name: shop.name,
    site: shop.site,
    products: shop.products,
    orders: ordersOf(shop),
    vouchers: vouchersOf(shop),
    conversations: byNewest(shop).map(conversationSummary),
  }));
  return { seed: world.seed, baseAt: world.baseAt, shops };
}

/** One conversation's messages as the sandbox holds them, or null. */
export function threadOf(world: World, shopId: string, conversationId: string): readonly Message[] | null {
  const shop = world.shops.find((candidate) => candidate.shopId === shopId);
  return shop?.conversations.get(conversationId)?.messages ?? null;
}
