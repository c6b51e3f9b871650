import { CodedError } from '../../base/errors.ts';
import type { ProxyDetails } from '../../contract/proxies.ts';
import type { Db } from '../db/database.ts';
import { readHost, readIPv6 } from './lists/endpoint.ts';
import type { ProxySecret, ProxySecrets } from './proxy-secrets.ts';
import { prepareProxies, type ProxyRow, type ProxyValues } from './queries.ts';

/** Writes single proxies; each call is part of the transaction it is made in. */
export interface ProxyEdits {
  /** The new proxy's id; null when it is there already. */
  add(details: ProxyDetails): number | null;
  /**
   * Writes what is given. Answers whether connections that go through it must be made anew. Throws `conflict` with reason
   * `exists`.
   */
  change(before: ProxyRow, change: Partial<ProxyDetails>, disabled?: boolean): boolean;
  remove(proxyId: number): void;
}

interface EditInput {
  readonly db: Db;
  readonly secrets: ProxySecrets;
  readonly now: () => number;
}

export function createProxyEdits({ db, secrets, now }: EditInput): ProxyEdits {
  const rows = prepareProxies(db);
  const writeSecret = (proxyId: number, which: ProxySecret, text: string): void => {
    const has = text === '' ? 0 : 1;
    if (has === 1) secrets.write(proxyId, which, text);
    else secrets.remove(proxyId, which);
    if (which === 'password') rows.setPassword.run(has, proxyId);
    else rows.setRotation.run(has, proxyId);
  };

  return {
    add: (details) => {
      const at = now();
      const { password, rotation, ...values } = details;
      const host = canonicalHost(values.host);
      const id = rows.add.get({ ...values, host, endedAt: null, now: at });
      if (id === undefined) return null;
      if (password !== '') writeSecret(id, 'password', password);
      if (rotation !== '') writeSecret(id, 'rotation', rotation);
      return id;
    },
    change: (before, { password, rotation, ...given }, disabled) => {
      const said = given.host === undefined ? given : { ...given, host: canonicalHost(given.host) };
      const { id, hasPassword: _, hasRotation: __, ...old } = before;
      const isOff = disabled === undefined ? old.disabled : disabled ? 1 : 0;
      const values: ProxyValues = { ...old, ...said };
      // A later end brings it back.
      const endedAt = values.expiresAt === null || values.expiresAt > now() ? null : values.endedAt;
      const other = rows.find.get(values.host, values.port, values.username);
      if (other !== undefined && other.id !== id) {
        throw new CodedError('conflict', `Proxy ${other.id} has that host, port and user name`, {
          reason: 'exists',
        });
      }
      rows.change.run({ ...values, endedAt, id, disabled: isOff });
      if (password !== undefined) writeSecret(id, 'password', password);
      if (rotation !== undefined) writeSecret(id, 'rotation', rotation);
      const isOther = waysOf.some((name) => values[name] !== old[name]);
      return isOther || isOff !== old.disabled || password !== undefined;
    },
    remove: (proxyId) => {
      secrets.remove(proxyId, 'password');
      secrets.remove(proxyId, 'rotation');
      rows.remove.run(proxyId);
    },
  };
}

/** What a connection through it depends on. */
const waysOf = ['protocol', 'host', 'port', 'username', 'expiresAt'] as const;

/** As lists are read. Throws `invalid` with reason `bad-host`. */
export function canonicalHost(text: string): string {
  const host = readHost(text) ?? readIPv6(text);
  if (host === null) throw new CodedError('invalid', 'Not a host', { reason: 'bad-host', field: 'host' });
  return host.host;
}
