import type { SignInStatus } from '../../contract/browsers.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';

/** A store of an account, with where its platform is reached. */
export interface AccountStoreRow {
  readonly id: number;
  readonly accountId: number;
  readonly contextKey: string;
  readonly platform: PlatformId;
  readonly site: string;
  readonly remoteId: string;
  readonly sellerId: string | null;
  readonly name: string;
  readonly api: string;
  readonly auth: string;
  /** JSON: site -> address. */
  readonly gateways: string;
  readonly sellerCentres: string;
}

/** What was seen of an account's sign-in last. */
export interface SignInRow {
  readonly accountId: number;
  readonly status: SignInStatus;
  readonly since: number;
  readonly checkedAt: number;
  readonly shop: 'proved' | 'other' | 'unknown';
  readonly storeId: number | null;
}

const storeRow = `
  SELECT s.id, s.account_id AS accountId, a.context_key AS contextKey, s.platform, s.site, s.remote_id AS remoteId,
    s.seller_id AS sellerId, s.name, coalesce(p.api, '') AS api, coalesce(p.auth, '') AS auth,
    coalesce(p.gateways, '{}') AS gateways, coalesce(p.seller_centres, '{}') AS sellerCentres
  FROM stores s JOIN accounts a ON a.id = s.account_id LEFT JOIN apps p ON p.id = s.app_id`;

/** Statements on accounts as their browsers need them. */
export function prepareBrowsers(db: Db) {
  return {
    stores: db.prepare<[accountId: number], AccountStoreRow>(
      `${storeRow} WHERE s.account_id = ? ORDER BY s.id`,
    ),
    store: db.prepare<[storeId: number], AccountStoreRow>(`${storeRow} WHERE s.id = ?`),
    accounts: db.prepare<[], number>('SELECT DISTINCT account_id FROM stores ORDER BY account_id').pluck(),
    signIns: db.prepare<[], SignInRow>(
      `SELECT account_id AS accountId, status, since, checked_at AS checkedAt, shop, store_id AS storeId
       FROM account_sign_ins`,
    ),
    write: db.prepare<[SignInRow]>(
      `INSERT INTO account_sign_ins (account_id, status, since, checked_at, shop, store_id)
       SELECT a.id, @status, @since, @checkedAt, @shop, @storeId FROM accounts a WHERE a.id = @accountId
       ON CONFLICT (account_id) DO UPDATE SET status = excluded.status, since = excluded.since,
         checked_at = excluded.checked_at, shop = excluded.shop, store_id = excluded.store_id`,
    ),
    forget: db.prepare<[accountId: number]>('DELETE FROM account_sign_ins WHERE account_id = ?'),
  };
}
