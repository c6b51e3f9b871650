import { firstOfMonth, localDay } from '../../base/local-day.ts';
import type { ProxyView, TrafficDay } from '../../contract/proxies.ts';
import type { StoreView } from '../../contract/models.ts';

/** Days that are shown one by one. */
const DAYS = 30;
const DAY_MS = 86_400_000;

/** Bytes that went out and came in. */
export interface Carried {
  readonly sent: number;
  readonly received: number;
}

/** What one proxy or one account carried this month. */
export interface CarriedBy extends Carried {
  readonly id: number;
}

/** From when on traffic is asked for: the days that are shown, and the whole month. */
export function since(now: number): string {
  const [month, days] = [firstOfMonth(now), localDay(now - (DAYS - 1) * DAY_MS)];
  return month < days ? month : days;
}

/** What each carried in the month of `now`, the most first. */
export function ofMonth(days: readonly TrafficDay[], now: number, by: 'proxyId' | 'accountId'): CarriedBy[] {
  const month = firstOfMonth(now).slice(0, 8);
  const sums = new Map<number, CarriedBy>();
  for (const line of days) {
    if (!line.day.startsWith(month)) continue;
    const id = line[by];
    const before = sums.get(id) ?? { id, sent: 0, received: 0 };
    sums.set(id, { id, sent: before.sent + line.sent, received: before.received + line.received });
  }
  return [...sums.values()].toSorted((one, other) => totalOf(other) - totalOf(one) || one.id - other.id);
}

/** The last days one by one, today first; those on which nothing passed too. */
export function byDay(days: readonly TrafficDay[], now: number): (Carried & { readonly day: string })[] {
  return Array.from({ length: DAYS }, (_, index) => {
    // Noon: a day of 23 or 25 hours is still one.
    const noon = new Date(now);
    noon.setHours(12, 0, 0, 0);
    const day = localDay(noon.getTime() - index * DAY_MS);
    const own = days.filter((line) => line.day === day);
    return {
      day,
      sent: own.reduce((sum, line) => sum + line.sent, 0),
      received: own.reduce((sum, line) => sum + line.received, 0),
    };
  });
}

export function totalOf({ sent, received }: Carried): number {
  return sent + received;
}

/** The stores of an account, by which people know it. */
export function storesOf(accountId: number, stores: readonly StoreView[]): StoreView[] {
  return stores.filter((store) => store.accountId === accountId);
}

/** How much of a month's budget is used, in whole per cent; null: there is none, or less than 80. */
export function nearBudget({ budget, used }: Pick<ProxyView, 'budget' | 'used'>): number | null {
  if (budget === null) return null;
  const percent = Math.floor((used * 100) / budget);
  return percent >= 80 ? percent : null;
}
