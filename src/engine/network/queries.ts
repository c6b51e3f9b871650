import type { Db } from '../db/database.ts';

interface Wrote {
  readonly buyers: number;
  readonly oldestAt: number | null;
}

/** What is remembered of the network across starts, and who wrote meanwhile. */
export function prepareNetwork(db: Db) {
  return {
    read: db.prepare<[key: string], string>('SELECT value FROM engine_state WHERE key = ?').pluck(),
    write: db.prepare<[key: string, value: string]>(
      `INSERT INTO engine_state (key, value) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    ),
    forget: db.prepare<[key: string]>('DELETE FROM engine_state WHERE key = ?'),
    /**
     * Of what came in since `from` that which the platform dates after `datedFrom`: the first read brings older ones.
     * Only conversations that moved since are looked into.
     */
    wroteSince: db.prepare<[{ from: number; datedFrom: number }], Wrote>(
      `SELECT count(DISTINCT c.buyer_id) AS buyers, min(c.waiting_since) AS oldestAt
       FROM conversations c INDEXED BY conversations_by_last
       WHERE c.last_at > :datedFrom AND EXISTS (
         SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.author = 'buyer' AND m.visible = 1
           AND m.sort_at > :datedFrom AND m.created_at >= :from)`,
    ),
  };
}
