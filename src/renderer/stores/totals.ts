import type { StoreView } from '../../contract/models.ts';
import type { PanelScope } from '../panel/panel-store.ts';

/** Conversations of some stores that have something unread, and that need a reply. */
export interface Totals {
  readonly unread: number;
  readonly needsReply: number;
}

/** The one way numbers over several stores come about: the sum of theirs. */
export function totalsOf(stores: readonly StoreView[]): Totals {
  return stores.reduce<Totals>(
    (sum, store) => ({ unread: sum.unread + store.unread, needsReply: sum.needsReply + store.needsReply }),
    { unread: 0, needsReply: 0 },
  );
}

/** The stores a scope of the panel stands for. */
function storesIn(scope: PanelScope, stores: readonly StoreView[]): readonly StoreView[] {
  if (scope.kind === 'all') return stores;
  return stores.filter((store) => {
    if (scope.kind === 'platform') return store.platform === scope.platform;
    return scope.kind === 'group' ? store.groupId === scope.groupId : store.id === scope.storeId;
  });
}

/** The sites of these stores by name, each with the totals of its stores in the scope. */
export function siteTotals(
  stores: readonly StoreView[],
  scope: PanelScope,
): readonly (Totals & { readonly site: string })[] {
  const shown = storesIn(scope, stores);
  return [...new Set(stores.map((store) => store.site))]
    .sort()
    .map((site) => ({ site, ...totalsOf(shown.filter((store) => store.site === site)) }));
}
