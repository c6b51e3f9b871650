import type { ProxyView } from '../../contract/proxies.ts';
import { daysBetween } from '../i18n/format.ts';

const WEEKS = 4;

/** When proxies end, in days for a week and in weeks for a month; `day:0` is today, `week:1` the seven days after this week. */
export type EndsKey = 'ended' | `day:${number}` | `week:${number}` | 'later' | 'permanent';

/** Proxies that end together. */
export interface EndsGroup {
  readonly key: EndsKey;
  /** The first and the last day of it, at some time of the day; null where it has none. */
  readonly from: number | null;
  readonly to: number | null;
  readonly proxies: number;
  /** Stores that leave by them. */
  readonly stores: number;
}

/** The group a proxy's end belongs to. */
export function endsKey({ expiresAt, state }: Pick<ProxyView, 'expiresAt' | 'state'>, now: number): EndsKey {
  if (state === 'ended' || (expiresAt !== null && expiresAt <= now)) return 'ended';
  if (expiresAt === null) return 'permanent';
  const days = -daysBetween(expiresAt, now);
  if (days < 7) return `day:${days}`;
  const weeks = Math.floor(days / 7);
  return weeks <= WEEKS ? `week:${weeks}` : 'later';
}

function dayAfter(now: number, days: number): number {
  const date = new Date(now);
  return date.setDate(date.getDate() + days);
}

function spanOf(key: EndsKey, now: number): Pick<EndsGroup, 'from' | 'to'> {
  const [kind, count] = key.split(':');
  const at = Number(count);
  if (kind === 'day') return { from: dayAfter(now, at), to: dayAfter(now, at) };
  if (kind === 'week') return { from: dayAfter(now, 7 * at), to: dayAfter(now, 7 * at + 6) };
  return { from: null, to: null };
}

const order: readonly EndsKey[] = [
  'ended',
  ...Array.from({ length: 7 }, (_, day) => `day:${day}` as const),
  ...Array.from({ length: WEEKS }, (_, week) => `week:${week + 1}` as const),
  'later',
  'permanent',
];

/** What ends when, soonest first; groups that hold nothing are left out. */
export function endsGroups(proxies: readonly ProxyView[], now: number): EndsGroup[] {
  const counts = new Map<EndsKey, { proxies: number; stores: number }>();
  for (const proxy of proxies) {
    const key = endsKey(proxy, now);
    const count = counts.get(key) ?? { proxies: 0, stores: 0 };
    counts.set(key, { proxies: count.proxies + 1, stores: count.stores + proxy.storeIds.length });
  }
  return order.flatMap((key) => {
    const count = counts.get(key);
    return count === undefined ? [] : [{ key, ...spanOf(key, now), ...count }];
  });
}
