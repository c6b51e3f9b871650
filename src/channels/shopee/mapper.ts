import type { RemoteAuthor, RemoteConversation } from '../channel.ts';
import { cleanUrl } from '../clean.ts';
import { at, type Json } from '../json.ts';
import { type MessageDraft, toDraft } from '../message.ts';
import { asCount, asId, asText, asTime } from '../readers.ts';
import { sitesWithoutSending } from './limits.ts';
import { readShopeeBody } from './mapper-bodies.ts';

/** Whose thread a message is read for. */
interface ShopeeThread {
  readonly shopId: string;
  readonly conversationId: string;
  /** Empty where it isn't known, as in a push. */
  readonly buyerId: string;
}

/** A conversation; null where it has no id to speak of it by. */
export function readShopeeConversation(item: Json, site: string): RemoteConversation | null {
  const remoteId = asId(at(item, 'conversation_id'));
  if (remoteId === null) return null;
  const lastMessageId = asId(at(item, 'latest_message_id'));
  return {
    remoteId,
    buyer: {
      remoteId: asId(at(item, 'to_id')) ?? '',
      name: asText(at(item, 'to_name')) ?? '',
      avatarUrl: cleanUrl(asText(at(item, 'to_avatar'))),
    },
    unread: asCount(at(item, 'unread_count')),
    lastMessageId: lastMessageId === '0' ? null : lastMessageId,
    lastMessageAt: asTime(at(item, 'last_message_timestamp')),
    canSend: !sitesWithoutSending.has(site),
  };
}

/** A message of `get_message` or of push code 10; both have the same fields. */
export function readShopeeMessage(item: Json, thread: ShopeeThread): MessageDraft {
  const remoteId = asId(at(item, 'message_id'));
  const type = asId(at(item, 'message_type'));
  const status = asText(at(item, 'status')) ?? '';
  const head = {
    remoteId,
    conversationId: asId(at(item, 'conversation_id')) ?? thread.conversationId,
    author: authorOf(item, thread, type ?? '', status),
    at: asTime(at(item, 'created_timestamp')),
    // Times are whole seconds; ids grow within them.
    sequence: remoteId ?? '',
    type,
    notice: status === 'blocked' || status === 'censored_blacklist' ? status : null,
  };
  return toDraft(item, thread.conversationId, head, () => readShopeeBody(type ?? '', item));
}

/**
 * Cards the platform inserts stand as the shop's, with source `server` or `crm`; automatic answers as the shop's with
 * a status of their own, or from the chatbot. Neither is an answer of a person.
 */
function authorOf(item: Json, thread: ShopeeThread, type: string, status: string): RemoteAuthor | null {
  const side = sideOf(item, thread);
  if (side !== 'shop') return side;
  // The status first: an automatic answer may bear the server as its source too.
  const source = asText(at(item, 'source')) ?? '';
  if (status === 'auto_reply' || status === 'offwork_autoreply' || source === 'chatbot') return 'automatic';
  if (source === 'server' || source === 'crm') return 'platform';
  return type.startsWith('faq') ? 'automatic' : 'shop';
}

/** From the shop when `from_shop_id` is the shop's; the buyer's carry 0 or another shop. Else by the buyer's user id. */
function sideOf(item: Json, thread: ShopeeThread): 'shop' | 'buyer' | null {
  const fromShop = asId(at(item, 'from_shop_id'));
  if (fromShop !== null) return fromShop === thread.shopId ? 'shop' : 'buyer';
  if (thread.buyerId !== '') {
    if (asId(at(item, 'from_id')) === thread.buyerId) return 'buyer';
    if (asId(at(item, 'to_id')) === thread.buyerId) return 'shop';
  }
  return asId(at(item, 'to_shop_id')) === thread.shopId ? 'buyer' : null;
}
