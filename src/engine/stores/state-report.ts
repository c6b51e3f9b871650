import type { ErrorShape } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { StoreState } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';
import type { Feed, Log } from '../parts.ts';
import { prepareStores } from './queries.ts';

/** "Last read" is written this often at most, a store: two hundred stores polled each second must not wear the disk. */
const NOTE_EVERY_MS = 30_000;

interface StateReportInput {
  readonly db: Db;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly log: Log;
}

/** Keeps how reading each store goes; pages hear of it when it changes. */
export function createStateReport(
  input: StateReportInput,
): (storeId: number, state: StoreState, error: ErrorShape | null) => void {
  const { clock, feed, log } = input;
  const queries = prepareStores(input.db);
  const noted = new Map<number, number>();

  return (storeId, state, error) => {
    const before = queries.get.get(storeId);
    if (before === undefined) return;
    const now = clock.now();
    if (state === 'online' && now - (noted.get(storeId) ?? 0) >= NOTE_EVERY_MS) {
      noted.set(storeId, now);
      queries.setSynced.run(now, storeId);
      feed.emit('stores', [storeId]);
    }
    const text = error === null ? null : JSON.stringify(error);
    if (before.state === state && before.error === text) return;
    queries.setState.run(state, text, storeId);
    log.info('store-state', { storeId, state, error });
    feed.emit('stores', [storeId]);
  };
}
