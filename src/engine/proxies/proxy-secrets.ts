import type { Db } from '../db/database.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { prepareBinding } from './way-queries.ts';

/** Sealed beside a proxy. All writes are part of the transaction they are called in. */
export interface ProxySecrets {
  /** Null when there is none, or the key to it is lost. */
  read(proxyId: number, which: ProxySecret): string | null;
  write(proxyId: number, which: ProxySecret, text: string): void;
  remove(proxyId: number, which: ProxySecret): void;
}

export type ProxySecret = 'password' | 'rotation';

/** The names under which they are kept: `proxy:ID:password`, `proxy:ID:rotation`. */
export function createProxySecrets(secrets: Secrets): ProxySecrets {
  const name = (proxyId: number, which: ProxySecret): string => `proxy:${proxyId}:${which}`;
  return {
    read: (proxyId, which) => secrets.read(name(proxyId, which)),
    write: (proxyId, which, text) => secrets.write(name(proxyId, which), text),
    remove: (proxyId, which) => secrets.remove(name(proxyId, which)),
  };
}

/** The password to open a proxy with: empty where it has none; null where it has one whose key is lost. */
export function createPasswordOf(db: Db, secrets: Pick<Secrets, 'read'>): (proxyId: number) => string | null {
  const { hasPassword } = prepareBinding(db);
  return (proxyId) => (hasPassword.get(proxyId) === 1 ? secrets.read(`proxy:${proxyId}:password`) : '');
}
