import type { Db } from '../db/database.ts';

/** A picture to be fetched. */
export interface MediaRow {
  readonly id: number;
  readonly store_id: number;
  readonly url: string;
  /** Null too once it proved to be none. */
  readonly thumb_url: string | null;
  readonly thumb_hash: string | null;
  readonly state: 'pending' | 'ready' | 'failed';
  readonly attempts: number;
  readonly next_at: number;
}

/** Pictures, and who shows them. */
export function prepareMedia(db: Db) {
  return {
    byId: db.prepare<[id: number], MediaRow>(
      'SELECT id, store_id, url, thumb_url, thumb_hash, state, attempts, next_at FROM media WHERE id = ?',
    ),
    setReady: db.prepare<
      [{ id: number; hash: string; type: string; bytes: number; width: number; height: number }]
    >(
      `UPDATE media SET state = 'ready', hash = @hash, type = @type, bytes = @bytes, width = @width, height = @height
       WHERE id = @id`,
    ),
    /** A picture whose size nobody knew has that of its thumbnail until it is here itself. */
    setThumb: db.prepare<[{ id: number; hash: string; width: number; height: number }]>(
      `UPDATE media SET thumb_hash = @hash, width = ifnull(width, @width), height = ifnull(height, @height),
         attempts = 0, next_at = 0 WHERE id = @id AND state = 'pending'`,
    ),
    dropThumb: db.prepare<[id: number]>(
      `UPDATE media SET thumb_url = NULL, state = 'pending', attempts = 0, next_at = 0 WHERE id = ?`,
    ),
    ofMessage: db.prepare<[messageId: number], number>('SELECT media_id FROM messages WHERE id = ?').pluck(),
    setAttempt: db.prepare<[{ id: number; state: 'pending' | 'failed'; nextAt: number }]>(
      'UPDATE media SET state = @state, attempts = attempts + 1, next_at = @nextAt WHERE id = @id',
    ),
    messagesWith: db
      .prepare<[mediaId: number], number>('SELECT DISTINCT conversation_id FROM messages WHERE media_id = ?')
      .pluck(),
    avatarsWith: db
      .prepare<[mediaId: number], number>(
        `SELECT id FROM conversations WHERE buyer_id IN (SELECT id FROM buyers WHERE avatar_media_id = ?)`,
      )
      .pluck(),
  };
}

/** Which picture a message or buyer has. */
export function prepareLinks(db: Db) {
  return {
    byId: db.prepare<[id: number], { url: string; state: MediaRow['state'] }>(
      'SELECT url, state FROM media WHERE id = ?',
    ),
    add: db.prepare<
      [storeId: number, url: string, thumbUrl: string | null, width: number | null, height: number | null]
    >(
      `INSERT INTO media (store_id, url, thumb_url, width, height) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (store_id, url) DO NOTHING`,
    ),
    /** Changes nothing when another row has that address. */
    renew: db.prepare<[url: string, thumbUrl: string | null, id: number | null]>(
      'UPDATE OR IGNORE media SET url = ?, thumb_url = ? WHERE id = ?',
    ),
    idOf: db
      .prepare<[storeId: number, url: string], number>('SELECT id FROM media WHERE store_id = ? AND url = ?')
      .pluck(),
  };
}
