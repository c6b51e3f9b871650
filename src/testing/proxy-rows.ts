import type { ProxyProtocol } from '../contract/proxies.ts';
import type { Db } from '../engine/db/database.ts';
import type { Secrets } from '../engine/secrets/secrets.ts';

/** A proxy as a list would have brought it. */
export interface GivenProxy {
  readonly protocol?: ProxyProtocol;
  readonly host?: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly name?: string;
  readonly expiresAt?: number | null;
}

/** Stores a proxy, its password sealed; answers its id. */
export function addProxy(db: Db, secrets: Pick<Secrets, 'write'>, given: GivenProxy): number {
  const { protocol = 'http', host = '127.0.0.1', port, username = '', password = '' } = given;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO proxies (protocol, host, port, username, has_password, name, expires_at, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0)`,
    )
    .run(protocol, host, port, username, Number(password !== ''), given.name ?? '', given.expiresAt ?? null);
  const id = Number(lastInsertRowid);
  if (password !== '') secrets.write(`proxy:${id}:password`, password);
  return id;
}
