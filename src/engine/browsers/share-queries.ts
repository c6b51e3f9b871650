import type { Db } from '../db/database.ts';

/** A store with its account, as far as it decides who may share. */
export interface ShareRow {
  readonly storeId: number;
  readonly accountId: number;
  readonly environmentId: number;
  readonly platform: string;
  readonly remoteId: string;
  readonly name: string;
  readonly proxyId: number | null;
  /** Stores of the account. */
  readonly stores: number;
}

/** Statements that move stores between accounts. */
export function prepareShare(db: Db) {
  return {
    store: db.prepare<[storeId: number], ShareRow>(
      `SELECT s.id AS storeId, a.id AS accountId, a.environment_id AS environmentId, s.platform, s.remote_id AS remoteId,
         s.name, a.proxy_id AS proxyId, (SELECT count(*) FROM stores WHERE account_id = a.id) AS stores
       FROM stores s JOIN accounts a ON a.id = s.account_id WHERE s.id = ?`,
    ),
    move: db.prepare<[accountId: number, storeId: number]>('UPDATE stores SET account_id = ? WHERE id = ?'),
    /** Under which addresses one was seen, the other was seen too. */
    copyExits: db.prepare<[{ readonly from: number; readonly to: number }]>(
      `INSERT INTO account_exits (account_id, ip, proxy_id, first_at, last_at)
       SELECT @to, ip, proxy_id, first_at, last_at FROM account_exits WHERE account_id = @from
       ON CONFLICT (account_id, ip) DO UPDATE SET first_at = min(first_at, excluded.first_at),
         last_at = max(last_at, excluded.last_at)`,
    ),
    free: db
      .prepare<
        [{ readonly environmentId: number; readonly platform: string; readonly remoteId: string }],
        number
      >(
        `SELECT a.id FROM accounts a WHERE environment_id = @environmentId AND platform = @platform
           AND (remote_id = @remoteId OR substr(remote_id, 1, length(@remoteId) + 1) = @remoteId || '/')
           AND NOT EXISTS (SELECT 1 FROM stores WHERE account_id = a.id) ORDER BY a.id LIMIT 1`,
      )
      .pluck(),
    create: db
      .prepare<
        [
          {
            readonly environmentId: number;
            readonly platform: string;
            readonly remoteId: string;
            readonly name: string;
            readonly contextKey: string;
            readonly now: number;
          },
        ],
        number
      >(
        `INSERT INTO accounts (environment_id, platform, remote_id, name, context_key, created_at)
         VALUES (@environmentId, @platform, @remoteId, @name, @contextKey, @now) RETURNING id`,
      )
      .pluck(),
  };
}
