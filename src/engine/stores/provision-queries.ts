import type { Db } from '../db/database.ts';

interface AppValues {
  readonly environmentId: number;
  readonly platform: string;
  readonly api: string;
  readonly auth: string;
  readonly gateways: string;
  readonly appKey: string;
  readonly liveMode: string;
  readonly liveMinMs: number;
  readonly liveMaxMs: number;
  readonly settleMs: number;
  readonly callsPerSecond: number | null;
  readonly callsBurst: number;
  readonly callsScope: string;
  readonly sellerCentres: string;
}

interface StoreValues {
  readonly accountId: number;
  readonly appId: number;
  readonly platform: string;
  readonly site: string;
  readonly shopId: string;
  readonly name: string;
  readonly cipher: string | null;
  readonly sellerId: string | null;
  readonly now: number;
}

/** Statements that connect stores: each makes the row or brings it up to date, and answers its id. */
export function prepareProvision(db: Db) {
  return {
    environment: db
      .prepare<[key: string, name: string, lookup: string | null], number>(
        `INSERT INTO environments (key, name, lookup) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET name = excluded.name, lookup = excluded.lookup RETURNING id`,
      )
      .pluck(),
    app: db
      .prepare<[AppValues], number>(
        `INSERT INTO apps (environment_id, platform, api, auth, gateways, app_key, live_mode, live_min_ms, live_max_ms,
           settle_ms, calls_per_second, calls_burst, calls_scope, seller_centres)
         VALUES (@environmentId, @platform, @api, @auth, @gateways, @appKey, @liveMode, @liveMinMs, @liveMaxMs,
           @settleMs, @callsPerSecond, @callsBurst, @callsScope, @sellerCentres)
         ON CONFLICT (environment_id, platform, app_key) DO UPDATE SET api = excluded.api, auth = excluded.auth,
           gateways = excluded.gateways, live_mode = excluded.live_mode, live_min_ms = excluded.live_min_ms,
           live_max_ms = excluded.live_max_ms, settle_ms = excluded.settle_ms,
           calls_per_second = excluded.calls_per_second, calls_burst = excluded.calls_burst,
           calls_scope = excluded.calls_scope, seller_centres = excluded.seller_centres
         RETURNING id`,
      )
      .pluck(),
    account: db
      .prepare<
        [
          {
            environmentId: number;
            platform: string;
            remoteId: string;
            name: string;
            contextKey: string;
            now: number;
          },
        ],
        number
      >(
        `INSERT INTO accounts (environment_id, platform, remote_id, name, context_key, created_at)
         VALUES (@environmentId, @platform, @remoteId, @name, @contextKey, @now)
         ON CONFLICT (environment_id, platform, remote_id) DO UPDATE SET name = excluded.name RETURNING id`,
      )
      .pluck(),
    /** A store that is there already, whichever account a person put it in. */
    known: db.prepare<
      [{ environmentId: number; platform: string; site: string; shopId: string }],
      { readonly storeId: number; readonly accountId: number }
    >(
      `SELECT s.id AS storeId, s.account_id AS accountId FROM stores s JOIN accounts a ON a.id = s.account_id
       WHERE a.environment_id = @environmentId AND s.platform = @platform AND s.site = @site AND s.remote_id = @shopId
       ORDER BY s.id LIMIT 1`,
    ),
    store: db
      .prepare<[StoreValues], number>(
        `INSERT INTO stores (account_id, app_id, platform, site, remote_id, name, cipher, seller_id, created_at)
         VALUES (@accountId, @appId, @platform, @site, @shopId, @name, @cipher, @sellerId, @now)
         ON CONFLICT (account_id, platform, site, remote_id) DO UPDATE SET app_id = excluded.app_id,
           name = excluded.name, cipher = excluded.cipher, seller_id = excluded.seller_id
         RETURNING id`,
      )
      .pluck(),
  };
}
