import type { ProxyView } from '../../contract/proxies.ts';

const DAY_MS = 86_400_000;

/** How a proxy is, in one word: the first of these that holds. */
export type Condition = 'ended' | 'disabled' | 'failing' | 'works' | 'unchecked';

/** How a proxy is now. */
export function conditionOf(
  { state, expiresAt, check }: Pick<ProxyView, 'state' | 'expiresAt' | 'check'>,
  now: number,
): Condition {
  if (state === 'ended' || (expiresAt !== null && expiresAt <= now)) return 'ended';
  if (state === 'disabled') return 'disabled';
  if (check === null) return 'unchecked';
  return check.error === null ? 'works' : 'failing';
}

/** How near its end is: within one day, three, seven, later, over, or never. */
export type Nearness = 'over' | 'day' | 'three' | 'week' | 'later' | 'never';

/** How near this end is. */
export function nearnessOf(expiresAt: number | null, now: number): Nearness {
  if (expiresAt === null) return 'never';
  const left = expiresAt - now;
  if (left <= 0) return 'over';
  if (left <= DAY_MS) return 'day';
  if (left <= 3 * DAY_MS) return 'three';
  return left <= 7 * DAY_MS ? 'week' : 'later';
}

/** Nothing leaves by it. */
export const isUnused = ({ storeIds, appIds }: Pick<ProxyView, 'storeIds' | 'appIds'>): boolean =>
  storeIds.length === 0 && appIds.length === 0;

/** Unused, and ready to be used. */
export function isSpare(proxy: ProxyView, now: number): boolean {
  const condition = conditionOf(proxy, now);
  return isUnused(proxy) && (condition === 'works' || condition === 'unchecked');
}

/** Where it comes out, as far as known: what was seen counts more than what its list said. */
export const countryOf = ({ check, country }: Pick<ProxyView, 'check' | 'country'>): string | null =>
  check?.country ?? country;

/** The country of a site; platforms call the United Kingdom UK. */
export const countryOfSite = (site: string): string => (site === 'UK' ? 'GB' : site);

/** A person's name for it, else its address. */
export function nameOf({ name, host, port }: Pick<ProxyView, 'name' | 'host' | 'port'>): string {
  return name === '' ? addressOf({ host, port }) : name;
}

/** `host:port`, an IPv6 address in brackets. */
export function addressOf({ host, port }: Pick<ProxyView, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
