import type {
  HoldReason,
  MediaView,
  MessageAuthor,
  MessageKind,
  PendingView,
  SendStatus,
} from '../../contract/models.ts';
import type { Db } from '../db/database.ts';
import { PENDING_SORT_AT } from './sort-key.ts';

/** What the job of an own message says; all null where it has none. */
export interface PendingColumns {
  readonly job_state: PendingView['phase'] | null;
  readonly job_hold: HoldReason | null;
  readonly job_since: number | null;
  readonly job_attempts: number | null;
  readonly job_tried_at: number | null;
  readonly job_next_at: number | null;
  readonly job_skipped: number | null;
  readonly job_behind_id: number | null;
}

/** A message with what its media row and its job say. */
export interface MessageRow extends PendingColumns {
  readonly id: number;
  readonly conversation_id: number;
  readonly store_id: number;
  readonly connection: string;
  readonly remote_id: string | null;
  readonly client_id: string | null;
  readonly author: MessageAuthor;
  readonly kind: MessageKind;
  readonly at: number;
  readonly sort_at: number;
  readonly sort_seq: string;
  readonly text: string | null;
  readonly meant: string | null;
  readonly media_id: number | null;
  readonly card: string | null;
  readonly type_label: string | null;
  readonly status: SendStatus | null;
  readonly error: string | null;
  readonly recalled: number;
  readonly visible: number;
  readonly notice: string | null;
  readonly created_at: number;
  readonly media_state: MediaView['state'] | null;
  readonly media_hash: string | null;
  readonly media_has_thumb: number | null;
  readonly media_thumb_hash: string | null;
  readonly media_width: number | null;
  readonly media_height: number | null;
}

/** What a platform says of a message, as columns. */
export interface MessageColumns {
  readonly conversationId: number;
  readonly storeId: number;
  readonly connection: string;
  readonly remoteId: string;
  readonly author: MessageAuthor;
  readonly kind: MessageKind;
  readonly at: number;
  readonly sortSeq: string;
  readonly text: string | null;
  readonly mediaId: number | null;
  readonly card: string | null;
  readonly typeLabel: string | null;
  readonly recalled: number;
  readonly visible: number;
  readonly notice: string | null;
  readonly raw: string | null;
  readonly now: number;
}

/** Of a job `o`: where it stands, and the first one before it that holds it. */
export const pendingColumns = `o.state AS job_state, o.hold AS job_hold, o.waiting_since AS job_since,
  o.attempts AS job_attempts, o.attempt_started_at AS job_tried_at, o.next_at AS job_next_at,
  o.skipped AS job_skipped,
  CASE WHEN o.state IN ('queued', 'held') THEN (SELECT min(b.message_id) FROM outbox b
    WHERE b.conversation_id = o.conversation_id AND b.message_id < o.message_id AND b.skipped = 0
      AND b.state IN ('held', 'failed', 'unconfirmed')) END AS job_behind_id`;

type Place = [conversationId: number, sortAt: number, sortSeq: string, id: number, limit: number];

const columns = `m.id, m.conversation_id, m.store_id, m.connection, m.remote_id, m.client_id, m.author, m.kind, m.at,
  m.sort_at, m.sort_seq, m.text, m.meant, m.media_id, m.card, m.type_label, m.status, m.error, m.recalled, m.visible, m.notice,
  m.created_at, media.state AS media_state, media.hash AS media_hash, media.thumb_url IS NOT NULL AS media_has_thumb,
  media.thumb_hash AS media_thumb_hash,  media.width AS media_width,
  media.height AS media_height, ${pendingColumns}`;
const from = `FROM messages m LEFT JOIN media ON media.id = m.media_id
  LEFT JOIN outbox o ON o.message_id = m.id`;
const shown = 'm.conversation_id = ? AND m.visible = 1';
const newestFirst = 'ORDER BY m.sort_at DESC, m.sort_seq DESC, m.id DESC LIMIT ?';
const oldestFirst = 'ORDER BY m.sort_at, m.sort_seq, m.id LIMIT ?';
const place = '(m.sort_at, m.sort_seq, m.id)';

