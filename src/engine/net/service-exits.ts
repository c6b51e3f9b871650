import type { HttpClient } from '../../channels/http.ts';
import { AccountExits, type AccountExitsInput } from './account-exits.ts';
import type { Route } from './route.ts';

/** How a service is reached. By a proxy that was removed (null) it is not. */
export type ServiceWay =
  { readonly via: 'direct' } | { readonly via: 'proxy'; readonly proxyId: number | null };

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

interface Service {
  way: ServiceWay;
  readonly exits: AccountExits;
}

/** What goes by a proxy is refused where that carries nothing. Not counted as a store's traffic. */
export function createServiceExits(input: ServiceExitsInput): ServiceExits {
  const known = new Map<string, Service>();
  const routeOf = (way: ServiceWay): Route => {
    if (way.via === 'direct') return { kind: 'direct' };
    return way.proxyId === null ? { kind: 'refused', stop: 'disabled' } : input.routeBy(way.proxyId);
  };
  const make = (first: ServiceWay): Service => {
    // The exits end what is open on a way the service has left.
    const made: Service = {
      way: first,
      exits: new AccountExits(0, { ...input, routeOf: () => routeOf(made.way), onTraffic: () => {} }),
    };
    return made;
  };
  return {
    of: (name, way, own) => {
      const service = known.get(name) ?? make(way);
      known.set(name, service);
      service.way = way;
      service.exits.learn(null, own);
      return service.exits.current(null);
    },
    close: async () => {
      await Promise.all([...known.values()].map(({ exits }) => exits.close()));
    },
  };
}
