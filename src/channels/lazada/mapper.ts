import type { RemoteAuthor, RemoteConversation } from '../channel.ts';
import { cleanUrl } from '../clean.ts';
import { at, type Json } from '../json.ts';
import { type MessageDraft, toDraft } from '../message.ts';
import { asBoolean, asCount, asId, asText, asTime } from '../readers.ts';
import { readLazadaBody } from './mapper-bodies.ts';
import { template } from './templates.ts';

/** A session; null where it has no id to speak of it by. */
export function readLazadaSession(item: Json): RemoteConversation | null {
  const remoteId = asId(at(item, 'session_id'));
  if (remoteId === null) return null;
  return {
    remoteId,
    buyer: {
      // The session id is seller, type 2, buyer, type 1, a fixed number.
      remoteId: asId(at(item, 'buyer_id')) ?? remoteId.split('_')[2] ?? '',
      name: asText(at(item, 'title')) ?? '',
      avatarUrl: cleanUrl(asText(at(item, 'head_url'))),
    },
    unread: asCount(at(item, 'unread_count')),
    lastMessageId: asId(at(item, 'last_message_id')),
    lastMessageAt: asTime(at(item, 'last_message_time')),
    canSend: true,
  };
}

/** A message of `/im/message/list` or of push type 2; both have the same fields. */
export function readLazadaMessage(item: Json, conversationId: string): MessageDraft {
  const type = asId(at(item, 'template_id'));
  const head = {
    remoteId: asId(at(item, 'message_id')),
    conversationId: asId(at(item, 'session_id')) ?? conversationId,
    author: authorOf(item, type),
    at: asTime(at(item, 'send_time')),
    // Ids are no numbers and times have milliseconds: there is no other order.
    sequence: '',
    type,
    recalled: asId(at(item, 'status')) === '1',
    notice: noticeOf(item),
  };
  return toDraft(item, conversationId, head, () => readLazadaBody(type ?? '', item));
}

/** `type` 2 and system text are the platform's; `auto_reply` and the reply menu are nobody's own answer. */
function authorOf(item: Json, type: string | null): RemoteAuthor | null {
  if (asId(at(item, 'type')) === '2' || type === template.systemText) return 'platform';
  const from = asId(at(item, 'from_account_type'));
  if (from === '1') return 'buyer';
  if (from !== '2') return null;
  return asBoolean(at(item, 'auto_reply')) === true || type === template.autoReplyMenu ? 'automatic' : 'shop';
}

/** `process_msg`: why the safety filter stopped a message that only the seller sees. */
function noticeOf(item: Json): string | null {
  const text = asText(at(item, 'process_msg'))?.trim() ?? '';
  // The platform prints missing texts as the word null.
  return text === '' || text === 'null' ? null : text.slice(0, 1000);
}
