import type { Db } from '../../db/database.ts';
import type { CheckRow } from '../queries.ts';

/** Statements that keep what was found. */
export function prepareKeeping(db: Db) {
  return {
    add: db.prepare<[CheckRow]>(
      `INSERT INTO proxy_checks (proxy_id, at, error, latency_ms, egress_v4, egress_v6, country, city)
       VALUES (@proxyId, @at, @error, @latencyMs, @egressV4, @egressV6, @country, @city)`,
    ),
    prune: db.prepare<[{ readonly proxyId: number; readonly keep: number }]>(
      `DELETE FROM proxy_checks WHERE proxy_id = @proxyId AND id NOT IN
         (SELECT id FROM proxy_checks WHERE proxy_id = @proxyId ORDER BY at DESC, id DESC LIMIT @keep)`,
    ),
    /** Every account bound to the proxy was seen under this address. */
    saw: db.prepare<[{ readonly proxyId: number; readonly ip: string; readonly at: number }]>(
      `INSERT INTO account_exits (account_id, ip, proxy_id, first_at, last_at)
       SELECT id, @ip, @proxyId, @at, @at FROM accounts WHERE proxy_id = @proxyId
       ON CONFLICT (account_id, ip) DO UPDATE SET proxy_id = excluded.proxy_id, last_at = max(last_at, excluded.last_at)`,
    ),
  };
}
