import type { StoreView } from '../../contract/models.ts';
import type { ProxyView } from '../../contract/proxies.ts';
import { conditionOf, countryOf, countryOfSite, isSpare, nearnessOf } from './condition.ts';

/** Stores leave by it, and it has ended, is about to, or does not work. */
export function needsSpare(proxy: ProxyView, now: number): boolean {
  if (proxy.storeIds.length === 0) return false;
  const nearness = nearnessOf(proxy.expiresAt, now);
  const condition = conditionOf(proxy, now);
  return nearness === 'day' || nearness === 'three' || condition === 'ended' || condition === 'failing';
}

/** The country of these stores' site, if it is one. */
export function siteCountry(
  storeIds: readonly number[],
  stores: ReadonlyMap<number, Pick<StoreView, 'site'>>,
): string | null {
  const sites = new Set(storeIds.map((id) => stores.get(id)?.site ?? null));
  const [site = null] = sites;
  return sites.size === 1 && site !== null ? countryOfSite(site) : null;
}

/** The country its stores are used to; where nothing is known of the proxy, that of their site if it is one. */
export function wantedCountry(
  proxy: Pick<ProxyView, 'check' | 'country' | 'storeIds'>,
  stores: ReadonlyMap<number, Pick<StoreView, 'site'>>,
): string | null {
  const known = countryOf(proxy);
  if (known !== null) return known;
  return siteCountry(proxy.storeIds, stores);
}

const never = Number.POSITIVE_INFINITY;

/** What ends first comes first. */
function byEnd(a: ProxyView, b: ProxyView): number {
  const [endA, endB] = [a.expiresAt ?? never, b.expiresAt ?? never];
  return endA === endB ? 0 : endA - endB;
}

/** Those seen working come first, then those that last longest; a name decides between equals. */
function better(now: number): (a: ProxyView, b: ProxyView) => number {
  const works = (proxy: ProxyView): number => (conditionOf(proxy, now) === 'works' ? 0 : 1);
  return (a, b) => works(a) - works(b) || byEnd(b, a) || a.id - b.id;
}

/** Spares that come out in this country, best first; those about to end are none. */
export function sparesIn(country: string | null, proxies: readonly ProxyView[], now: number): ProxyView[] {
  if (country === null) return [];
  return proxies
    .filter((proxy) => isSpare(proxy, now) && countryOf(proxy) === country)
    .filter(({ expiresAt }) => !['day', 'three'].includes(nearnessOf(expiresAt, now)))
    .sort(better(now));
}

/**
 * A spare for each proxy whose stores need one, no spare twice: what ends first chooses first. Where there is none of
 * its country it gets none.
 */
export function offerSpares(
  proxies: readonly ProxyView[],
  stores: ReadonlyMap<number, Pick<StoreView, 'site'>>,
  now: number,
): Map<number, ProxyView> {
  const offered = new Map<number, ProxyView>();
  const left = new Map<string, ProxyView[]>();
  const urgent = proxies.filter((proxy) => needsSpare(proxy, now)).sort((a, b) => byEnd(a, b) || a.id - b.id);
  for (const proxy of urgent) {
    const country = wantedCountry(proxy, stores);
    if (country === null) continue;
    const spares = left.get(country) ?? sparesIn(country, proxies, now);
    const [spare, ...rest] = spares;
    left.set(country, rest);
    if (spare !== undefined) offered.set(proxy.id, spare);
  }
  return offered;
}
