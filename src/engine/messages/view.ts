import type { ErrorShape } from '../../base/errors.ts';
import type { CardView, MessageView } from '../../contract/models.ts';
import type { MessageRow } from './queries.ts';
import { PENDING_SORT_AT, toCursor } from './sort-key.ts';

/** A stored message as pages see it. */
export function toMessageView(row: MessageRow): MessageView {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    cursor: toCursor({ sortAt: row.sort_at, sortSeq: row.sort_seq, id: row.id }),
    author: row.author,
    kind: row.kind,
    at: row.at,
    text: row.text,
    media:
      row.media_state === null
        ? null
        : { state: row.media_state, hash: row.media_hash, width: row.media_width, height: row.media_height },
    card: readJson<CardView>(row.card),
    typeLabel: row.type_label,
    status: row.status,
    pending: null,
    error: readJson<ErrorShape>(row.error),
    clientId: row.client_id,
    recalled: row.recalled === 1,
    notice: row.notice,
  };
}

/** An own message just written, as `toMessageView` will show it once it is read back. */
export function toQueuedView(
  message: Pick<MessageView, 'id' | 'conversationId' | 'at'> & {
    readonly clientId: string;
    readonly text: string;
  },
): MessageView {
  return {
    ...message,
    cursor: toCursor({ sortAt: PENDING_SORT_AT, sortSeq: '', id: message.id }),
    author: 'here',
    kind: 'text',
    media: null,
    card: null,
    typeLabel: null,
    status: 'queued',
    pending: null,
    error: null,
    recalled: false,
    notice: null,
  };
}

/** JSON that this engine wrote into a column itself. */
export function readJson<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}
