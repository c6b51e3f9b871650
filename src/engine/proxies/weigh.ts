import { CodedError } from '../../base/errors.ts';
import type { BindWarning } from '../../contract/proxies.ts';
import type { Db } from '../db/database.ts';
import { stateOf } from './views.ts';
import { prepareWeigh, type KnownProxy, type OtherUse, type WeighedStore } from './weigh-queries.ts';

/** An address that another account left by is its own for so long, in milliseconds. */
export const OTHERS_USE_MS = 90 * 86_400_000;
/** Of many other stores the newest are enough to decide by. */
const MAX_OTHERS = 20;

/** What binding these stores to a proxy would bring about, store by store. */
export type Weigh = (storeIds: readonly number[], proxyId: number | null) => BindWarning[];

/** Nothing is done. Throws `not-found`. */
export function createWeigh(db: Db, now: () => number): Weigh {
  const rows = prepareWeigh(db);
  const storeOf = (storeId: number): WeighedStore => rows.store.get(storeId) ?? missing('store', storeId);
  return (storeIds, proxyId) => {
    const stores = [...new Set(storeIds)].map(storeOf);
    if (proxyId === null) return [];
    const proxy = rows.proxy.get(proxyId) ?? missing('proxy', proxyId);
    const { egressV4: v4, egressV6: v6 } = proxy;
    const sharing = [...stores.map(asUse), ...rows.sharing.all({ proxyId, v4, v6 })];
    const seen = rows.seen.all({ proxyId, v4, v6, since: now() - OTHERS_USE_MS });
    return stores.flatMap((store) => [
      ...notWorking(store, proxy, now()),
      ...others(store, sharing, 'shared'),
      ...others(store, without(seen, sharing), 'used-by-other'),
      ...countries(store, proxy, store.proxyId === null ? undefined : rows.proxy.get(store.proxyId)),
    ]);
  };
}

function notWorking({ storeId }: WeighedStore, proxy: KnownProxy, now: number): BindWarning[] {
  const state = stateOf(proxy, now);
  if (state === 'ready' && proxy.error === null) return [];
  const at = state === 'ended' ? (proxy.expiresAt ?? proxy.endedAt) : state === 'ready' ? proxy.at : null;
  return [{ storeId, kind: 'not-working', otherStoreId: null, at }];
}

/** Other accounts, each by one of its stores. */
function others(
  store: WeighedStore,
  uses: readonly OtherUse[],
  kind: 'shared' | 'used-by-other',
): BindWarning[] {
  const byAccount = new Map(uses.map((use) => [use.accountId, use]));
  byAccount.delete(store.accountId);
  return [...byAccount.values()]
    .slice(0, MAX_OTHERS)
    .map(({ storeId, at }) => ({ storeId: store.storeId, kind, otherStoreId: storeId, at }));
}

function without(uses: readonly OtherUse[], known: readonly OtherUse[]): OtherUse[] {
  const accountIds = new Set(known.map(({ accountId }) => accountId));
  return uses.filter(({ accountId }) => !accountIds.has(accountId));
}

function asUse({ accountId, storeId }: WeighedStore): OtherUse {
  return { accountId, storeId, at: null };
}

function countries(
  { storeId, site }: WeighedStore,
  proxy: KnownProxy,
  before: KnownProxy | undefined,
): BindWarning[] {
  const country = countryOf(proxy);
  if (country === null) return [];
  const warning = (kind: BindWarning['kind']): BindWarning => ({
    storeId,
    kind,
    otherStoreId: null,
    at: proxy.at,
  });
  const old = before === undefined ? null : countryOf(before);
  return [
    ...(country === countryOfSite(site) ? [] : [warning('other-country')]),
    ...(old === null || old === country ? [] : [warning('country-changes')]),
  ];
}

/** What the look-up found counts before what the list says. */
function countryOf({ country, listed }: KnownProxy): string | null {
  return country ?? listed;
}

/** Platforms call the United Kingdom UK. */
function countryOfSite(site: string): string {
  return site === 'UK' ? 'GB' : site;
}

function missing(what: string, id: number): never {
  throw new CodedError('not-found', `There is no ${what} ${id}`);
}
