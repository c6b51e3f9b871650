import type { ConversationState } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';
import { PENDING_SORT_AT } from '../messages/sort-key.ts';

/** A conversation with what is needed to reach it. */
export interface ConversationRecord {
  readonly id: number;
  readonly store_id: number;
  readonly connection: string;
  readonly remote_id: string;
  readonly buyer_id: number;
  readonly buyer_remote_id: string;
  readonly state: ConversationState;
  readonly snoozed_until: number | null;
  readonly waiting_since: number | null;
  readonly settled_id: number | null;
  readonly unread: number;
  readonly read_id: number | null;
  readonly read_mark_due: string | null;
  readonly read_mark_sent: string | null;
  readonly last_message_id: number | null;
  readonly last_at: number;
  readonly failed: number;
  readonly unconfirmed: number;
  readonly held: number;
  readonly listed_mark: string | null;
  readonly read_to_mark: string | null;
  readonly read_to_at: number;
  readonly history_cursor: string | null;
  readonly history_complete: number;
}

/** What a conversation's messages make of its row. */
export interface ConversationChange {
  readonly id: number;
  readonly state: ConversationState;
  readonly waitingSince: number | null;
  readonly snoozedUntil: number | null;
  readonly readId: number | null;
  readonly unread: number;
  readonly lastMessageId: number | null;
  readonly lastAt: number;
  readonly failed: number;
  readonly unconfirmed: number;
  readonly held: number;
}

/** A message's place in its thread, as SQLite answers it. */
export interface PlaceRow {
  readonly id: number;
  readonly sort_at: number;
  readonly sort_seq: string;
}

type AfterPlace = [conversationId: number, sortAt: number, sortSeq: string, id: number];

const recordColumns = `c.id, c.store_id, c.connection, c.remote_id, c.buyer_id, b.remote_id AS buyer_remote_id, c.state,
  c.snoozed_until, c.waiting_since, c.settled_id, c.unread, c.read_id, c.read_mark_due, c.read_mark_sent,
  c.last_message_id, c.last_at, c.failed, c.unconfirmed, c.held, c.listed_mark, c.read_to_mark, c.read_to_at,
  c.history_cursor, c.history_complete`;
const placeColumns = 'id, sort_at, sort_seq';
// What was taken back needs no answer and no reading.
export const fromBuyer = `FROM messages WHERE conversation_id = ? AND author = 'buyer' AND visible = 1 AND recalled = 0`;
const newestFirst = 'ORDER BY sort_at DESC, sort_seq DESC, id DESC LIMIT 1';

/** Finding and keeping conversations. */
export function prepareConversations(db: Db) {
  const record = `SELECT ${recordColumns} FROM conversations c JOIN buyers b ON b.id = c.buyer_id`;
  return {
    byId: db.prepare<[id: number], ConversationRecord>(`${record} WHERE c.id = ?`),
    byRemoteId: db.prepare<[storeId: number, connection: string, remoteId: string], ConversationRecord>(
      `${record} WHERE c.store_id = ? AND c.connection = ? AND c.remote_id = ?`,
    ),
    setRow: db.prepare<[ConversationChange]>(
      `UPDATE conversations SET state = @state, waiting_since = @waitingSince, snoozed_until = @snoozedUntil,
         read_id = @readId, unread = @unread, last_message_id = @lastMessageId, last_at = @lastAt,
         failed = @failed, unconfirmed = @unconfirmed, held = @held
       WHERE id = @id`,
    ),
    setSettled: db.prepare<[messageId: number | null, id: number]>(
      'UPDATE conversations SET settled_id = ? WHERE id = ?',
    ),
    clearUnread: db.prepare<[id: number]>('UPDATE conversations SET unread = 0 WHERE id = ?'),
    nextSnooze: db
      .prepare<[], number | null>(`SELECT min(snoozed_until) FROM conversations WHERE state = 'snoozed'`)
      .pluck(),
    snoozesEnded: db.prepare<[now: number, limit: number], { id: number; store_id: number }>(
      `SELECT id, store_id FROM conversations WHERE state = 'snoozed' AND snoozed_until <= ?
       ORDER BY snoozed_until LIMIT ?`,
    ),
  };
}

/** A job that does not get through, and keeps those behind it from it. */
const stuck = (job: string): string =>
  `${job}.skipped = 0 AND (${job}.state IN ('held', 'failed', 'unconfirmed', 'checking')
     OR ${job}.attempts > (${job}.state = 'sending'))`;

