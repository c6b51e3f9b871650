import type { Content, Shop } from './model.ts';

type Card<K extends Content['kind']> = Extract<Content, { kind: K }>;

/** An order that was spoken of in this shop, and by whom. */
export interface KnownOrder {
  readonly orderId: string;
  readonly conversationId: string;
}

function* cardsOf<K extends 'order' | 'voucher'>(shop: Shop, kind: K): Generator<[string, Card<K>]> {
  for (const conversation of shop.conversations.values()) {
    for (const { content } of conversation.messages) {
      if (content.kind === kind) yield [conversation.id, content as Card<K>];
    }
  }
}

/** Orders shown as a card in this shop's conversations, each once. */
export function ordersOf(shop: Shop): KnownOrder[] {
  const found = new Map<string, KnownOrder>();
  for (const [conversationId, { orderId }] of cardsOf(shop, 'order')) {
    if (!found.has(orderId)) found.set(orderId, { orderId, conversationId });
  }
  return [...found.values()];
}

/** Vouchers shown in this shop's conversations, each once. */
export function vouchersOf(shop: Shop): Card<'voucher'>[] {
  const found = new Map<string, Card<'voucher'>>();
  for (const [, voucher] of cardsOf(shop, 'voucher')) found.set(voucher.voucherId, voucher);
  return [...found.values()];
}

/** The card of a product of this shop. */
export function productCard(shop: Shop, itemId: string): Content | undefined {
  return shop.products.some((product) => product.itemId === itemId) ? { kind: 'product', itemId } : undefined;
}

/** The card of an order of this shop: one that stands in a card, or in the words of somebody else than the API. */
export function orderCard(shop: Shop, orderId: string): Content | undefined {
  for (const [, card] of cardsOf(shop, 'order')) if (card.orderId === orderId) return card;
  // Ten characters are fewer than any order number has: a word is not taken for one.
  if (orderId.length < 10) return undefined;
  for (const { messages } of shop.conversations.values()) {
    const isSpokenOf = messages.some(
      ({ content, viaApi }) => !viaApi && 'text' in content && content.text.includes(orderId),
    );
    if (isSpokenOf) return { kind: 'order', orderId, itemId: '', status: 'to_ship' };
  }
  return undefined;
}

/** The card of a voucher of this shop. */
export function voucherCard(shop: Shop, voucherId: string): Card<'voucher'> | undefined {
  return vouchersOf(shop).find((voucher) => voucher.voucherId === voucherId);
}
