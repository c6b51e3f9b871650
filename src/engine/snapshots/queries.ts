import type { Db } from '../db/database.ts';

/** A reading position as SQLite answers it. */
export interface PositionRow {
  readonly message_id: number;
  readonly offset_px: number;
  readonly at_end: number;
  readonly unread_from_id: number | null;
}

/** What is written of a reading position. */
export interface PositionInput {
  readonly conversationId: number;
  readonly messageId: number;
  readonly offset: number;
  readonly atEnd: number;
  readonly unreadFromId: number | null;
  readonly now: number;
}

/** What the panel showed, and where a person stopped reading. */
export function prepareSnapshots(db: Db) {
  return {
    get: db.prepare<[key: string], { value: string; savedAt: number }>(
      'SELECT value, saved_at AS savedAt FROM panel_snapshots WHERE key = ?',
    ),
    save: db.prepare<[key: string, value: string, now: number]>(
      `INSERT INTO panel_snapshots (key, value, saved_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at`,
    ),
    position: db.prepare<[conversationId: number], PositionRow>(
      'SELECT message_id, offset_px, at_end, unread_from_id FROM reading_positions WHERE conversation_id = ?',
    ),
    hasConversation: db
      .prepare<[conversationId: number], number>('SELECT 1 FROM conversations WHERE id = ?')
      .pluck(),
    savePosition: db.prepare<[PositionInput]>(
      `INSERT INTO reading_positions (conversation_id, message_id, offset_px, at_end, unread_from_id, saved_at)
       VALUES (@conversationId, @messageId, @offset, @atEnd, @unreadFromId, @now)
       ON CONFLICT (conversation_id) DO UPDATE SET message_id = excluded.message_id, offset_px = excluded.offset_px,
         at_end = excluded.at_end, unread_from_id = excluded.unread_from_id, saved_at = excluded.saved_at`,
    ),
  };
}
