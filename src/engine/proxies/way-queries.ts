import type { PlatformId } from '../../contract/models.ts';
import type { ProxyProtocol } from '../../contract/proxies.ts';
import type { Db } from '../db/database.ts';

/** A proxy as far as it decides a way out. */
export interface WayRow {
  readonly id: number;
  readonly protocol: ProxyProtocol;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly expiresAt: number | null;
  readonly endedAt: number | null;
  readonly disabled: 0 | 1;
}

const way = `p.id, p.protocol, p.host, p.port, p.username, p.expires_at AS expiresAt, p.ended_at AS endedAt, p.disabled`;

/** By which proxy an account or an app leaves. */
export function prepareWays(db: Db) {
  return {
    /** No row: nobody knows it, or it holds no store any more. */
    account: db
      .prepare<[accountId: number], number | null>(
        `SELECT proxy_id FROM accounts WHERE id = ?
         AND EXISTS (SELECT 1 FROM stores WHERE account_id = accounts.id)`,
      )
      .pluck(),
    app: db.prepare<[appId: number], number | null>('SELECT exit_proxy_id FROM apps WHERE id = ?').pluck(),
    proxy: db.prepare<[proxyId: number], WayRow>(`SELECT ${way} FROM proxies p WHERE p.id = ?`),
    store: db.prepare<[storeId: number], { accountId: number; appId: number | null }>(
      'SELECT account_id AS accountId, app_id AS appId FROM stores WHERE id = ?',
    ),
  };
}

/** Who leaves by what, and the changes of it. */
export function prepareBinding(db: Db) {
  return {
    hasPassword: db
      .prepare<[proxyId: number], 0 | 1>('SELECT has_password FROM proxies WHERE id = ?')
      .pluck(),
    accountOf: db.prepare<[storeId: number], number>('SELECT account_id FROM stores WHERE id = ?').pluck(),
    storesOf: db.prepare<[accountId: number], number>('SELECT id FROM stores WHERE account_id = ?').pluck(),
    bind: db.prepare<[proxyId: number | null, accountId: number]>(
      'UPDATE accounts SET proxy_id = ? WHERE id = ?',
    ),
    /** An account that is about to leave its proxy was seen where that came out when it was last looked at. */
    left: db.prepare<[{ readonly accountId: number; readonly proxyId: number | null; readonly now: number }]>(
      `WITH newest AS (
         SELECT c.proxy_id, c.egress_v4, c.egress_v6 FROM accounts a JOIN proxy_checks c ON c.proxy_id = a.proxy_id
         WHERE a.id = @accountId AND a.proxy_id IS NOT @proxyId ORDER BY c.at DESC, c.id DESC LIMIT 1)
       INSERT INTO account_exits (account_id, ip, proxy_id, first_at, last_at)
       SELECT @accountId, ip, proxy_id, @now, @now FROM
         (SELECT egress_v4 AS ip, proxy_id FROM newest UNION SELECT egress_v6, proxy_id FROM newest)
       WHERE ip IS NOT NULL
       ON CONFLICT (account_id, ip) DO UPDATE SET proxy_id = excluded.proxy_id, last_at = max(last_at, excluded.last_at)`,
    ),
    setExit: db.prepare<[proxyId: number | null, appId: number]>(
      'UPDATE apps SET exit_proxy_id = ? WHERE id = ?',
    ),
    apps: db.prepare<
      [],
      {
        readonly id: number;
        readonly platform: PlatformId;
        readonly appKey: string;
        readonly exitProxyId: number | null;
      }
    >('SELECT id, platform, app_key AS appKey, exit_proxy_id AS exitProxyId FROM apps ORDER BY platform, id'),
    storesOfApp: db
      .prepare<[appId: number], number>('SELECT id FROM stores WHERE app_id = ? ORDER BY id')
      .pluck(),
    ofApp: db
      .prepare<[appId: number], number>('SELECT DISTINCT account_id FROM stores WHERE app_id = ?')
      .pluck(),
    unbound: db.prepare<[], number>('SELECT id FROM accounts WHERE proxy_id IS NULL').pluck(),
    by: db
      .prepare<[{ proxyId: number }], number>(
        `SELECT id FROM accounts WHERE proxy_id = :proxyId
         UNION SELECT s.account_id FROM apps a JOIN stores s ON s.app_id = a.id WHERE a.exit_proxy_id = :proxyId`,
      )
      .pluck(),
  };
}

