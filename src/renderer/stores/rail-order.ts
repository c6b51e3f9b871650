import type { StoreGroup, StoreView } from '../../contract/models.ts';
import { buildRail } from './rail-model.ts';

/** The stores' ids as they stand in the rail when nothing is folded away or left out. */
export function railOrder(known: {
  readonly stores: readonly StoreView[];
  readonly groups: readonly StoreGroup[];
}): readonly number[] {
  const rows = buildRail({
    stores: known.stores,
    groups: known.groups,
    collapsed: [],
    query: '',
    onlyWork: false,
    keepStoreId: null,
    platformName: (platform) => platform,
  });
  return rows.flatMap((row) => (row.kind === 'store' ? [row.store.id] : []));
}
