import type { Db } from '../db/database.ts';

/** Statements that bind accounts and apps to proxies. */
export function prepareBinding(db: Db) {
  return {
    bind: db.prepare<[proxyId: number | null, accountId: number]>(
      'UPDATE accounts SET proxy_id = ? WHERE id = ?',
    ),
    setExit: db.prepare<[proxyId: number | null, appId: number]>(
      'UPDATE apps SET exit_proxy_id = ? WHERE id = ?',
    ),
    hasProxy: db.prepare<[proxyId: number], number>('SELECT 1 FROM proxies WHERE id = ?').pluck(),
    accountOf: db.prepare<[storeId: number], number>('SELECT account_id FROM stores WHERE id = ?').pluck(),
    by: db
      .prepare<[{ readonly proxyId: number }], number>(
        `SELECT id FROM accounts WHERE proxy_id = @proxyId
         UNION SELECT s.account_id FROM apps a JOIN stores s ON s.app_id = a.id WHERE a.exit_proxy_id = @proxyId
         ORDER BY 1`,
      )
      .pluck(),
  };
}
