import { create } from 'zustand';
import type { TroubleItem } from '../../contract/outbox.ts';

/** What can be wrong with a message that waits for a person. */
export const troubleKinds = ['failed', 'held', 'unconfirmed'] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** What narrows the outbox. */
export interface TroubleFilter {
  /** Null: of every store. */
  readonly storeId: number | null;
  /** Null: whatever is wrong. */
  readonly kind: TroubleKind | null;
}

/** What the outbox view is narrowed to; kept while another view is shown. */
export const useTroubleFilter = create<TroubleFilter>(() => ({ storeId: null, kind: null }));

/** The items the filter holds, in their order. */
export function filterTrouble(
  items: readonly TroubleItem[],
  { storeId, kind }: TroubleFilter,
): readonly TroubleItem[] {
  return items.filter(
    (item) =>
      (storeId === null || item.storeId === storeId) && (kind === null || item.pending.phase === kind),
  );
}

/** How many of a store's items, or of all, are of each kind. */
export function countTrouble(
  items: readonly TroubleItem[],
  storeId: number | null,
): Readonly<Record<TroubleKind | 'all', number>> {
  const counts = { all: 0, failed: 0, held: 0, unconfirmed: 0 };
  for (const item of filterTrouble(items, { storeId, kind: null })) {
    counts.all += 1;
    const kind = troubleKinds.find((one) => one === item.pending.phase);
    if (kind !== undefined) counts[kind] += 1;
  }
  return counts;
}

/** A store to filter by. */
export interface TroubleStore {
  readonly id: number;
  readonly name: string;
  readonly site: string;
  readonly count: number;
}

/** The stores of the items, by name; the one chosen stays although it has none any more. */
export function troubleStores(
  items: readonly TroubleItem[],
  chosen: Omit<TroubleStore, 'count'> | null,
): readonly TroubleStore[] {
  const stores = new Map<number, TroubleStore>();
  if (chosen !== null) stores.set(chosen.id, { ...chosen, count: 0 });
  for (const { storeId, storeName, site } of items) {
    const count = (stores.get(storeId)?.count ?? 0) + 1;
    stores.set(storeId, { id: storeId, name: storeName, site, count });
  }
  return [...stores.values()].sort((one, other) =>
    `${one.name} ${one.site}`.localeCompare(`${other.name} ${other.site}`),
  );
}
