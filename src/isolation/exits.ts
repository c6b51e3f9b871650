import { Resolver } from 'node:dns';
import type { LookupFunction } from 'node:net';
import {
  HARD_PASSWORD,
  proxyPrograms,
  startChainProxy,
  startDante,
  startMicrosocks,
  startTinyproxy,
  type RealProxy,
} from '../testing/real-proxies.ts';
import { isInside, PROXY_NAMES, withProxyNames } from './machine.ts';

/** More of them are started within this process: a computer has only so much room. */
const MOST_PROGRAMS = 12;

/** Where a store's connections come from when they come by its proxy. */
export function egressOf(store: number): string {
  return `127.1.${Math.floor(store / 250)}.${(store % 250) + 1}`;
}

/** A proxy of its own for each store: programs of Debian's by turns, and our own for the rest. */
export async function startExits(stores: number): Promise<{ exits: RealProxy[]; stop(): Promise<void> }> {
  const names = withProxyNames();
  const found = isInside() ? await proxyPrograms() : new Set();
  const lookup = isInside() ? lookupAtProxy() : lookupHere;
  const exits: RealProxy[] = [];
  for (let store = 1; store <= stores; store += 1) {
    const from = egressOf(store);
    const who = { username: `store-${store}`, password: HARD_PASSWORD };
    const kind = store <= MOST_PROGRAMS ? store % 4 : 0;
    if (kind === 1 && found.has('microsocks'))
      exits.push(await startMicrosocks(from, who, undefined, names.wrap));
    else if (kind === 2 && found.has('tinyproxy')) {
      // Its configuration knows no password with such signs.
      exits.push(await startTinyproxy(from, { ...who, password: 'plain7' }, names.wrap));
    } else if (kind === 3 && found.has('danted')) {
      // It takes names by SOCKS 5 alone.
      exits.push({ ...(await startDante(from, names.wrap)), protocol: 'socks5' });
    } else exits.push(await startChainProxy(from, who, { lookup }));
  }
  return {
    exits,
    stop: async () => {
      await Promise.all(exits.map((exit) => exit.stop().catch(() => {})));
      names.remove();
    },
  };
}

/** As the programs do, at the proxies' name server. */
export function lookupAtProxy(): LookupFunction {
  const resolver = new Resolver();
  resolver.setServers([PROXY_NAMES]);
  return (host, options, done) => {
    resolver.resolve4(host, (error, addresses) => {
      if (error !== null) return done(error, '', 4);
      const all = addresses.map((address) => ({ address, family: 4 }));
      if (options.all === true) done(null, all);
      else done(null, addresses[0] ?? '', 4);
    });
  };
}

const lookupHere: LookupFunction = (_, options, done) => {
  if (options.all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};
