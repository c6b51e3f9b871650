import type { BrowserView } from '../../contract/browsers.ts';
import type { StoreView } from '../../contract/models.ts';

const names = new Intl.Collator(undefined, { numeric: true });

/** The stores that could share a sign-in with this one: of its platform, not yet sharing with it, by name. */
export function couldShare(
  storeId: number,
  stores: readonly StoreView[],
  byStore: ReadonlyMap<number, BrowserView>,
): readonly StoreView[] {
  const own = stores.find(({ id }) => id === storeId);
  const together = new Set(byStore.get(storeId)?.storeIds ?? [storeId]);
  return stores
    .filter(({ id, platform }) => platform === own?.platform && id !== storeId && !together.has(id))
    .sort((a, b) => names.compare(a.name, b.name) || a.site.localeCompare(b.site) || a.id - b.id);
}

/** Everybody who is to share with this one: itself first, for its proxy is kept, then who shares already, then the chosen. */
export function sharers(
  storeId: number,
  chosen: readonly number[],
  byStore: ReadonlyMap<number, BrowserView>,
): readonly number[] {
  return [...new Set([storeId, ...(byStore.get(storeId)?.storeIds ?? []), ...chosen])];
}

/** One store of each browser among theirs that is open: it has to be closed before accounts change. */
export function stillOpen(
  storeIds: readonly number[],
  byStore: ReadonlyMap<number, BrowserView>,
): readonly number[] {
  const open = new Map<number, number>();
  for (const id of storeIds) {
    const view = byStore.get(id);
    if (
      view !== undefined &&
      (view.state === 'open' || view.state === 'opening') &&
      !open.has(view.accountId)
    )
      open.set(view.accountId, id);
  }
  return [...open.values()];
}
