import type { HttpClient } from '../../channels/http.ts';
import { AccountExits, type AccountExitsInput } from './account-exits.ts';
import type { Route } from './route.ts';

/** The proxy a service is reached by, null one that was removed; a null way: directly. */
export type ServiceWay = { readonly proxyId: number | null } | null;

/** Ways out for services a seller uses beside the stores: never a store's own connection. */
export interface ServiceExits {
  /** `name` tells services apart; `own` are its addresses, which may be on this computer. */
  of(name: string, way: ServiceWay, own: readonly string[]): HttpClient;
  close(): Promise<void>;
}

interface ServiceExitsInput extends Omit<AccountExitsInput, 'routeOf' | 'onTraffic'> {
  /** By this proxy as it is now, or refused. */
  readonly routeBy: (proxyId: number) => Route;
}

/** What goes by a proxy is refused where that carries nothing. Not counted as a store's traffic. */
export function createServiceExits(input: ServiceExitsInput): ServiceExits {
  const known = new Map<string, { readonly way: ServiceWay; readonly exits: AccountExits }>();
  const routeOf = (way: ServiceWay): Route => {
    if (way === null) return { kind: 'direct' };
    return way.proxyId === null ? { kind: 'refused', stop: 'disabled' } : input.routeBy(way.proxyId);
  };
  const isSame = (one: ServiceWay, other: ServiceWay): boolean =>
    one === null || other === null ? one === other : one.proxyId === other.proxyId;
  return {
    of: (name, way, own) => {
      let found = known.get(name);
      if (found === undefined || !isSame(found.way, way)) {
        void found?.exits.close();
        const exits = new AccountExits(0, { ...input, routeOf: () => routeOf(way), onTraffic: () => {} });
        found = { way, exits };
        known.set(name, found);
      }
      found.exits.learn(null, own);
      return found.exits.current(null);
    },
    close: async () => {
      await Promise.all([...known.values()].map(({ exits }) => exits.close()));
    },
  };
}
