import type { HoldReason, MessageKind, PendingView, PlatformId } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';
import {
  contentColumns,
  pendingColumns,
  type ContentColumns,
  type PendingColumns,
} from '../messages/queries.ts';
import { PENDING_SORT_AT } from '../messages/sort-key.ts';

/** The job of an own message, with what sending it and finding it again needs. */
export interface JobRow extends ContentColumns {
  readonly message_id: number;
  readonly conversation_id: number;
  readonly store_id: number;
  readonly state: PendingView['phase'];
  readonly attempts: number;
  readonly attempt_started_at: number | null;
  readonly next_at: number;
  readonly created_at: number;
  /** JSON `StoredContent` of a picture or card. */
  readonly content: string | null;
  readonly written_after_id: number;
  readonly written_after_at: number;
  readonly attempt_after_id: number;
  readonly attempt_after_at: number;
  readonly delayed: number;
  readonly waiting_since: number;
  readonly recovered: number;
  /** Set when an echo was adopted while the attempt is in flight. */
  readonly remote_id: string | null;
}

/** A clock may be wrong by so much, here or there, before a time counts as nonsense. */
export const FUTURE_MS = 3_600_000;

const job = `SELECT o.message_id, o.conversation_id, o.store_id, o.state, o.attempts, o.attempt_started_at, o.next_at,
    o.created_at, o.content, o.written_after_id, o.written_after_at, o.attempt_after_id, o.attempt_after_at, o.delayed,
    o.waiting_since, o.recovered, m.remote_id, ${contentColumns}
  FROM outbox o JOIN messages m ON m.id = o.message_id LEFT JOIN media ON media.id = m.media_id`;

/**
 * Platform time of the newest message the platform has named; 0: none. Times in the future are a broken message's, and
 * would hide all that comes after it.
 */
const newestAt = (conversation: string, now: string): string =>
  `ifnull((SELECT at FROM messages WHERE conversation_id = ${conversation} AND remote_id IS NOT NULL
     AND sort_at <= ${now} + ${FUTURE_MS} ORDER BY sort_at DESC, sort_seq DESC, id DESC LIMIT 1), 0)`;
const newestId = '(SELECT ifnull(max(id), 0) FROM messages)';

