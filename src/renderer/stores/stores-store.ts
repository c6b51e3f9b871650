import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { StoreGroup, StoreView } from '../../contract/models.ts';
import { client } from '../client.ts';
import { keepSame } from '../panel/keep-same.ts';

interface StoresState {
  readonly stores: readonly StoreView[];
  readonly groups: readonly StoreGroup[];
  readonly byId: ReadonlyMap<number, StoreView>;
  /** The engine has answered at least once. */
  readonly loaded: boolean;
  /** Why the last read failed; what was last known stays shown. */
  readonly error: ErrorShape | null;
}

/** The stores and groups of the open data folder, kept up to date. */
export const useStores = create<StoresState>(() => ({
  stores: [],
  groups: [],
  byId: new Map(),
  loaded: false,
  error: null,
}));

let reading = false;
let readAgain = false;

/** Reads all stores again: one small answer even for 200. Changes that come while reading cause one more read. */
export async function loadStores(): Promise<void> {
  if (reading) {
    readAgain = true;
    return;
  }
  reading = true;
  const answer = await client.call('stores.list', {});
  reading = false;
  if (answer.ok) {
    const before = useStores.getState();
    const stores = keepSame(before.stores, answer.value.stores);
    const groups = keepSame(before.groups, answer.value.groups);
    const byId = new Map(stores.map((store) => [store.id, store]));
    useStores.setState({ stores, groups, byId, loaded: true, error: null });
  } else {
    useStores.setState({ error: answer.error });
  }
  if (readAgain) {
    readAgain = false;
    await loadStores();
  }
}

/** Reads stores and groups and keeps reading them when they change. Call once. */
export function startStores(): void {
  client.onFeed('stores', () => void loadStores());
  client.onFeed('groups', () => void loadStores());
  void loadStores();
}
