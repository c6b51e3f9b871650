import type { Db } from '../db/database.ts';

/** Statements on the addresses a store should, and should not, be seen under. */
export function prepareIsolation(db: Db) {
  return {
    /** Where its proxy came out when it was looked at last; no row: it has none, or nobody looked. */
    expected: db.prepare<[accountId: number], { readonly v4: string | null; readonly v6: string | null }>(
      `SELECT c.egress_v4 AS v4, c.egress_v6 AS v6 FROM accounts a JOIN proxy_checks c ON c.proxy_id = a.proxy_id
       WHERE a.id = ? AND c.error IS NULL ORDER BY c.at DESC, c.id DESC LIMIT 1`,
    ),
    /** A store of another account that was seen under this address since then. */
    other: db.prepare<
      [{ readonly accountId: number; readonly ip: string; readonly since: number }],
      { readonly name: string }
    >(
      `SELECT s.name || ' ' || s.site AS name FROM account_exits e JOIN stores s ON s.account_id = e.account_id
       WHERE e.ip = @ip AND e.account_id <> @accountId AND e.last_at >= @since ORDER BY e.last_at DESC LIMIT 1`,
    ),
  };
}