/** Jobs. One a message; in a conversation they run in the order the messages were written. */
export function prepareOutbox(db: Db) {
  return {
    byMessage: db.prepare<[messageId: number], JobRow>(`${job} WHERE o.message_id = ?`),
    /** What may have arrived is looked for first; then the first that no person let the others pass. */
    next: db.prepare<[conversationId: number], JobRow>(
      `${job} WHERE o.conversation_id = ? AND NOT (o.skipped = 1 AND o.state IN ('held', 'failed', 'unconfirmed'))
       ORDER BY o.state <> 'checking', o.message_id LIMIT 1`,
    ),
    /** The message that keeps a new one of this conversation from going. */
    behind: db
      .prepare<[conversationId: number], number | null>(
        `SELECT min(message_id) FROM outbox
         WHERE conversation_id = ? AND skipped = 0 AND state IN ('held', 'failed', 'unconfirmed')`,
      )
      .pluck(),
    insert: db.prepare<
      [{ messageId: number; conversationId: number; storeId: number; now: number; content: string | null }]
    >(
      `INSERT INTO outbox (message_id, conversation_id, store_id, state, created_at, waiting_since, content,
         written_after_id, written_after_at)
       VALUES (@messageId, @conversationId, @storeId, 'queued', @now, @now, @content,
         @messageId, ${newestAt('@conversationId', '@now')})`,
    ),
    begin: db.prepare<[{ messageId: number; startedAt: number }]>(
      `UPDATE outbox SET state = 'sending', attempts = attempts + 1, attempt_started_at = @startedAt,
         attempt_after_id = ${newestId}, attempt_after_at = ${newestAt('outbox.conversation_id', '@startedAt')}
       WHERE message_id = @messageId AND state = 'queued'`,
    ),
    /** After an attempt that surely sent nothing. */
    queue: db.prepare<[{ messageId: number; nextAt: number; attempts: number; delayed: number }]>(
      `UPDATE outbox SET state = 'queued', next_at = @nextAt, attempts = @attempts, delayed = @delayed
       WHERE message_id = @messageId`,
    ),
    /** By a person's word: as if written now, but in its old place. */
    release: db.prepare<[{ messageId: number; now: number }]>(
      `UPDATE outbox SET state = 'queued', next_at = 0, attempts = 0, delayed = 0, hold = NULL, recovered = 0, skipped = 0,
         waiting_since = @now, written_after_id = ${newestId},
         written_after_at = ${newestAt('outbox.conversation_id', '@now')}
       WHERE message_id = @messageId`,
    ),
    /** Tried again with all others: what is asked about a late message is asked about it too. */
    retry: db.prepare<[messageId: number]>(
      `UPDATE outbox SET state = 'queued', next_at = 0, attempts = 0, delayed = 1, skipped = 0 WHERE message_id = ?`,
    ),
    /** What may have arrived is looked for once more; if it surely did not, it is asked about as a late one is. */
    recheck: db.prepare<[messageId: number]>(
      `UPDATE outbox SET state = 'checking', delayed = 1, skipped = 0 WHERE message_id = ?`,
    ),
    settle: db.prepare<[state: 'failed' | 'unconfirmed' | 'checking', messageId: number]>(
      'UPDATE outbox SET state = ? WHERE message_id = ?',
    ),
    hold: db.prepare<[hold: HoldReason, messageId: number]>(
      `UPDATE outbox SET state = 'held', hold = ? WHERE message_id = ?`,
    ),
    skip: db.prepare<[messageId: number]>('UPDATE outbox SET skipped = 1 WHERE message_id = ?'),
    delay: db.prepare<[messageId: number]>('UPDATE outbox SET delayed = 1 WHERE message_id = ?'),
    /** What was planned for when is forgotten: the clock that counted it may have been set since. */
    delayAll: db.prepare<[]>(
      `UPDATE outbox SET delayed = 1, next_at = 0 WHERE state IN ('queued', 'checking')`,
    ),
    setContent: db.prepare<[content: string, messageId: number]>(
      'UPDATE outbox SET content = ? WHERE message_id = ?',
    ),
    forgetUpload: db.prepare<[messageId: number]>(
      `UPDATE outbox SET content = json_set(content, '$.uploaded', NULL)
       WHERE message_id = ? AND json_extract(content, '$.kind') = 'image'`,
    ),
    /** Written at a time of which the data is gone: it may have left already. */
    doubt: db.prepare<[{ messageId: number; writtenAt: number }]>(
      `UPDATE outbox SET state = 'checking', recovered = 1, created_at = @writtenAt, waiting_since = @writtenAt,
         written_after_id = 0, written_after_at = @writtenAt
       WHERE message_id = @messageId`,
    ),
    conversations: db
      .prepare<[], number>('SELECT DISTINCT conversation_id FROM outbox ORDER BY conversation_id')
      .pluck(),
    inFlight: db.prepare<[], JobRow>(`${job} WHERE o.state = 'sending' ORDER BY o.message_id`),
    setStatus: db.prepare<[status: 'queued' | 'sending', error: string | null, messageId: number]>(
      'UPDATE messages SET status = ?, error = ? WHERE id = ?',
    ),
  };
}

/** What was written in a conversation meanwhile. */
export function prepareMeanwhile(db: Db) {
  return {
    /** Whether buyer or colleague wrote since a message was written. */
    overtaken: db
      .prepare<[{ conversationId: number; afterId: number; afterAt: number }], number>(
        `SELECT EXISTS (SELECT 1 FROM messages WHERE conversation_id = @conversationId AND sort_at >= @afterAt
           AND sort_at < ${PENDING_SORT_AT} AND id > @afterId AND visible = 1 AND author IN ('buyer', 'elsewhere'))`,
      )
      .pluck(),
    /**
     * Time of the newest answer by a colleague learned since then. Older ones that only come in with the history are
     * none: they lie before what was known.
     */
    colleagueSince: db
      .prepare<[{ conversationId: number; begunAt: number }], number>(
        `SELECT at FROM messages WHERE conversation_id = @conversationId AND author = 'elsewhere' AND visible = 1
           AND created_at > @begunAt AND sort_at < ${PENDING_SORT_AT}
           AND sort_at >= ifnull((SELECT sort_at FROM messages WHERE conversation_id = @conversationId
             AND remote_id IS NOT NULL AND sort_at < ${PENDING_SORT_AT} AND created_at <= @begunAt
             ORDER BY sort_at DESC, sort_seq DESC, id DESC LIMIT 1), 0)
         ORDER BY sort_at DESC, sort_seq DESC, id DESC LIMIT 1`,
      )
      .pluck(),
  };
}

