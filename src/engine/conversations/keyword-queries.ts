import type { Db } from '../db/database.ts';

/** From what the search index found to conversations; each parameter is a JSON array of ids. */
export function prepareKeyword(db: Db) {
  return {
    conversations: db
      .prepare<[{ messages: string; buyers: string; stores: string }], number>(
        `SELECT conversation_id FROM messages WHERE visible = 1 AND id IN (SELECT value FROM json_each(@messages))
         UNION
         SELECT id FROM conversations WHERE buyer_id IN (SELECT value FROM json_each(@buyers))
         UNION
         SELECT id FROM conversations WHERE store_id IN (SELECT value FROM json_each(@stores))`,
      )
      .pluck(),
    /** With `max`, SQLite answers the other columns of the very row it is found in. */
    newestHits: db.prepare<
      [{ messages: string; conversations: string }],
      { conversation_id: number; id: number; text: string | null; translation: string | null }
    >(
      `SELECT conversation_id, max(id) AS id, text,
         (SELECT t.text FROM translations t WHERE t.message_id = messages.id ORDER BY t.id DESC LIMIT 1) AS translation
       FROM messages
       WHERE visible = 1 AND id IN (SELECT value FROM json_each(@messages))
         AND +conversation_id IN (SELECT value FROM json_each(@conversations))
       GROUP BY conversation_id`,
    ),
  };
}
