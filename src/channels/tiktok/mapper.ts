import type { RemoteAuthor, RemoteConversation } from '../channel.ts';
import { cleanUrl } from '../clean.ts';
import { at, isList, type Json } from '../json.ts';
import { type MessageDraft, toDraft } from '../message.ts';
import { asBoolean, asCount, asId, asText, asTime } from '../readers.ts';
import { readTikTokBody } from './mapper-bodies.ts';

/** A conversation; null where it has no id to speak of it by. */
export function readTikTokConversation(item: Json): RemoteConversation | null {
  const remoteId = asId(at(item, 'id'));
  if (remoteId === null) return null;
  const participants = at(item, 'participants');
  const buyer = (isList(participants) ? participants : []).find((one) => asText(at(one, 'role')) === 'BUYER');
  return {
    remoteId,
    buyer: {
      // Chat knows people by im_user_id; user_id belongs to the order API.
      remoteId: asId(at(buyer, 'im_user_id')) ?? asId(at(buyer, 'user_id')) ?? '',
      name: asText(at(buyer, 'nickname')) ?? '',
      avatarUrl: cleanUrl(asText(at(buyer, 'avatar'))),
    },
    unread: asCount(at(item, 'unread_count')),
    lastMessageId: asId(at(item, 'latest_message', 'id')),
    lastMessageAt: asTime(at(item, 'latest_message', 'create_time')),
    canSend: asBoolean(at(item, 'can_send_message')) ?? true,
  };
}

/** A message of a thread, whose id is `id`, or of webhook 14, whose id is `message_id`. */
export function readTikTokMessage(item: Json, conversationId: string): MessageDraft {
  const type = asId(at(item, 'type'));
  const head = {
    remoteId: asId(at(item, 'id')) ?? asId(at(item, 'message_id')),
    conversationId: asId(at(item, 'conversation_id')) ?? conversationId,
    author:
      type?.startsWith('BUYER_ENTER_FROM_') === true
        ? 'platform'
        : authorOf(asText(at(item, 'sender', 'role'))),
    at: asTime(at(item, 'create_time')),
    sequence: asId(at(item, 'index')) ?? '',
    type,
    visible: asBoolean(at(item, 'is_visible')) ?? true,
  } as const;
  return toDraft(item, conversationId, head, () => readTikTokBody(type ?? '', item));
}

/** SHOP stands for automatic replies and FAQ, CUSTOMER_SERVICE for agents and for what the API sends. */
function authorOf(role: string | null): RemoteAuthor | null {
  switch (role) {
    case 'BUYER':
      return 'buyer';
    case 'CUSTOMER_SERVICE':
      return 'shop';
    case 'SHOP':
    case 'ROBOT':
      return 'automatic';
    case 'SYSTEM':
      return 'platform';
    case null:
    default:
      return null;
  }
}
