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
  };
}