/** Reading threads. */
export function prepareThread(db: Db) {
  return {
    byId: db.prepare<[id: number], MessageRow>(`SELECT ${columns} ${from} WHERE m.id = ?`),
    /** One column alone: a new message is looked for before every send, and is never there. */
    idOfClient: db.prepare<[clientId: string], number>('SELECT id FROM messages WHERE client_id = ?').pluck(),
    latest: db.prepare<[conversationId: number, limit: number], MessageRow>(
      `SELECT ${columns} ${from} WHERE ${shown} ${newestFirst}`,
    ),
    before: db.prepare<Place, MessageRow>(
      `SELECT ${columns} ${from} WHERE ${shown} AND ${place} < (?, ?, ?) ${newestFirst}`,
    ),
    after: db.prepare<Place, MessageRow>(
      `SELECT ${columns} ${from} WHERE ${shown} AND ${place} > (?, ?, ?) ${oldestFirst}`,
    ),
    from: db.prepare<Place, MessageRow>(
      `SELECT ${columns} ${from} WHERE ${shown} AND ${place} >= (?, ?, ?) ${oldestFirst}`,
    ),
    count: db
      .prepare<[conversationId: number], number>(
        'SELECT count(*) FROM messages WHERE conversation_id = ? AND visible = 1',
      )
      .pluck(),
  };
}

/** Writing what platforms say. */
export function prepareIngest(db: Db) {
  return {
    /** One column alone: naming the columns of a whole row costs more than finding it, and most are new. */
    idOf: db
      .prepare<[storeId: number, connection: string, remoteId: string], number>(
        'SELECT id FROM messages WHERE store_id = ? AND connection = ? AND remote_id = ?',
      )
      .pluck(),
    insert: db.prepare<[MessageColumns]>(
      `INSERT INTO messages (conversation_id, store_id, connection, remote_id, author, kind, at, sort_at, sort_seq,
         text, media_id, card, type_label, recalled, visible, notice, raw, created_at)
       VALUES (@conversationId, @storeId, @connection, @remoteId, @author, @kind, @at, @at, @sortSeq,
         @text, @mediaId, @card, @typeLabel, @recalled, @visible, @notice, @raw, @now)`,
    ),
    update: db.prepare<
      [
        Omit<MessageColumns, 'now' | 'conversationId' | 'storeId' | 'connection' | 'remoteId'> & {
          id: number;
        },
      ]
    >(
      `UPDATE messages SET author = @author, kind = @kind, at = @at, sort_at = @at, sort_seq = @sortSeq, text = @text,
         media_id = @mediaId, card = @card, type_label = @typeLabel, recalled = @recalled, visible = @visible,
         notice = @notice, raw = @raw
       WHERE id = @id`,
    ),
  };
}

/** What tells a message's content from another's, as columns. */
export interface ContentColumns {
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly reference: string | null;
  readonly image_url: string | null;
}

/** An own message the platform has not named yet, with its job if one is left. */
export interface UnnamedRow extends ContentColumns {
  readonly id: number;
  readonly status: SendStatus;
  readonly attempt_at: number;
  /** Nothing of the platform before this time can be it. */
  readonly after_at: number;
  readonly recovered: number;
  readonly outbox_state: string | null;
}

/** A message of the platform that may be one of ours. */
export interface CandidateRow extends ContentColumns {
  readonly remote_id: string;
  readonly author: MessageAuthor;
  readonly at: number;
  readonly sort_seq: string;
}

/** Of a message `m` with its media row. */
export const contentColumns = `m.kind, m.text, json_extract(m.card, '$.reference') AS reference, media.url AS image_url`;

