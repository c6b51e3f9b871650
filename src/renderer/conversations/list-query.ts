import type { CallInput } from '../../contract/index.ts';
import type { StoreView } from '../../contract/models.ts';
import type { ListNarrowing } from '../panel/panel-store.ts';
import type { ListView, PanelScope } from '../panel/place.ts';

/** Everything that decides which conversations are listed, and in which order. */
export interface ListQuery extends ListNarrowing {
  readonly scope: PanelScope;
  readonly view: ListView;
  readonly sort: 'waiting' | 'newest';
}

/** How many rows are read at first, and how many more each time the reader comes near the end. */
export const listStep = 200;
/** The most the contract answers at once; beyond it the list asks to be narrowed. */
export const listMost = 2000;

/** How many rows must be read for the one at `index` to be among them, and some beyond it. */
export function limitFor(index: number): number {
  return Math.min(listMost, Math.ceil((index + listStep / 2) / listStep) * listStep);
}

type Filter = NonNullable<CallInput<'conversations.list'>['filter']>;

function scopeFilter(scope: PanelScope): Filter {
  switch (scope.kind) {
    case 'all':
      return {};
    case 'platform':
      return { platforms: [scope.platform] };
    case 'group':
      return { groupId: scope.groupId };
    case 'store':
      return { storeIds: [scope.storeId] };
  }
}

/** The call that reads this list. */
export function listInput(query: ListQuery, limit: number): CallInput<'conversations.list'> {
  const { view } = query;
  return {
    filter: {
      ...scopeFilter(query.scope),
      state: view === 'all' || view === 'trouble' ? null : view,
      trouble: view === 'trouble',
      unread: query.unread,
      sites: [...query.sites],
      keyword: query.keyword.trim(),
    },
    sort: query.sort,
    limit,
  };
}

/** Whether a person narrowed the list beyond its view and the rail's choice. */
export function isNarrowed(query: ListNarrowing): boolean {
  return query.unread || query.sites.length > 0 || query.keyword.trim() !== '';
}

/** The stores whose conversations are listed. */
export function storesListed(
  stores: readonly StoreView[],
  scope: PanelScope,
  sites: readonly string[],
): readonly StoreView[] {
  return stores.filter(
    (store) =>
      (sites.length === 0 || sites.includes(store.site)) &&
      (scope.kind === 'all' ||
        (scope.kind === 'platform' && store.platform === scope.platform) ||
        (scope.kind === 'group' && store.groupId === scope.groupId) ||
        (scope.kind === 'store' && store.id === scope.storeId)),
  );
}
