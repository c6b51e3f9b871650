import { conversationFilterSchema } from '../../contract/conversations.ts';
import type { StoreGroup, StoreView } from '../../contract/models.ts';
import type { PanelSnapshot } from '../../contract/snapshots.ts';
import type { TopRow } from '../conversations/list-anchor.ts';
import { listInput } from '../conversations/list-query.ts';
import type { ListNarrowing } from './panel-store.ts';
import type { PanelPlace, PanelScope } from './place.ts';

/** What a snapshot brings back. */
export type SnapshotPlace = PanelPlace & ListNarrowing;

/** What the panel shows, as it is stored; `leftAt`: see the contract. */
export function snapshotOf(place: SnapshotPlace, list: TopRow | null, leftAt: number | null): PanelSnapshot {
  const { filter } = listInput({ ...place, sort: 'newest' }, 1);
  return { filter: conversationFilterSchema.parse(filter), selectedId: place.selectedId, list, leftAt };
}

function scopeOf({ storeIds, groupId, platforms }: PanelSnapshot['filter']): PanelScope {
  const [storeId] = storeIds;
  if (storeId !== undefined) return { kind: 'store', storeId };
  if (groupId !== null) return { kind: 'group', groupId };
  const [platform] = platforms;
  return platform === undefined ? { kind: 'all' } : { kind: 'platform', platform };
}

/** What a stored snapshot shows. */
export function placeOf({ filter, selectedId }: PanelSnapshot): SnapshotPlace {
  const { state, trouble, unread, sites, keyword } = filter;
  return {
    scope: scopeOf(filter),
    view: trouble ? 'trouble' : (state ?? 'all'),
    selectedId,
    unread,
    sites,
    keyword,
  };
}

/** The choice of stores as far as it still exists: of a store or group that is gone, all; a site without stores is none. */
export function stillThere(
  { scope, sites }: Pick<SnapshotPlace, 'scope' | 'sites'>,
  stores: readonly StoreView[],
  groups: readonly StoreGroup[],
): Pick<SnapshotPlace, 'scope' | 'sites'> {
  const isThere =
    scope.kind === 'all' ||
    (scope.kind === 'platform' && stores.some((store) => store.platform === scope.platform)) ||
    (scope.kind === 'group' && groups.some((group) => group.id === scope.groupId)) ||
    (scope.kind === 'store' && stores.some((store) => store.id === scope.storeId));
  const known = sites.filter((site) => stores.some((store) => store.site === site));
  return {
    scope: isThere ? scope : { kind: 'all' },
    sites: known.length === sites.length ? sites : known,
  };
}
