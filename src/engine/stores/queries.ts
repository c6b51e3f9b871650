import type { PlatformId, StoreState } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';

/** A store with its app, as calls to its platform need it. */
export interface StoreRow {
  readonly id: number;
  readonly accountId: number;
  readonly appId: number | null;
  readonly platform: PlatformId;
  readonly site: string;
  readonly shopId: string;
  readonly name: string;
  readonly connection: 'api' | 'webchat';
  readonly cipher: string | null;
  readonly sellerId: string | null;
  readonly groupId: number | null;
  readonly state: StoreState;
  readonly error: string | null;
  readonly lastSyncAt: number | null;
  readonly firstReadDone: 0 | 1;
  readonly api: string;
  readonly auth: string;
  /** JSON: site -> address. */
  readonly gateways: string;
  readonly appKey: string;
  readonly liveMode: 'push' | 'poll';
  readonly liveMinMs: number;
  readonly liveMaxMs: number;
  readonly settleMs: number;
  /** Null: no limit is known. */
  readonly callsPerSecond: number | null;
  readonly callsBurst: number;
  readonly callsScope: 'app' | 'store';
}

const storeRow = `
  SELECT s.id, s.account_id AS accountId, s.app_id AS appId, s.platform, s.site, s.remote_id AS shopId, s.name,
    s.connection, s.cipher, s.seller_id AS sellerId, s.group_id AS groupId, s.state, s.error,
    s.last_sync_at AS lastSyncAt, s.first_read_done AS firstReadDone,
    coalesce(a.api, '') AS api, coalesce(a.auth, '') AS auth, coalesce(a.gateways, '{}') AS gateways,
    coalesce(a.app_key, '') AS appKey, coalesce(a.live_mode, 'poll') AS liveMode,
    coalesce(a.live_min_ms, 30000) AS liveMinMs, coalesce(a.live_max_ms, 30000) AS liveMaxMs,
    coalesce(a.settle_ms, 0) AS settleMs, a.calls_per_second AS callsPerSecond,
    coalesce(a.calls_burst, 1) AS callsBurst, coalesce(a.calls_scope, 'app') AS callsScope
  FROM stores s LEFT JOIN apps a ON a.id = s.app_id`;

/** Statements on stores. */
export function prepareStores(db: Db) {
  return {
    all: db.prepare<[], StoreRow>(`${storeRow} ORDER BY s.platform, s.name COLLATE NOCASE, s.site, s.id`),
    get: db.prepare<[storeId: number], StoreRow>(`${storeRow} WHERE s.id = ?`),
    count: db.prepare<[], number>('SELECT count(*) FROM stores').pluck(),
    needsReply: db.prepare<[], { storeId: number; count: number }>(
      `SELECT store_id AS storeId, count(*) AS count FROM conversations INDEXED BY conversations_counted
       WHERE state = 'needs-reply' GROUP BY store_id`,
    ),
    unread: db.prepare<[], { storeId: number; count: number }>(
      `SELECT store_id AS storeId, count(*) AS count FROM conversations INDEXED BY conversations_unread_by_store
       WHERE unread > 0 GROUP BY store_id`,
    ),
    setState: db.prepare<[state: StoreState, error: string | null, storeId: number]>(
      'UPDATE stores SET state = ?, error = ? WHERE id = ?',
    ),
    setSynced: db.prepare<[at: number, storeId: number]>('UPDATE stores SET last_sync_at = ? WHERE id = ?'),
    setExpiry: db.prepare<[access: number, refresh: number, storeId: number]>(
      'UPDATE stores SET access_expires_at = ?, refresh_expires_at = ? WHERE id = ?',
    ),
    setGroup: db.prepare<[groupId: number | null, storeId: number]>(
      'UPDATE stores SET group_id = ? WHERE id = ?',
    ),
  };
}

/** Statements on the seller's own groups of stores. */
export function prepareGroups(db: Db) {
  return {
    all: db.prepare<[], { id: number; name: string; position: number }>(
      'SELECT id, name, position FROM store_groups ORDER BY position, id',
    ),
    create: db.prepare<[name: string], { id: number; name: string; position: number }>(
      `INSERT INTO store_groups (name, position)
       VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM store_groups)) RETURNING id, name, position`,
    ),
    rename: db.prepare<[name: string, groupId: number]>('UPDATE store_groups SET name = ? WHERE id = ?'),
    remove: db.prepare<[groupId: number]>('DELETE FROM store_groups WHERE id = ?'),
  };
}