/** Own messages: written, sent, and matched with what the platform shows. */
export function prepareOwnMessages(db: Db) {
  return {
    insertOwn: db.prepare<
      [
        {
          conversationId: number;
          storeId: number;
          connection: string;
          clientId: string;
          kind: MessageKind;
          text: string | null;
          meant: string | null;
          mediaId: number | null;
          card: string | null;
          at: number;
          now: number;
        },
      ]
    >(
      `INSERT INTO messages (conversation_id, store_id, connection, client_id, author, kind, at, sort_at, text, meant, media_id,
         card, status, created_at)
       VALUES (@conversationId, @storeId, @connection, @clientId, 'here', @kind, @at, ${PENDING_SORT_AT}, @text, @meant,
         @mediaId, @card, 'queued', @now)`,
    ),
    hasUnnamed: db
      .prepare<[conversationId: number], number>(
        `SELECT 1 FROM messages WHERE conversation_id = ? AND client_id IS NOT NULL AND remote_id IS NULL LIMIT 1`,
      )
      .pluck(),
    /** Attempts that may have reached the platform, the oldest first. */
    unnamed: db.prepare<[conversationId: number], UnnamedRow>(
      `SELECT m.id, ${contentColumns}, m.status, o.state AS outbox_state, ifnull(o.recovered, 0) AS recovered,
         CASE WHEN o.recovered = 1 THEN o.created_at ELSE ifnull(o.attempt_started_at, m.at) END AS attempt_at,
         CASE WHEN o.recovered = 1 THEN o.written_after_at ELSE ifnull(o.attempt_after_at, 0) END AS after_at
       FROM messages m LEFT JOIN outbox o ON o.message_id = m.id LEFT JOIN media ON media.id = m.media_id
       WHERE m.conversation_id = ? AND m.client_id IS NOT NULL AND m.remote_id IS NULL
         AND (m.status IN ('sending', 'unconfirmed', 'sent') OR o.recovered = 1)
       ORDER BY attempt_at, m.id`,
    ),
    /** Learned after `afterId` and not older than `fromAt`, the oldest first: not the buyer's, and what can't be read. */
    candidates: db.prepare<[conversationId: number, afterId: number, fromAt: number], CandidateRow>(
      `SELECT m.remote_id, m.author, m.at, m.sort_seq, ${contentColumns}
       FROM messages m LEFT JOIN media ON media.id = m.media_id
       WHERE m.conversation_id = ? AND m.id > ? AND m.sort_at >= ? AND m.remote_id IS NOT NULL AND m.client_id IS NULL
         AND (m.author <> 'buyer' OR m.kind = 'unreadable')
       ORDER BY m.sort_at, m.sort_seq, m.id`,
    ),
    /** What it was the translation of is not known of another text. */
    setText: db.prepare<[text: string, id: number]>(
      'UPDATE messages SET text = ?, meant = NULL WHERE id = ?',
    ),
    setSent: db.prepare<[{ id: number; remoteId: string | null; at: number; sortSeq: string }]>(
      `UPDATE messages SET status = 'sent', error = NULL, remote_id = @remoteId, at = @at, sort_at = @at, sort_seq = @sortSeq
       WHERE id = @id`,
    ),
    setPending: db.prepare<[{ id: number; status: SendStatus; error: string | null }]>(
      `UPDATE messages SET status = @status, error = @error, remote_id = NULL, sort_at = ${PENDING_SORT_AT}, sort_seq = ''
       WHERE id = @id`,
    ),
    /** Its error stays where no new one is given. */
    setUnconfirmed: db.prepare<[error: string | null, id: number]>(
      `UPDATE messages SET status = 'unconfirmed', error = ifnull(?, error) WHERE id = ?`,
    ),
    setRemote: db.prepare<[{ id: number; remoteId: string | null; at: number; sortSeq: string }]>(
      'UPDATE messages SET remote_id = @remoteId, at = @at, sort_at = @at, sort_seq = @sortSeq WHERE id = @id',
    ),
    remove: db.prepare<[id: number]>('DELETE FROM messages WHERE id = ?'),
    dropJob: db.prepare<[messageId: number]>('DELETE FROM outbox WHERE message_id = ?'),
    /**
     * Made anew from the message. What was attempted when is no longer known: some time after it was written, and after
     * what the platform had named until then. Of a voucher the code is gone: its channel says so where it is needed.
     */
    restoreJob: db.prepare<[{ id: number; now: number }]>(
      `INSERT INTO outbox (message_id, conversation_id, store_id, state, attempts, attempt_started_at, created_at,
         waiting_since, content, written_after_id, attempt_after_id, written_after_at, attempt_after_at)
       SELECT m.id, m.conversation_id, m.store_id, 'unconfirmed', 1, m.created_at, @now, m.created_at,
         CASE WHEN m.kind = 'image' THEN json_object('kind', m.kind, 'mediaId', m.media_id, 'uploaded', NULL)
           WHEN m.kind <> 'text' THEN json_object('kind', m.kind, 'reference', m.card ->> '$.reference', 'code', NULL) END,
         m.id, m.id, known.at, known.at
       FROM messages m, (SELECT ifnull(min(own.created_at, max(seen.sort_at)), 0) AS at FROM messages own
         LEFT JOIN messages seen ON seen.conversation_id = own.conversation_id AND seen.id < own.id
           AND seen.remote_id IS NOT NULL AND seen.client_id IS NULL WHERE own.id = @id) known
       WHERE m.id = @id
       ON CONFLICT (message_id) DO UPDATE SET state = 'unconfirmed'`,
    ),
  };
}

/** How far back a conversation's history was read. */
export function prepareHistory(db: Db) {
  return {
    setHistory: db.prepare<[cursor: string | null, complete: number, conversationId: number]>(
      'UPDATE conversations SET history_cursor = ?, history_complete = ? WHERE id = ?',
    ),
  };
}