/** What waits for a person, as SQLite answers it. */
export interface TroubleRow extends PendingColumns {
  readonly message_id: number;
  readonly conversation_id: number;
  readonly store_id: number;
  readonly store_name: string;
  readonly site: string;
  readonly platform: PlatformId;
  readonly buyer_name: string;
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly at: number;
  /** JSON `ErrorShape`. */
  readonly error: string | null;
  /** Messages that can't go before it. */
  readonly waiting: number;
}

/** The list of what waits for a person. */
export function prepareTrouble(db: Db) {
  const troubled = `o.state IN ('held', 'failed', 'unconfirmed')`;
  return {
    items: db.prepare<[limit: number], TroubleRow>(
      `SELECT o.message_id, o.conversation_id, o.store_id, s.name AS store_name, s.site, s.platform,
         b.name AS buyer_name, m.kind, substr(m.text, 1, 200) AS text, m.at, m.error, ${pendingColumns},
         CASE WHEN o.skipped = 1 THEN 0 ELSE (SELECT count(*) FROM outbox w WHERE w.conversation_id = o.conversation_id
           AND w.message_id > o.message_id AND w.state = 'queued') END AS waiting
       FROM outbox o JOIN messages m ON m.id = o.message_id JOIN stores s ON s.id = o.store_id
       JOIN conversations c ON c.id = o.conversation_id JOIN buyers b ON b.id = c.buyer_id
       WHERE ${troubled} ORDER BY o.message_id LIMIT ?`,
    ),
    total: db.prepare<[], number>(`SELECT count(*) FROM outbox o WHERE ${troubled}`).pluck(),
    ofStore: db.prepare<
      [{ storeId: number | null }],
      Pick<JobRow, 'message_id' | 'conversation_id' | 'state'>
    >(
      `SELECT o.message_id, o.conversation_id, o.state FROM outbox o
       WHERE ${troubled} AND (@storeId IS NULL OR o.store_id = @storeId) ORDER BY o.message_id`,
    ),
  };
}

/** After a restore nobody knows what became of what was not surely sent: also of what had failed, by a Retry since. */
export function prepareRecovered(db: Db) {
  return {
    /** The platform has these already: an echo was adopted while the answer was still out. */
    dropNamed: db.prepare<[]>(
      `DELETE FROM outbox
       WHERE (SELECT remote_id FROM messages WHERE messages.id = outbox.message_id) IS NOT NULL`,
    ),
    conversations: db
      .prepare<[], number>('SELECT DISTINCT conversation_id FROM outbox ORDER BY conversation_id')
      .pluck(),
    mark: db.prepare<[conversationId: number]>(
      `UPDATE outbox SET recovered = 1, state = 'checking', hold = NULL, next_at = 0, skipped = 0
       WHERE conversation_id = ?`,
    ),
    setStatus: db.prepare<[conversationId: number]>(
      `UPDATE messages SET status = 'sending' WHERE id IN (SELECT message_id FROM outbox WHERE conversation_id = ?)`,
    ),
  };
}

/** The picture of an own message. */
export function prepareOwnPictures(db: Db) {
  return {
    add: db.prepare<
      [
        {
          storeId: number;
          url: string;
          hash: string;
          type: string;
          bytes: number;
          width: number;
          height: number;
        },
      ]
    >(
      `INSERT INTO media (store_id, url, state, hash, type, bytes, width, height)
       VALUES (@storeId, @url, 'ready', @hash, @type, @bytes, @width, @height)
       ON CONFLICT (store_id, url) DO NOTHING`,
    ),
    ready: db.prepare<
      [mediaId: number],
      { hash: string; type: string; bytes: number; width: number; height: number }
    >(`SELECT hash, type, bytes, width, height FROM media WHERE id = ? AND state = 'ready'`),
    link: db.prepare<[mediaId: number, messageId: number]>('UPDATE messages SET media_id = ? WHERE id = ?'),
  };
}
