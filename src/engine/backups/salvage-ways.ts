import type { Db } from '../db/database.ts';
import type { DamagedDatabase } from '../db/open-damaged.ts';
import { prepareSalvage, prepareSalvageWays, type FoundProxy } from './salvage-queries.ts';
import type { Try } from './salvage-try.ts';
import { number, text, textOrNull, time, type Row } from './salvage-values.ts';

/** Stands for whatever an account of which nothing can be read may have been bound to: no proxy has this number. */
const UNREAD = 0;

/**
 * By which proxies accounts and apps leave, as it was said last: one that was bound since the backup must not leave
 * directly after it. A proxy that can't be brought over is stood for by one that is turned off: who is bound to it waits.
 * So does, where there are proxies at all, an account without one of which nothing can be read (`old` null: of none):
 * it may have been bound since. Answers how many stores wait.
 */
export function putBackWays(db: Db, old: DamagedDatabase | null, attempt: Try): number {
  const rows = prepareSalvageWays(db);
  const read = old === null ? new Set<string>() : putBackRead(db, old, attempt);
  for (const { platform, remote_id: account } of rows.hasProxies.get() === 1 ? rows.unbound.all() : []) {
    if (!read.has(nameOf(platform, account))) rows.bind.run(standIn(rows, UNREAD), platform, account);
  }
  return rows.stopped.get() ?? 0;
}

/** Answers the names of the accounts whose way could be read. */
function putBackRead(db: Db, old: DamagedDatabase, attempt: Try): ReadonlySet<string> {
  const rows = prepareSalvageWays(db);
  const known = putBackProxies(db, old, attempt);
  const hereOf = (proxyId: number): number | null => known.get(proxyId) ?? standIn(rows, proxyId);
  const putBack = (row: Row, column: string, write: (proxyId: number | null) => void): boolean => {
    const wanted = row[column];
    // A database from before there were proxies says nothing of them.
    if (wanted === undefined) return true;
    const id = number(wanted);
    if (wanted !== null && id === null) return false;
    return attempt(() => {
      write(id === null ? null : hereOf(id));
      return true;
    });
  };
  const read = new Set<string>();
  for (const account of old.rows('SELECT * FROM accounts')) {
    const names = [text(account['platform']), text(account['remote_id'])] as const;
    if (putBack(account, 'proxy_id', (proxyId) => rows.bind.run(proxyId, ...names)))
      read.add(nameOf(...names));
  }
  for (const app of old.rows('SELECT * FROM apps')) {
    const names = [text(app['platform']), text(app['app_key'])] as const;
    putBack(app, 'exit_proxy_id', (proxyId) => rows.setExit.run(proxyId, ...names));
  }
  return read;
}

function standIn(rows: ReturnType<typeof prepareSalvageWays>, proxyId: number): number | null {
  const host = `lost-${proxyId}.invalid`;
  rows.standIn.run(host);
  return rows.find.get(host, 1, '') ?? null;
}

function nameOf(platform: string, account: string): string {
  return `${platform}:${account}`;
}

/** Answers the ids they have here, by those they had there. */
function putBackProxies(db: Db, old: DamagedDatabase, attempt: Try): ReadonlyMap<number, number> {
  const rows = prepareSalvageWays(db);
  const known = new Map<number, number>();
  for (const proxy of old.rows('SELECT * FROM proxies')) {
    const there = number(proxy['id']);
    if (there === null) continue;
    attempt(() => {
      const values = valuesOf(proxy);
      const before = rows.find.get(values.host, values.port, values.username);
      const here = before ?? rows.insert.get({ ...values, id: rows.isTaken.get(there) === 1 ? null : there });
      if (here === undefined) return false;
      rows.update.run({ ...values, id: here });
      if (here === there) putBackSecrets(db, old, here);
      known.set(there, here);
      return true;
    });
  }
  return known;
}

/** Sealed as they are; they open under their own names only. */
function putBackSecrets(db: Db, old: DamagedDatabase, proxyId: number): void {
  const queries = prepareSalvage(db);
  for (const name of [`proxy:${proxyId}:password`, `proxy:${proxyId}:rotation`]) {
    const [secret] = old.rows('SELECT * FROM secrets WHERE name = ?', name);
    const sealed = secret?.['sealed'];
    const updatedAt = time(secret?.['updated_at']);
    if (!(sealed instanceof Uint8Array) || updatedAt === null) continue;
    if (updatedAt > (queries.secretAt.get(name) ?? -1)) queries.saveSecret.run(name, sealed, updatedAt);
  }
}

function valuesOf(proxy: Row): FoundProxy {
  return {
    protocol: text(proxy['protocol']),
    host: text(proxy['host']),
    port: number(proxy['port']) ?? 0,
    username: text(proxy['username']),
    hasPassword: proxy['has_password'] === 1 ? 1 : 0,
    hasRotation: proxy['has_rotation'] === 1 ? 1 : 0,
    name: text(proxy['name']),
    provider: text(proxy['provider']),
    tag: text(proxy['tag']),
    note: text(proxy['note']),
    country: textOrNull(proxy['country']),
    expiresAt: time(proxy['expires_at']),
    endedAt: time(proxy['ended_at']),
    disabled: proxy['disabled'] === 0 ? 0 : 1,
    budget: number(proxy['budget']),
    createdAt: time(proxy['created_at']) ?? 0,
  };
}
