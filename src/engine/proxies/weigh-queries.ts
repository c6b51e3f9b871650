import type { Db } from '../db/database.ts';

/** A store that may be bound, with what its account leaves by now. */
export interface WeighedStore {
  readonly storeId: number;
  readonly accountId: number;
  readonly site: string;
  readonly proxyId: number | null;
}

/** An account that a proxy's address is known from, by one of its stores. */
export interface OtherUse {
  readonly accountId: number;
  readonly storeId: number;
  /** Null: it is bound now. */
  readonly at: number | null;
}

/** What is known of a proxy by its list and by the newest look at it. */
export interface KnownProxy {
  readonly expiresAt: number | null;
  readonly endedAt: number | null;
  readonly disabled: 0 | 1;
  readonly listed: string | null;
  readonly country: string | null;
  readonly at: number | null;
  readonly error: string | null;
  readonly egressV4: string | null;
  readonly egressV6: string | null;
}

const newestCheck = `LEFT JOIN proxy_checks c
  ON c.id = (SELECT id FROM proxy_checks WHERE proxy_id = p.id ORDER BY at DESC, id DESC LIMIT 1)`;

/** Statements for what binding would bring about. */
export function prepareWeigh(db: Db) {
  return {
    store: db.prepare<[storeId: number], WeighedStore>(
      `SELECT s.id AS storeId, a.id AS accountId, s.site, a.proxy_id AS proxyId
       FROM stores s JOIN accounts a ON a.id = s.account_id WHERE s.id = ?`,
    ),
    proxy: db.prepare<[proxyId: number], KnownProxy>(
      `SELECT p.expires_at AS expiresAt, p.ended_at AS endedAt, p.disabled, p.country AS listed, c.country, c.at, c.error,
         c.egress_v4 AS egressV4, c.egress_v6 AS egressV6
       FROM proxies p ${newestCheck} WHERE p.id = ?`,
    ),
    /** Accounts bound to this proxy, or to one that came out at its addresses. */
    sharing: db.prepare<[{ proxyId: number; v4: string | null; v6: string | null }], OtherUse>(
      `SELECT a.id AS accountId, min(s.id) AS storeId, NULL AS at
       FROM accounts a JOIN stores s ON s.account_id = a.id JOIN proxies p ON p.id = a.proxy_id ${newestCheck}
       WHERE p.id = @proxyId OR c.egress_v4 = @v4 OR c.egress_v6 = @v6
       GROUP BY a.id ORDER BY a.id`,
    ),
    /** Accounts that were seen by this proxy, or under its addresses, since then; the newest first. */
    seen: db.prepare<[{ proxyId: number; v4: string | null; v6: string | null; since: number }], OtherUse>(
      `SELECT e.account_id AS accountId, min(s.id) AS storeId, max(e.last_at) AS at
       FROM account_exits e JOIN stores s ON s.account_id = e.account_id
       WHERE (e.proxy_id = @proxyId OR e.ip IN (@v4, @v6)) AND e.last_at >= @since
       GROUP BY e.account_id ORDER BY at DESC, e.account_id`,
    ),
  };
}
