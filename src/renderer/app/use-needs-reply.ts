import { useStores } from '../stores/stores-store.ts';

/** React hook: conversations of all stores that need a reply. */
export function useNeedsReply(): number {
  return useStores((state) => state.stores.reduce((sum, store) => sum + store.needsReply, 0));
}