/** A proxy in use that ends. */
export interface EndingRow {
  readonly id: number;
  readonly name: string;
  readonly expiresAt: number;
}

/** What comes to its end. */
export function prepareEnds(db: Db) {
  return {
    due: db
      .prepare<[now: number], number>(
        'SELECT id FROM proxies WHERE expires_at <= ? AND (ended_at IS NULL OR ended_at < expires_at)',
      )
      .pluck(),
    /** Its end, not the moment it was noticed: only a later end brings it back, whatever the clock says. */
    end: db.prepare<[proxyId: number]>('UPDATE proxies SET ended_at = expires_at WHERE id = ?'),
    /** Brought back by a later end. */
    back: db
      .prepare<[], number>(
        'SELECT id FROM proxies WHERE ended_at IS NOT NULL AND (expires_at IS NULL OR expires_at > ended_at)',
      )
      .pluck(),
    forget: db.prepare<[proxyId: number]>('UPDATE proxies SET ended_at = NULL WHERE id = ?'),
    next: db
      .prepare<[now: number], number | null>('SELECT min(expires_at) FROM proxies WHERE expires_at > ?')
      .pluck(),
    /** In use, and ending before a moment. */
    soon: db.prepare<[before: number], EndingRow>(
      `SELECT id, CASE name WHEN '' THEN host || ':' || port ELSE name END AS name, expires_at AS expiresAt
       FROM proxies p WHERE expires_at <= ? AND disabled = 0
         AND (EXISTS (SELECT 1 FROM accounts WHERE proxy_id = p.id)
           OR EXISTS (SELECT 1 FROM apps WHERE exit_proxy_id = p.id))
       ORDER BY expires_at, id`,
    ),
  };
}

/** Bytes by proxy, account and day. */
export function prepareTraffic(db: Db) {
  return {
    add: db.prepare<[{ proxyId: number; accountId: number; day: string; sent: number; received: number }]>(
      `INSERT INTO proxy_traffic (proxy_id, account_id, day, sent, received)
       SELECT p.id, a.id, :day, :sent, :received FROM proxies p, accounts a WHERE p.id = :proxyId AND a.id = :accountId
       ON CONFLICT (proxy_id, account_id, day) DO UPDATE SET sent = sent + excluded.sent,
         received = received + excluded.received`,
    ),
    since: db.prepare<
      [day: string],
      { proxyId: number; accountId: number; day: string; sent: number; received: number }
    >(
      `SELECT proxy_id AS proxyId, account_id AS accountId, day, sent, received FROM proxy_traffic
       WHERE day >= ? ORDER BY day, proxy_id, account_id`,
    ),
  };
}

/** A proxy with a budget, and the bytes it has carried since. */
export interface SpentRow {
  readonly id: number;
  readonly name: string;
  readonly budget: number;
  readonly used: number;
}

/** What a month's budgets have come to. */
export function prepareBudgets(db: Db) {
  return {
    /** Those that have used so many per cent of theirs. */
    spent: db.prepare<[{ readonly since: string; readonly percent: number }], SpentRow>(
      `SELECT p.id, CASE p.name WHEN '' THEN p.host || ':' || p.port ELSE p.name END AS name, p.budget,
         sum(t.sent + t.received) AS used
       FROM proxies p JOIN proxy_traffic t ON t.proxy_id = p.id AND t.day >= @since
       WHERE p.budget IS NOT NULL GROUP BY p.id HAVING used * 100 >= p.budget * @percent ORDER BY p.id`,
    ),
    /** Of each proxy that carried anything. */
    used: db.prepare<[since: string], { proxyId: number; used: number }>(
      'SELECT proxy_id AS proxyId, sum(sent + received) AS used FROM proxy_traffic WHERE day >= ? GROUP BY proxy_id',
    ),
    set: db.prepare<[budget: number | null, proxyId: number]>('UPDATE proxies SET budget = ? WHERE id = ?'),
  };
}
