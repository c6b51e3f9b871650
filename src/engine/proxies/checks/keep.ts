import type { Db } from '../../db/database.ts';
import { prepareProxies, type ProxyRow } from '../queries.ts';
import { stateOf } from '../views.ts';
import type { Found } from './check-one.ts';
import { prepareKeeping } from './check-queries.ts';

/** Looks kept of each proxy. */
const KEPT = 50;

/** Keeps what was found of a proxy as it was; false when it has become another one meanwhile, or is gone. */
export type Keep = (looked: ProxyRow, found: Found, at: number) => boolean;

/** A proxy that carries nothing is kept like any other, but no account was seen by it. */
export function createKeep(db: Db): Keep {
  const proxies = prepareProxies(db);
  const rows = prepareKeeping(db);
  const keep = db.transaction((looked: ProxyRow, found: Found, at: number): boolean => {
    const proxyId = looked.id;
    const row = proxies.get.get(proxyId);
    if (row === undefined || !isSameWay(row, looked)) return false;
    const error = found.error === null ? null : JSON.stringify(found.error);
    rows.add.run({ ...found, proxyId, at, error });
    rows.prune.run({ proxyId, keep: KEPT });
    if (stateOf(row, at) !== 'ready') return true;
    for (const ip of [found.egressV4, found.egressV6]) if (ip !== null) rows.saw.run({ proxyId, ip, at });
    return true;
  });
  return (looked, found, at) => keep.immediate(looked, found, at);
}

function isSameWay(one: ProxyRow, other: ProxyRow): boolean {
  return (['protocol', 'host', 'port', 'username'] as const).every((name) => one[name] === other[name]);
}
