import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { StoreView } from '../../contract/models.ts';
import { client } from '../client.ts';
import { usePanel } from '../panel/panel-store.ts';
import { useStores } from '../stores/stores-store.ts';
import { loadConversations, useConversations } from './conversations-store.ts';
import { restoredMs, sayInList } from './list-note.ts';
import { storesListed } from './list-query.ts';

/** A store that has not answered by then counts as failed; it is read all the same when it can be. */
const storeMs = 20_000;
const failureMs = 8_000;
/** Stores asked at a time: a page may have only so many calls open. */
const atOnce = 8;

interface Refreshing {
  /** Stores asked and answered; `of` 0: nothing is being refreshed. */
  readonly done: number;
  readonly of: number;
}

const idle: Refreshing = { done: 0, of: 0 };

/** How far a refresh of the list is. */
export const useRefresh = create<Refreshing>(() => idle);

interface Failed {
  readonly store: StoreView;
  readonly error: ErrorShape;
}

async function syncAll(stores: readonly StoreView[]): Promise<readonly Failed[]> {
  const queue = [...stores];
  const failed: Failed[] = [];
  const worker = async (): Promise<void> => {
    for (let store = queue.shift(); store !== undefined; store = queue.shift()) {
      const answer = await client.call('stores.syncNow', { storeId: store.id }, { timeoutMs: storeMs });
      if (!answer.ok) failed.push({ store, error: answer.error });
      useRefresh.setState(({ done }) => ({ done: done + 1 }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return failed;
}

function sayOutcome(failed: readonly Failed[]): void {
  const [first] = failed;
  const listError = useConversations.getState().error;
  if (first !== undefined) {
    const { store, error } = first;
    const name = `${store.name} ${store.site}`;
    sayInList('note.failed', failureMs, { count: failed.length, store: name, error });
  } else if (listError === null) sayInList('note.upToDate', restoredMs);
}

/**
 * Has every store shown read now, then reads the list again; never loads the page anew. `behind`: nothing is said of
 * how it went, the stores' own states do.
 */
export async function refreshList(how: 'said' | 'behind'): Promise<void> {
  if (useRefresh.getState().of > 0) return;
  const { scope, sites } = usePanel.getState();
  const stores = storesListed(useStores.getState().stores, scope, sites);
  useRefresh.setState({ done: 0, of: Math.max(1, stores.length) });
  const failed = await syncAll(stores);
  await loadConversations();
  useRefresh.setState(idle);
  if (how === 'said') sayOutcome(failed);
}
