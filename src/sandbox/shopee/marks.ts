import { asText } from '../api/json.ts';
import type { ApiAnswer } from '../api/types.ts';
import { shopeeError, shopeeOk } from './answers.ts';
import { namedConversation, type ShopeeContext } from './context.ts';

/** `read_conversation`. */
export function readConversation(context: ShopeeContext): ApiAnswer {
  const conversation = namedConversation(context);
  if (conversation === undefined) return shopeeError('resource_not_found');
  const id = asText(context.params['last_read_message_id']);
  if (id === null) return shopeeError('error_param', 'last_read_message_id is required.');
  const message = conversation.messages.find((candidate) => candidate.id === id);
  if (message === undefined) return shopeeError('resource_not_found');
  const effect = {
    kind: 'read',
    shop: context.shop.key,
    conversationId: conversation.id,
    seq: message.seq,
  } as const;
  return shopeeOk({}, context.request.now, [effect]);
}

/** `unread_conversation`, `pin_conversation`, `unpin_conversation`. */
export function markConversation(context: ShopeeContext, kind: 'unread' | 'pin' | 'unpin'): ApiAnswer {
  const conversation = namedConversation(context);
  if (conversation === undefined) return shopeeError('resource_not_found');
  const effect = { kind, shop: context.shop.key, conversationId: conversation.id };
  return shopeeOk({}, context.request.now, [effect]);
}
