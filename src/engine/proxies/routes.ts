import type { ProxyStop } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';
import type { Route, RouteOf } from '../net/route.ts';
import { prepareWays, type WayRow } from './way-queries.ts';

/** The ways out as the database has them at each moment. */
export interface Routes {
  readonly routeOf: RouteOf;
  /** By this proxy as it is now; what it does not carry is refused. */
  readonly routeBy: (proxyId: number) => Route;
  /** Why a store waits for a proxy, its own or its app's; null: it waits for none. */
  stopOf(storeId: number): ProxyStop | null;
  /** The same of all that leaves by the account itself: its browser, and pictures. */
  stopOfAccount(accountId: number): ProxyStop | null;
  /** It leaves by a proxy, or not at all. */
  isBound(accountId: number): boolean;
}

interface RoutesInput {
  readonly db: Db;
  /** The best that is known of the time, UTC milliseconds. */
  readonly now: () => number;
  /** Accounts without a proxy may not leave at all. */
  readonly isRequired: () => boolean;
}

/** Looks ways up where they are written, so that nothing has to be told when they change. */
export function createRoutes({ db, now, isRequired }: RoutesInput): Routes {
  const ways = prepareWays(db);

  const byProxy = (proxyId: number): Route => {
    const row = ways.proxy.get(proxyId);
    const stop = row === undefined ? 'disabled' : stopOfProxy(row, now());
    if (row === undefined || stop !== null) return { kind: 'refused', stop: stop ?? 'disabled' };
    const { protocol, host, port, username } = row;
    return { kind: 'proxy', proxyId, upstream: { protocol, host, port, username } };
  };
  const routeOf: RouteOf = (accountId, appId) => {
    const exit = appId === null ? undefined : ways.app.get(appId);
    const proxyId = exit ?? ways.account.get(accountId);
    if (proxyId != null) return byProxy(proxyId);
    // An account that nobody knows, or that holds no store any more, has no way at all.
    return proxyId === undefined || isRequired() ? { kind: 'refused', stop: 'required' } : { kind: 'direct' };
  };
  const stopOf = (route: Route): ProxyStop | null => (route.kind === 'refused' ? route.stop : null);

  return {
    routeOf,
    routeBy: byProxy,
    isBound: (accountId) => routeOf(accountId, null).kind !== 'direct',
    stopOfAccount: (accountId) => stopOf(routeOf(accountId, null)),
    stopOf: (storeId) => {
      const store = ways.store.get(storeId);
      if (store === undefined) return null;
      const { accountId, appId } = store;
      return stopOf(routeOf(accountId, null)) ?? stopOf(routeOf(accountId, appId));
    },
  };
}

/** Why a proxy carries nothing. Its end counts from its very moment on, whether or not it was noticed yet. */
function stopOfProxy({ expiresAt, endedAt, disabled }: WayRow, now: number): ProxyStop | null {
  if (expiresAt !== null && (expiresAt <= now || (endedAt !== null && expiresAt <= endedAt))) return 'ended';
  return disabled === 1 ? 'disabled' : null;
}
