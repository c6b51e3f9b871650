import type { ErrorShape } from '../../base/errors.ts';
import type { CardView, MediaView, MessageView, PendingView } from '../../contract/models.ts';
import type { MessageRow, PendingColumns } from './queries.ts';
import { PENDING_SORT_AT, toCursor } from './sort-key.ts';

/** A stored message as pages see it. `readError`: why it can't be looked for, which is not stored. */
export function toMessageView(row: MessageRow, readError: ErrorShape | null = null): MessageView {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    cursor: toCursor({ sortAt: row.sort_at, sortSeq: row.sort_seq, id: row.id }),
    author: row.author,
    kind: row.kind,
    at: row.at,
    text: row.text,
    media: toMediaView(row),
    meant: row.meant,
    translation: null,
    card: readJson<CardView>(row.card),
    typeLabel: row.type_label,
    status: row.status,
    pending: toPendingView(row, readError),
    error: readJson<ErrorShape>(row.error),
    clientId: row.client_id,
    recalled: row.recalled === 1,
    notice: row.notice,
  };
}

function toMediaView(row: MessageRow): MediaView | null {
  const { media_state: state, media_hash: hash, media_width: width, media_height: height } = row;
  const thumb = row.media_has_thumb === 1 ? { hash: row.media_thumb_hash } : null;
  return state === null ? null : { state, hash, thumb, width, height };
}

/** Where an own message stands by its job; null without one. */
export function toPendingView(row: PendingColumns, readError: ErrorShape | null = null): PendingView | null {
  if (row.job_state === null) return null;
  const nextAt = row.job_next_at ?? 0;
  return {
    phase: row.job_state,
    hold: row.job_state === 'held' ? row.job_hold : null,
    since: row.job_since ?? 0,
    attempts: row.job_attempts ?? 0,
    triedAt: row.job_tried_at,
    nextAt: row.job_state === 'queued' && nextAt > 0 ? nextAt : null,
    behindId: row.job_behind_id,
    skipped: row.job_skipped === 1,
    readError: row.job_state === 'checking' ? readError : null,
  };
}

/** A text just written, as `toMessageView` will show it once it is read back. `since`: the time it was written. */
export function toQueuedView({
  since,
  behindId,
  ...message
}: Pick<MessageView, 'id' | 'conversationId' | 'at'> & {
  readonly clientId: string;
  readonly text: string;
  readonly meant: string | null;
  readonly since: number;
  readonly behindId: number | null;
}): MessageView {
  return {
    ...message,
    cursor: toCursor({ sortAt: PENDING_SORT_AT, sortSeq: '', id: message.id }),
    author: 'here',
    kind: 'text',
    media: null,
    translation: null,
    card: null,
    typeLabel: null,
    status: 'queued',
    pending: {
      phase: 'queued',
      hold: null,
      since,
      attempts: 0,
      triedAt: null,
      nextAt: null,
      behindId,
      skipped: false,
      readError: null,
    },
    error: null,
    recalled: false,
    notice: null,
  };
}

/** JSON that this engine wrote into a column itself. */
export function readJson<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}