/** What the messages of one conversation say about its state and unread count. */
export function prepareFacts(db: Db) {
  return {
    place: db.prepare<[messageId: number, conversationId: number], PlaceRow>(
      `SELECT ${placeColumns} FROM messages WHERE id = ? AND conversation_id = ?`,
    ),
    newestBuyer: db.prepare<[conversationId: number], PlaceRow>(
      `SELECT ${placeColumns} ${fromBuyer} ${newestFirst}`,
    ),
    newestBuyerUpTo: db.prepare<AfterPlace, PlaceRow>(
      `SELECT ${placeColumns} ${fromBuyer} AND (sort_at, sort_seq, id) <= (?, ?, ?) ${newestFirst}`,
    ),
    buyerBefore: db.prepare<AfterPlace, PlaceRow>(
      `SELECT ${placeColumns} ${fromBuyer} AND (sort_at, sort_seq, id) < (?, ?, ?) ${newestFirst}`,
    ),
    oldestBuyerAfter: db.prepare<AfterPlace, PlaceRow>(
      `SELECT ${placeColumns} ${fromBuyer} AND (sort_at, sort_seq, id) > (?, ?, ?) ORDER BY sort_at, sort_seq, id LIMIT 1`,
    ),
    buyerCountAfter: db
      .prepare<AfterPlace, number>(`SELECT count(*) ${fromBuyer} AND (sort_at, sort_seq, id) > (?, ?, ?)`)
      .pluck(),
    /** Our last human answer that the platform has. */
    newestAnswer: db.prepare<[conversationId: number], PlaceRow & { readonly author: 'here' | 'elsewhere' }>(
      `SELECT ${placeColumns}, author FROM messages
       WHERE conversation_id = ? AND author IN ('here', 'elsewhere') AND visible = 1 AND sort_at < ${PENDING_SORT_AT}
       ${newestFirst}`,
    ),
    /**
     * Time of the newest answer on its way. One that came back to the queue from an attempt, failed, is held or may have
     * arrived is none, and so is what waits behind it: nothing has reached the buyer.
     */
    pendingAnswerAt: db
      .prepare<[{ id: number }], number | null>(
        `SELECT max(m.at) FROM outbox o JOIN messages m ON m.id = o.message_id
         WHERE o.conversation_id = @id AND m.remote_id IS NULL AND o.state IN ('queued', 'sending')
           AND o.message_id < ifnull((SELECT min(b.message_id) FROM outbox b JOIN messages n ON n.id = b.message_id
             WHERE b.conversation_id = @id AND n.remote_id IS NULL AND ${stuck('b')}), 9e15)`,
      )
      .pluck(),
    /** Whether an own message came back from an attempt: those behind it wait, and are no answer. */
    isHeld: db
      .prepare<[conversationId: number], number>(
        `SELECT EXISTS (SELECT 1 FROM outbox WHERE conversation_id = ?
           AND ${stuck('outbox')})`,
      )
      .pluck(),
    newestSettled: db.prepare<[conversationId: number], { id: number; at: number }>(
      `SELECT id, at FROM messages WHERE conversation_id = ? AND visible = 1 AND sort_at < ${PENDING_SORT_AT}
       ${newestFirst}`,
    ),
    newestPending: db.prepare<[conversationId: number], { id: number; at: number }>(
      `SELECT id, at FROM messages WHERE conversation_id = ? AND client_id IS NOT NULL AND remote_id IS NULL
         AND status <> 'sent'
       ORDER BY id DESC LIMIT 1`,
    ),
    trouble: db.prepare<[conversationId: number], { failed: number; unconfirmed: number; held: number }>(
      `SELECT ifnull(sum(state = 'failed'), 0) AS failed, ifnull(sum(state = 'unconfirmed'), 0) AS unconfirmed,
         ifnull(sum(state = 'held'), 0) AS held
       FROM outbox WHERE conversation_id = ?`,
    ),
  };
}

/** What the platform is told about reading. */
export function prepareReadMarks(db: Db) {
  return {
    setDue: db.prepare<[remoteId: string, conversationId: number]>(
      'UPDATE conversations SET read_mark_due = ? WHERE id = ?',
    ),
    /** What the platform then counts as seen is no news: only what it says beyond that was read elsewhere. */
    setKnownSeen: db.prepare<[conversationId: number]>(
      `UPDATE conversations SET counted_seen_id = read_id
       WHERE id = ? AND read_id IS NOT NULL AND (counted_seen_id IS NULL
         OR (SELECT sort_at, sort_seq, id FROM messages WHERE id = counted_seen_id)
          < (SELECT sort_at, sort_seq, id FROM messages WHERE id = read_id))`,
    ),
    setSent: db.prepare<[remoteId: string, conversationId: number]>(
      'UPDATE conversations SET read_mark_sent = ? WHERE id = ?',
    ),
    remoteIdOf: db
      .prepare<[messageId: number], string | null>('SELECT remote_id FROM messages WHERE id = ?')
      .pluck(),
    open: db
      .prepare<[], number>('SELECT id FROM conversations WHERE read_mark_due IS NOT read_mark_sent')
      .pluck(),
  };
}
