import { create } from 'zustand';
import type { Result } from '../../base/result.ts';
import type { ConnectionTest } from '../../contract/stores.ts';
import { client } from '../client.ts';

/** How trying a store's connection goes; `null` while it is being tried. */
export type TestOutcome = Result<ConnectionTest> | null;

/** The last try of each store, by where it was asked for: its word stands there and nowhere else. */
export const useConnectionTests = create<ReadonlyMap<string, TestOutcome>>(() => new Map());

function put(place: string, outcome: TestOutcome): void {
  useConnectionTests.setState(new Map(useConnectionTests.getState()).set(place, outcome), true);
}

/** Forgets what was said at one place, or everywhere: another data folder means other messages by the same places. */
export function forgetTests(place: string | null): void {
  const tests = new Map(place === null ? [] : useConnectionTests.getState());
  if (place !== null) tests.delete(place);
  useConnectionTests.setState(tests, true);
}

/** Tries a store's connection, once at a time for each place. */
export async function testConnection(place: string, storeId: number): Promise<void> {
  if (useConnectionTests.getState().get(place) === null) return;
  put(place, null);
  put(place, await client.call('stores.test', { storeId }));
}
