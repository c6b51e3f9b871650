import type { Db } from '../db/database.ts';

/** How far a store and its conversations were read. */
export function prepareSync(db: Db) {
  return {
    firstRead: db.prepare<[storeId: number], { first_read_cursor: string | null; first_read_done: number }>(
      'SELECT first_read_cursor, first_read_done FROM stores WHERE id = ?',
    ),
    setFirstReadCursor: db.prepare<[cursor: string, storeId: number]>(
      'UPDATE stores SET first_read_cursor = ? WHERE id = ?',
    ),
    setFirstReadDone: db.prepare<[storeId: number]>(
      'UPDATE stores SET first_read_cursor = NULL, first_read_done = 1 WHERE id = ?',
    ),
    resumeFirstRead: db.prepare<[cursor: string, storeId: number]>(
      'UPDATE stores SET first_read_cursor = ?, first_read_done = 0 WHERE id = ?',
    ),
    listed: db.prepare<
      [storeId: number, connection: string, remoteId: string],
      { listed_mark: string | null; counted_mark: string | null; counted_unread: number | null }
    >(
      `SELECT listed_mark, counted_mark, counted_unread FROM conversations
       WHERE store_id = ? AND connection = ? AND remote_id = ?`,
    ),
    /** Since when the oldest conversation with something unread stands still. */
    oldestUnread: db
      .prepare<[storeId: number], number | null>(
        `SELECT min(last_at) FROM conversations INDEXED BY conversations_unread_by_store
         WHERE store_id = ? AND unread > 0 AND read_to_at > 0`,
      )
      .pluck(),
    /** Conversations with something the platform has and we don't, the most recent first. */
    behind: db
      .prepare<[storeId: number, limit: number], number>(
        `SELECT id FROM conversations WHERE store_id = ? AND listed_mark IS NOT read_to_mark
         ORDER BY last_at DESC LIMIT ?`,
      )
      .pluck(),
    setListedMark: db.prepare<[mark: string, conversationId: number]>(
      'UPDATE conversations SET listed_mark = ? WHERE id = ?',
    ),
    setReadTo: db.prepare<[mark: string | null, at: number, conversationId: number]>(
      'UPDATE conversations SET read_to_mark = ?, read_to_at = ? WHERE id = ?',
    ),
    /** Kept when scrolling up has already read further back. */
    startHistory: db.prepare<[cursor: string | null, complete: number, conversationId: number]>(
      `UPDATE conversations SET history_cursor = ?, history_complete = ?
       WHERE id = ? AND history_cursor IS NULL AND history_complete = 0`,
    ),
    startReadMark: db.prepare<[conversationId: number]>(
      `UPDATE conversations SET
         read_mark_sent = (SELECT remote_id FROM messages WHERE id = conversations.read_id),
         read_mark_due = (SELECT remote_id FROM messages WHERE id = conversations.read_id)
       WHERE id = ?`,
    ),
  };
}
