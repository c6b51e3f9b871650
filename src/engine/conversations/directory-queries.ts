import type { Db } from '../db/database.ts';

interface ListedConversation {
  readonly storeId: number;
  readonly connection: string;
  readonly remoteId: string;
  readonly buyerId: number;
  /** Null: the platform doesn't say. */
  readonly unread: number | null;
  readonly canSend: number;
  readonly lastAt: number;
  readonly mark: string;
  readonly now: number;
}

/** The id of the next conversation, as SQL: never one that was given before a restore, a page may still hold it. */
export const nextConversationId = `1 + max(ifnull((SELECT max(id) FROM conversations), 0),
  ifnull((SELECT CAST(value AS INTEGER) FROM engine_state WHERE key = 'ids-after'), 0))`;

/** Buyers and conversations as platforms list them. */
export function prepareDirectory(db: Db) {
  return {
    buyer: db.prepare<
      [storeId: number, remoteId: string],
      { id: number; name: string; avatar_url: string | null; avatar_media_id: number | null }
    >('SELECT id, name, avatar_url, avatar_media_id FROM buyers WHERE store_id = ? AND remote_id = ?'),
    insertBuyer: db.prepare<
      [storeId: number, remoteId: string, name: string, avatarUrl: string | null, mediaId: number | null]
    >('INSERT INTO buyers (store_id, remote_id, name, avatar_url, avatar_media_id) VALUES (?, ?, ?, ?, ?)'),
    updateBuyer: db.prepare<[name: string, avatarUrl: string | null, mediaId: number | null, id: number]>(
      'UPDATE buyers SET name = ?, avatar_url = ?, avatar_media_id = ? WHERE id = ?',
    ),
    unreadOf: db
      .prepare<[storeId: number, connection: string, remoteId: string], number>(
        'SELECT unread FROM conversations WHERE store_id = ? AND connection = ? AND remote_id = ?',
      )
      .pluck(),
    /**
     * The platform's unread count (each time it says another) and last time hold only until the messages themselves were
     * read. A conversation said to be done or snoozed before that keeps the time up to which it was said. A count that
     * rises though the last message is the same tells of one that shows late, behind it: it is read again.
     */
    put: db.prepare<[ListedConversation], { id: number; unread: number }>(
      `INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, unread, can_send, last_at, listed_mark,
         counted_mark, counted_unread, created_at)
       VALUES (${nextConversationId}, @storeId, @connection, @remoteId, @buyerId, ifnull(@unread, 0), @canSend, @lastAt, @mark,
         @mark, @unread, @now)
       ON CONFLICT (store_id, connection, remote_id) DO UPDATE SET
         buyer_id = excluded.buyer_id, can_send = excluded.can_send, listed_mark = excluded.listed_mark,
         read_to_mark = iif(counted_mark IS @mark AND @unread > counted_unread, NULL, read_to_mark),
         counted_mark = iif(@unread IS NULL, counted_mark, @mark), counted_unread = ifnull(@unread, counted_unread),
         unread = iif(read_to_at = 0 AND (counted_mark IS NOT @mark OR counted_unread IS NOT @unread), ifnull(@unread, unread), unread),
         last_at = iif(last_message_id IS NULL AND state NOT IN ('done', 'snoozed'), max(last_at, excluded.last_at), last_at)
       RETURNING id, unread`,
    ),
  };
}
