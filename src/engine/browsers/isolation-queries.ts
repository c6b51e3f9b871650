import type { Db } from '../db/database.ts';

/** Statements on the addresses a store should not be seen under. */
export function prepareIsolation(db: Db) {
  return {
    /** A store of another account that was seen under this address since then, by its name. */
    other: db
      .prepare<[{ readonly accountId: number; readonly ip: string; readonly since: number }], string>(
        `SELECT s.name || ' ' || s.site FROM account_exits e JOIN stores s ON s.account_id = e.account_id
         WHERE e.ip = @ip AND e.account_id <> @accountId AND e.last_at >= @since ORDER BY e.last_at DESC LIMIT 1`,
      )
      .pluck(),
  };
}
