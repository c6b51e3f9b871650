import type { Db } from '../db/database.ts';
import { PENDING_SORT_AT } from '../messages/sort-key.ts';

/** An own message as it was found, with the local ids it has here. */
export interface FoundMessage {
  readonly conversationId: number;
  readonly storeId: number;
  readonly connection: string;
  readonly clientId: string;
  readonly kind: string;
  readonly at: number;
  readonly text: string | null;
  readonly mediaId: number | null;
  readonly card: string | null;
  readonly createdAt: number;
}

/** Its job. `writtenAfterAt` and `attemptAfterAt` are platform times; what is known here of that time is looked up. */
export interface FoundJob {
  readonly messageId: number;
  readonly conversationId: number;
  readonly storeId: number;
  readonly attempts: number;
  readonly attemptStartedAt: number | null;
  readonly createdAt: number;
  readonly content: string | null;
  readonly writtenAfterAt: number;
  readonly attemptAfterAt: number;
  readonly waitingSince: number;
}

const newestUpTo = (time: string): string => `(
  SELECT ifnull(max(m.id), 0) FROM messages m
  WHERE m.conversation_id = @conversationId AND m.remote_id IS NOT NULL AND m.sort_at <= ${time})`;

/** Putting back what was found in a database that was replaced. Places are the platform's: local ids may differ. */
export function prepareSalvage(db: Db) {
  return {
    conversation: db.prepare<
      [platform: string, site: string, store: string, connection: string, conversation: string],
      { readonly id: number; readonly store_id: number }
    >(
      `SELECT c.id, c.store_id FROM stores s JOIN conversations c ON c.store_id = s.id
       WHERE s.platform = ? AND s.site = ? AND s.remote_id = ? AND c.connection = ? AND c.remote_id = ?`,
    ),
    store: db
      .prepare<[platform: string, site: string, store: string], number>(
        'SELECT id FROM stores WHERE platform = ? AND site = ? AND remote_id = ?',
      )
      .pluck(),
    isKnown: db.prepare<[clientId: string], number>('SELECT id FROM messages WHERE client_id = ?').pluck(),
    insertMessage: db.prepare<[FoundMessage]>(
      `INSERT INTO messages (conversation_id, store_id, connection, client_id, author, kind, at, sort_at, text, media_id,
         card, status, created_at)
       VALUES (@conversationId, @storeId, @connection, @clientId, 'here', @kind, @at, ${PENDING_SORT_AT}, @text,
         @mediaId, @card, 'queued', @createdAt)`,
    ),
    insertJob: db.prepare<[FoundJob]>(
      `INSERT INTO outbox (message_id, conversation_id, store_id, state, attempts, attempt_started_at, created_at, content,
         written_after_id, written_after_at, attempt_after_id, attempt_after_at, waiting_since)
       VALUES (@messageId, @conversationId, @storeId, 'queued', @attempts, @attemptStartedAt, @createdAt, @content,
         ${newestUpTo('@writtenAfterAt')}, @writtenAfterAt, ${newestUpTo('@attemptAfterAt')}, @attemptAfterAt,
         @waitingSince)`,
    ),
    media: db
      .prepare<[storeId: number, url: string], number>('SELECT id FROM media WHERE store_id = ? AND url = ?')
      .pluck(),
    insertMedia: db.prepare<
      [
        {
          readonly storeId: number;
          readonly url: string;
          readonly hash: string;
          readonly type: string | null;
          readonly bytes: number | null;
          readonly width: number | null;
          readonly height: number | null;
        },
      ]
    >(
      `INSERT INTO media (store_id, url, state, hash, type, bytes, width, height)
       VALUES (@storeId, @url, 'ready', @hash, @type, @bytes, @width, @height)`,
    ),
    draftSavedAt: db
      .prepare<[conversationId: number], number>('SELECT saved_at FROM drafts WHERE conversation_id = ?')
      .pluck(),
    saveDraft: db.prepare<
      [
        {
          readonly conversationId: number;
          readonly text: string;
          readonly savedAt: number;
          readonly begunAt: number;
        },
      ]
    >(
      `INSERT INTO drafts (conversation_id, text, saved_at, begun_at) VALUES (@conversationId, @text, @savedAt, @begunAt)
       ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at,
         begun_at = excluded.begun_at`,
    ),
    secretAt: db.prepare<[name: string], number>('SELECT updated_at FROM secrets WHERE name = ?').pluck(),
    saveSecret: db.prepare<[name: string, sealed: Uint8Array, updatedAt: number]>(
      `INSERT INTO secrets (name, sealed, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at`,
    ),
    saveExpiry: db.prepare<[access: number | null, refresh: number | null, storeId: number]>(
      'UPDATE stores SET access_expires_at = ?, refresh_expires_at = ? WHERE id = ?',
    ),
  };
}
