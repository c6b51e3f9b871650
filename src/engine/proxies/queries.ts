import type { ProxyProtocol } from '../../contract/proxies.ts';
import type { Db } from '../db/database.ts';

/** A proxy as SQLite has it; what is sealed is elsewhere. */
export interface ProxyRow {
  readonly id: number;
  readonly protocol: ProxyProtocol;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hasPassword: 0 | 1;
  readonly hasRotation: 0 | 1;
  readonly name: string;
  readonly provider: string;
  readonly tag: string;
  readonly note: string;
  readonly country: string | null;
  readonly expiresAt: number | null;
  readonly endedAt: number | null;
  readonly disabled: 0 | 1;
  /** Bytes a month; null: none. */
  readonly budget: number | null;
}

/** All that a person or a list says of a proxy; of what is sealed, whether there is any. */
export type ProxyValues = Omit<ProxyRow, 'id' | 'disabled' | 'budget'>;

const columns = `id, protocol, host, port, username, has_password AS hasPassword, has_rotation AS hasRotation, name,
  provider, tag, note, country, expires_at AS expiresAt, ended_at AS endedAt, disabled, budget`;

/** Statements on proxies. */
export function prepareProxies(db: Db) {
  return {
    all: db.prepare<[], ProxyRow>(`SELECT ${columns} FROM proxies ORDER BY id`),
    get: db.prepare<[proxyId: number], ProxyRow>(`SELECT ${columns} FROM proxies WHERE id = ?`),
    find: db.prepare<[host: string, port: number, username: string], ProxyRow>(
      `SELECT ${columns} FROM proxies WHERE host = ? AND port = ? AND username = ?`,
    ),
    /** Answers no row when the proxy is there already. */
    add: db
      .prepare<[ProxyValues & { readonly now: number }], number>(
        `INSERT INTO proxies (protocol, host, port, username, has_password, has_rotation, name, provider, tag, note,
           country, expires_at, ended_at, created_at)
         VALUES (@protocol, @host, @port, @username, @hasPassword, @hasRotation, @name, @provider, @tag, @note,
           @country, @expiresAt, @endedAt, @now)
         ON CONFLICT (host, port, username) DO NOTHING RETURNING id`,
      )
      .pluck(),
    change: db.prepare<[ProxyValues & { readonly id: number; readonly disabled: 0 | 1 }]>(
      `UPDATE proxies SET protocol = @protocol, host = @host, port = @port, username = @username,
         has_password = @hasPassword, has_rotation = @hasRotation, name = @name, provider = @provider, tag = @tag, note = @note, country = @country, expires_at = @expiresAt,
         ended_at = @endedAt, disabled = @disabled
       WHERE id = @id`,
    ),
    isUsed: db
      .prepare<[{ readonly proxyId: number }], number>(
        `SELECT 1 FROM accounts WHERE proxy_id = @proxyId
         UNION ALL SELECT 1 FROM apps WHERE exit_proxy_id = @proxyId LIMIT 1`,
      )
      .pluck(),
    remove: db.prepare<[proxyId: number]>('DELETE FROM proxies WHERE id = ?'),
  };
}

/** Statements on who leaves by which proxy. */
export function prepareUses(db: Db) {
  return {
    stores: db.prepare<[], { proxyId: number; id: number }>(
      `SELECT a.proxy_id AS proxyId, s.id FROM accounts a JOIN stores s ON s.account_id = a.id
       WHERE a.proxy_id IS NOT NULL ORDER BY s.id`,
    ),
    apps: db.prepare<[], { proxyId: number; id: number }>(
      'SELECT exit_proxy_id AS proxyId, id FROM apps WHERE exit_proxy_id IS NOT NULL ORDER BY id',
    ),
    accountOf: db.prepare<[storeId: number], number>('SELECT account_id FROM stores WHERE id = ?').pluck(),
    accountsOf: db
      .prepare<[proxyId: number], number>('SELECT id FROM accounts WHERE proxy_id = ? ORDER BY id')
      .pluck(),
    storeNames: db.prepare<[], { id: number; name: string; site: string }>(
      'SELECT id, name, site FROM stores ORDER BY id',
    ),
  };
}

/** The newest look at a proxy. */
export interface CheckRow {
  readonly proxyId: number;
  readonly at: number;
  /** JSON ErrorShape. */
  readonly error: string | null;
  readonly latencyMs: number | null;
  readonly egressV4: string | null;
  readonly egressV6: string | null;
  readonly country: string | null;
  readonly city: string | null;
}

/** Statements on what was found of proxies. */
export function prepareChecks(db: Db) {
  return {
    newest: db.prepare<[], CheckRow>(
      `SELECT c.proxy_id AS proxyId, c.at, c.error, c.latency_ms AS latencyMs, c.egress_v4 AS egressV4,
         c.egress_v6 AS egressV6, c.country, c.city
       FROM proxies p JOIN proxy_checks c
         ON c.id = (SELECT id FROM proxy_checks WHERE proxy_id = p.id ORDER BY at DESC, id DESC LIMIT 1)
       ORDER BY p.id`,
    ),
  };
}
