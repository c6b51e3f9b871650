import type { Db } from '../db/database.ts';
import type { CheckRow } from './queries.ts';

/** Another account that was seen under an address, by one of its stores. */
interface OtherSeen {
  readonly ip: string;
  readonly storeId: number;
  readonly at: number;
}

/** Statements on what was seen before. */
export function prepareHistory(db: Db) {
  return {
    isProxy: db.prepare<[proxyId: number], number>('SELECT 1 FROM proxies WHERE id = ?').pluck(),
    /** The newest first. */
    checks: db.prepare<[proxyId: number], CheckRow>(
      `SELECT proxy_id AS proxyId, at, error, latency_ms AS latencyMs, egress_v4 AS egressV4, egress_v6 AS egressV6,
         country, city FROM proxy_checks WHERE proxy_id = ? ORDER BY at DESC, id DESC LIMIT 50`,
    ),
    accountOf: db.prepare<[storeId: number], number>('SELECT account_id FROM stores WHERE id = ?').pluck(),
    exits: db.prepare<
      [accountId: number],
      { ip: string; proxyId: number | null; firstAt: number; lastAt: number }
    >(
      `SELECT ip, proxy_id AS proxyId, first_at AS firstAt, last_at AS lastAt FROM account_exits
       WHERE account_id = ? ORDER BY last_at DESC, ip`,
    ),
    /** Of each other account the first of its stores, the account seen last first. */
    others: db.prepare<[{ readonly accountId: number; readonly since: number }], OtherSeen>(
      `SELECT e.ip, min(s.id) AS storeId, max(e.last_at) AS at
       FROM account_exits own JOIN account_exits e ON e.ip = own.ip AND e.account_id <> own.account_id
         JOIN stores s ON s.account_id = e.account_id
       WHERE own.account_id = @accountId AND e.last_at >= @since
       GROUP BY e.ip, e.account_id ORDER BY at DESC, storeId`,
    ),
  };
}
