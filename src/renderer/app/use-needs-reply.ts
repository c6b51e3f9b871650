import { useStores } from '../stores/stores-store.ts';
import { totalsOf } from '../stores/totals.ts';

/** React hook: conversations of all stores that need a reply. */
export function useNeedsReply(): number {
  return useStores((state) => totalsOf(state.stores).needsReply);
}
