import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isLocalAddress, isLocalName } from './local-address.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** Asks for all addresses of a name; a test's own in place of the system's. */
export type LookupAll = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Opens sockets to the internet alone. What a buyer writes can hold any address, and names can lead anywhere: so it is
 * looked at what a name stands for at the very moment of connecting, and only that is connected to. `isOwn` says which
 * hosts (with port) are the environment's own, wherever they are.
 */
export function guardedConnector(
  isOwn: (host: string) => boolean,
  lookupAll: LookupAll = systemLookup,
): buildConnector.connector {
  const plain = { timeout: CONNECT_TIMEOUT_MS, allowH2: false };
  const open = buildConnector(plain);
  const guarded = buildConnector({ ...plain, lookup: publicLookup(lookupAll) });
  return (options, callback) => {
    if (isOwn(options.host ?? options.hostname)) open(options, callback);
    else if (isLocalAddress(options.hostname)) callback(localAddress(options.hostname), null);
    else guarded(options, callback);
  };
}

/** Finds the public addresses of a name; one that leads to this computer or its own network is an error. */
export function publicLookup(lookupAll: LookupAll): LookupFunction {
  return (host, options, done) => {
    lookupAll(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, '', 0);
      const addresses = found.filter(({ address }) => !isLocalAddress(address));
      const [first] = addresses;
      if (first === undefined) return done(localAddress(host), '', 0);
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}

/**
 * Why a host may not be asked for through a proxy, before which nobody looks up what a name stands for; null: it may. A
 * proxy on this computer would lead such a one back to it.
 */
export function localHostError(host: string): NodeJS.ErrnoException | null {
  return isLocalAddress(host) || isLocalName(host) ? localAddress(host) : null;
}

function localAddress(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${host} is on this computer or its own network`), {
    code: 'ERR_LOCAL_ADDRESS',
  });
}
