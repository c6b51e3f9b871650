import { CodedError } from '../../base/errors.ts';
import type { ProxyDetails } from '../../contract/proxies.ts';
import type { Db } from '../db/database.ts';
import { readHost, readIPv6 } from './lists/endpoint.ts';
import type { ProxySecret, ProxySecrets } from './proxy-secrets.ts';
import { prepareProxies, type ProxyRow } from './queries.ts';

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
  const writeSecret = (proxyId: number, which: ProxySecret, text: string | undefined): void => {
    if (text === undefined) return;
    if (text === '') secrets.remove(proxyId, which);
    else secrets.write(proxyId, which, text);
  };
  /** Undefined: it stays as it is. */
  const flag = (text: string | undefined, old: 0 | 1): 0 | 1 =>
    text === undefined ? old : text === '' ? 0 : 1;

  return {
    add: ({ password, rotation, ...values }) => {
      const has = { hasPassword: flag(password, 0), hasRotation: flag(rotation, 0) };
      const host = canonicalHost(values.host);
      const id = rows.add.get({ ...values, ...has, host, endedAt: null, now: now() });
      if (id === undefined) return null;
      if (has.hasPassword === 1) writeSecret(id, 'password', password);
      if (has.hasRotation === 1) writeSecret(id, 'rotation', rotation);
      return id;
    },
    change: (before, { password, rotation, ...given }, disabled) => {
      const said = given.host === undefined ? given : { ...given, host: canonicalHost(given.host) };
      const isOff = disabled === undefined ? before.disabled : disabled ? 1 : 0;
      const values = { ...before, ...said, disabled: isOff };
      const other = rows.find.get(values.host, values.port, values.username);
      if (other !== undefined && other.id !== before.id) throw exists(other.id);
      rows.change.run({
        ...values,
        hasPassword: flag(password, before.hasPassword),
        hasRotation: flag(rotation, before.hasRotation),
        endedAt: stillEnded(values),
      });
      writeSecret(before.id, 'password', password);
      writeSecret(before.id, 'rotation', rotation);
      return password !== undefined || waysOf.some((name) => values[name] !== before[name]);
    },
    remove: (proxyId) => {
      secrets.remove(proxyId, 'password');
      secrets.remove(proxyId, 'rotation');
      rows.remove.run(proxyId);
    },
  };
}

/** Only an end later than the one that was reached brings a proxy back, whatever the clock says by now. */
function stillEnded({ endedAt, expiresAt }: Pick<ProxyRow, 'endedAt' | 'expiresAt'>): number | null {
  return endedAt !== null && expiresAt !== null && expiresAt <= endedAt ? endedAt : null;
}

/** What a connection through it depends on. */
const waysOf = ['protocol', 'host', 'port', 'username', 'expiresAt', 'disabled'] as const;

function exists(proxyId: number): CodedError {
  const message = `Proxy ${proxyId} has that host, port and user name`;
  return new CodedError('conflict', message, { reason: 'exists' });
}

/** As lists are read. Throws `invalid` with reason `bad-host`. */
export function canonicalHost(text: string): string {
  const host = readHost(text) ?? readIPv6(text);
  if (host === null) throw new CodedError('invalid', 'Not a host', { reason: 'bad-host', field: 'host' });
  return host.host;
}
