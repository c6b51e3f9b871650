import { CodedError, toErrorShape } from '../../../base/errors.ts';
import type { HttpClient } from '../../../channels/http.ts';
import type { ProxyCheck } from '../../../contract/proxies.ts';
import { isProxyTrouble } from '../../net/proxy-trouble.ts';
import type { Lookups } from './lookups.ts';
import { readSighting, type Sighting } from './sighting.ts';

/** What a look at a proxy found. */
export type Found = Omit<ProxyCheck, 'at'>;

/** Milliseconds for the whole way there and back; most proxies have no IPv6, and some never say so. */
const LOOK_MS = 20_000;
const LOOK_V6_MS = 6_000;

/** Looks at a proxy by what goes through it. Throws where nothing came through. */
export async function lookThrough(http: HttpClient, lookups: Lookups, elapsed: () => number): Promise<Found> {
  const began = elapsed();
  const first = await see(http, lookups.url, LOOK_MS);
  const latencyMs = Math.max(0, Math.round(elapsed() - began));
  const asksV6 = lookups.v6 !== null && first?.address.family !== 6;
  const second = asksV6 ? await see(http, lookups.v6, LOOK_V6_MS).catch(() => null) : null;
  return {
    error: null,
    latencyMs,
    egressV4: addressOf(first, 4),
    egressV6: addressOf(first, 6) ?? addressOf(second, 6),
    country: first?.country ?? second?.country ?? null,
    city: first?.city ?? second?.city ?? null,
  };
}

/** What an error says of the proxy; thrown on where it says nothing of it, and the trouble is elsewhere. */
export function failedBy(error: unknown): Found {
  if (!(error instanceof CodedError) || !isProxyTrouble(error)) throw error;
  const nothing = { latencyMs: null, egressV4: null, egressV6: null, country: null, city: null };
  return { error: toErrorShape(error), ...nothing };
}

/** Null: something answered, so the proxy works; but its answer tells no address. */
async function see(http: HttpClient, url: string, timeoutMs: number): Promise<Sighting | null> {
  const headers = { accept: 'application/json' };
  const { status, text } = await http.request({ method: 'GET', url, headers, timeoutMs, effect: 'read' });
  return status === 200 ? readSighting(text) : null;
}

function addressOf(sighting: Sighting | null, family: 4 | 6): string | null {
  return sighting?.address.family === family ? sighting.address.text : null;
}
