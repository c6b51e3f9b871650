import { nextConversationId } from '../conversations/directory-queries.ts';
import type { Db } from '../db/database.ts';
import { PENDING_SORT_AT } from '../messages/sort-key.ts';

/** Where a conversation is in this database. */
export interface Place {
  readonly id: number;
  readonly storeId: number;
}

/** A conversation that came since the backup. */
interface FoundConversation {
  readonly storeId: number;
  readonly connection: string;
  readonly remoteId: string;
  readonly buyerId: number;
  readonly canSend: number;
  readonly lastAt: number;
  readonly createdAt: number;
}

/** An own message as it was found, with the local ids it has here. */
export interface FoundMessage {
  readonly conversationId: number;
  readonly storeId: number;
  readonly connection: string;
  readonly clientId: string;
  readonly kind: string;
  readonly at: number;
  readonly text: string | null;
  readonly meant: string | null;
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

/** Putting back conversations found in a database that was replaced. Local ids may differ: the platform's names count. */
export function prepareSalvagePlaces(db: Db) {
  return {
    conversation: db
      .prepare<[storeId: number, connection: string, conversation: string], number>(
        'SELECT id FROM conversations WHERE store_id = ? AND connection = ? AND remote_id = ?',
      )
      .pluck(),
    buyer: db
      .prepare<[storeId: number, buyer: string], number>(
        'SELECT id FROM buyers WHERE store_id = ? AND remote_id = ?',
      )
      .pluck(),
    insertBuyer: db.prepare<[storeId: number, buyer: string, name: string]>(
      'INSERT INTO buyers (store_id, remote_id, name) VALUES (?, ?, ?) ON CONFLICT (store_id, remote_id) DO NOTHING',
    ),
    insertConversation: db
      .prepare<[FoundConversation], number>(
        `INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, can_send, last_at, created_at)
         VALUES (${nextConversationId}, @storeId, @connection, @remoteId, @buyerId, @canSend, @lastAt, @createdAt)
         RETURNING id`,
      )
      .pluck(),
    store: db
      .prepare<[platform: string, site: string, store: string], number>(
        'SELECT id FROM stores WHERE platform = ? AND site = ? AND remote_id = ?',
      )
      .pluck(),
  };
}

/** Putting back what else was found there. */
export function prepareSalvage(db: Db) {
  return {
    isKnown: db.prepare<[clientId: string], number>('SELECT id FROM messages WHERE client_id = ?').pluck(),
    insertMessage: db.prepare<[FoundMessage]>(
      `INSERT INTO messages (conversation_id, store_id, connection, client_id, author, kind, at, sort_at, text, meant,
         media_id, card, status, created_at)
       VALUES (@conversationId, @storeId, @connection, @clientId, 'here', @kind, @at, ${PENDING_SORT_AT}, @text, @meant,
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
    insertMedia: db.prepare<[storeId: number, url: string]>(
      'INSERT INTO media (store_id, url) VALUES (?, ?)',
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

/** A proxy as it was found. */
export interface FoundProxy {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hasPassword: number;
  readonly hasRotation: number;
  readonly name: string;
  readonly provider: string;
  readonly tag: string;
  readonly note: string;
  readonly country: string | null;
  readonly expiresAt: number | null;
  readonly endedAt: number | null;
  readonly disabled: number;
  readonly budget: number | null;
  readonly createdAt: number;
}

/** Putting back proxies, and who leaves by which. */
export function prepareSalvageWays(db: Db) {
  return {
    find: db
      .prepare<[host: string, port: number, username: string], number>(
        'SELECT id FROM proxies WHERE host = ? AND port = ? AND username = ?',
      )
      .pluck(),
    isTaken: db.prepare<[proxyId: number], number>('SELECT 1 FROM proxies WHERE id = ?').pluck(),
    /** Its secrets come by its number: under another one it has none. */
    insert: db
      .prepare<[FoundProxy & { readonly id: number | null }], number>(
        `INSERT INTO proxies (id, protocol, host, port, username, has_password, has_rotation, created_at)
         VALUES (@id, @protocol, @host, @port, @username, @hasPassword, @hasRotation, @createdAt) RETURNING id`,
      )
      .pluck(),
    update: db.prepare<[FoundProxy & { readonly id: number }]>(
      `UPDATE proxies SET protocol = @protocol, name = @name, provider = @provider, tag = @tag, note = @note,
         country = @country, expires_at = @expiresAt, ended_at = @endedAt, disabled = @disabled, budget = @budget
       WHERE id = @id`,
    ),
    /** Has no port that anything listens at, and is turned off. */
    standIn: db.prepare<[host: string]>(
      `INSERT INTO proxies (protocol, host, port, disabled, created_at) VALUES ('http', ?, 1, 1, 0)
       ON CONFLICT (host, port, username) DO NOTHING`,
    ),
    bind: db.prepare<[proxyId: number | null, platform: string, account: string]>(
      'UPDATE accounts SET proxy_id = ? WHERE platform = ? AND remote_id = ?',
    ),
    hasProxies: db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM proxies)').pluck(),
    unbound: db.prepare<[], { readonly platform: string; readonly remote_id: string }>(
      'SELECT platform, remote_id FROM accounts WHERE proxy_id IS NULL',
    ),
    /** Stores whose proxy is one that stands in. */
    stopped: db
      .prepare<[], number>(
        `SELECT count(*) FROM stores WHERE account_id IN (SELECT a.id FROM accounts a JOIN proxies p ON p.id = a.proxy_id
           WHERE p.host GLOB 'lost-*.invalid')`,
      )
      .pluck(),
    setExit: db.prepare<[proxyId: number | null, platform: string, appKey: string]>(
      'UPDATE apps SET exit_proxy_id = ? WHERE platform = ? AND app_key = ?',
    ),
  };
}
