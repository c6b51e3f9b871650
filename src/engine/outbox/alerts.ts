import type { Clock } from '../../base/time.ts';
import type { ErrorShape } from '../../base/errors.ts';
import type { StoreAlert } from '../../contract/outbox.ts';

/** So many failures of one store within this time are said once. */
const FAILURES = 3;
const WITHIN_MS = 600_000;

/** Several messages of one store that failed within a short time: one alert, until it works again or a person has read it. */
export interface Alerts {
  /** True when this failure brought the alert about. */
  failed(storeId: number, error: ErrorShape): boolean;
  /** A message of the store went out, or a person dismissed the alert. True when there was one. */
  clear(storeId: number): boolean;
  list(): StoreAlert[];
}

interface Failures {
  /** Times, the oldest first. */
  readonly at: readonly number[];
  readonly last: ErrorShape;
  readonly isAlert: boolean;
}

export function createAlerts(clock: Pick<Clock, 'now'>): Alerts {
  const byStore = new Map<number, Failures>();
  return {
    failed: (storeId, error) => {
      const now = clock.now();
      const before = byStore.get(storeId);
      const isAlert = before?.isAlert === true;
      // What an alert speaks of stays counted; a clock that was set back leaves times in the future, which are forgotten.
      const kept = (before?.at ?? []).filter((at) => isAlert || (at <= now && now - at < WITHIN_MS));
      const at = [...kept, now];
      const next = { at, last: error, isAlert: isAlert || at.length >= FAILURES };
      byStore.set(storeId, next);
      return next.isAlert && !isAlert;
    },
    clear: (storeId) => {
      const was = byStore.get(storeId)?.isAlert === true;
      byStore.delete(storeId);
      return was;
    },
    list: () =>
      [...byStore].flatMap(([storeId, { at, last, isAlert }]) =>
        isAlert ? [{ storeId, failures: at.length, since: at[0] ?? 0, error: last }] : [],
      ),
  };
}
