import type { Conversation, Message, Shop } from './model.ts';

/** The newest message; conversations always hold one, except right after they were opened. */
export function lastMessage(conversation: Conversation): Message | undefined {
  return conversation.messages.at(-1);
}

/** The message of that number; none where it does not show yet. */
export function messageAt(conversation: Conversation, seq: number): Message | undefined {
  return conversation.messages.findLast((message) => message.seq === seq);
}

/** When something last happened in it, UTC milliseconds. */
export function lastAt(conversation: Conversation): number {
  return lastMessage(conversation)?.at ?? conversation.createdAt;
}

/** Buyer messages the shop has not read; at least one while it is marked unread by hand. */
export function unreadCount(conversation: Conversation): number {
  let count = 0;
  for (let index = conversation.messages.length - 1; index >= 0; index -= 1) {
    const message = conversation.messages[index];
    if (message === undefined || message.seq <= conversation.readUpTo) break;
    if (message.author === 'buyer') count += 1;
  }
  return count === 0 && conversation.markedUnread ? 1 : count;
}

/** Newest first; equal times by id, so that the order is always the same. */
export function byNewest(shop: Shop): Conversation[] {
  return [...shop.conversations.values()].sort((a, b) => lastAt(b) - lastAt(a) || (a.id < b.id ? 1 : -1));
}
