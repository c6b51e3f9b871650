import type { StoreView } from '../../contract/models.ts';
import type { ProxyView } from '../../contract/proxies.ts';
import { sparesIn, wantedCountry } from './spares.ts';

/** For each of these proxies a spare of its country, none twice and none of their own; where there is none, nothing. */
export function replacements(
  from: readonly ProxyView[],
  proxies: readonly ProxyView[],
  stores: ReadonlyMap<number, Pick<StoreView, 'site'>>,
  now: number,
): Map<number, number> {
  const taken = new Set(from.map(({ id }) => id));
  const to = new Map<number, number>();
  for (const proxy of from) {
    const spare = sparesIn(wantedCountry(proxy, stores), proxies, now).find(({ id }) => !taken.has(id));
    if (spare === undefined) continue;
    taken.add(spare.id);
    to.set(proxy.id, spare.id);
  }
  return to;
}
