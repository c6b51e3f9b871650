import type { Draft } from '../../contract/drafts.ts';
import type { Db } from '../db/database.ts';

const trimmed = (text: string): string => `trim(${text}, char(9, 10, 13, 32))`;

/** Texts begun, one a conversation. */
export function prepareDrafts(db: Db) {
  return {
    get: db.prepare<[conversationId: number], Draft>(
      `SELECT conversation_id AS conversationId, text, saved_at AS savedAt, begun_at AS begunAt FROM drafts
       WHERE conversation_id = ?`,
    ),
    save: db.prepare<[{ conversationId: number; text: string; now: number; begunAt: number }]>(
      `INSERT INTO drafts (conversation_id, text, saved_at, begun_at) VALUES (@conversationId, @text, @now, @begunAt)
       ON CONFLICT (conversation_id) DO UPDATE
       SET text = excluded.text, saved_at = excluded.saved_at, begun_at = excluded.begun_at`,
    ),
    /** The draft that was just sent, without the blanks around it; a text begun since then stays. */
    removeSent: db.prepare<[conversationId: number, text: string]>(
      `DELETE FROM drafts WHERE conversation_id = ? AND ${trimmed('text')} = ${trimmed('?')}`,
    ),
    remove: db.prepare<[conversationId: number]>('DELETE FROM drafts WHERE conversation_id = ?'),
  };
}
