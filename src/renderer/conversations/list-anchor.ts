/** Where the list stands before its rows change. */
export interface ListPlace {
  readonly ids: readonly number[];
  /** Pixels. */
  readonly scrollTop: number;
  readonly rowHeight: number;
}

/** The row at the top of the view: its place in the list, and how far its upper edge is below the view's, in pixels. */
export interface TopRow {
  readonly conversationId: number;
  readonly index: number;
  readonly offset: number;
}

/** The first row in view; null of an empty list. */
export function topRow({ ids, scrollTop, rowHeight }: ListPlace): TopRow | null {
  const index = Math.min(ids.length - 1, Math.floor(Math.max(0, scrollTop) / rowHeight));
  const conversationId = ids[index];
  if (conversationId === undefined) return null;
  return { conversationId, index, offset: Math.round(index * rowHeight - Math.max(0, scrollTop)) };
}

/** Where to scroll so that the list stands as it was left; by the row's former place if it is gone. */
export function returnScrollTop(top: TopRow, ids: readonly number[], rowHeight: number): number {
  const index = ids.indexOf(top.conversationId);
  return Math.max(0, (index < 0 ? Math.min(top.index, ids.length - 1) : index) * rowHeight - top.offset);
}

/** Whether row `index` is in view, be it in part. */
export function isInSight(index: number, { scrollTop, rowHeight }: ListPlace, viewHeight: number): boolean {
  const top = index * rowHeight;
  return index >= 0 && top + rowHeight > scrollTop && top < scrollTop + viewHeight;
}

/** The first of the old rows from `start` on that is still listed. */
function survivor(ids: readonly number[], start: number, next: ReadonlyMap<number, number>): number | null {
  for (let index = Math.max(0, start); index < ids.length; index += 1) {
    const id = ids[index];
    if (id !== undefined && next.has(id)) return index;
  }
  return null;
}

/**
 * Where to scroll so that the list does not jump under the reader when its rows change: the first one in view stays,
 * or its next neighbour if it is gone. A list that stands at its top stays at its top.
 */
export function anchoredScrollTop(place: ListPlace, nextIds: readonly number[]): number {
  const { ids, scrollTop, rowHeight } = place;
  if (scrollTop <= 0) return scrollTop;
  const next = new Map(nextIds.map((id, index) => [id, index]));
  const start = Math.floor(scrollTop / rowHeight);
  const kept = survivor(ids, start, next);
  const id = kept === null ? undefined : ids[kept];
  const moved = id === undefined ? undefined : next.get(id);
  if (kept === null || moved === undefined) return scrollTop;
  // A row that is gone leaves its place to the survivor, so that what follows closes up once and no more.
  return Math.max(0, scrollTop + (moved - start) * rowHeight);
}

/** Where to scroll so that row `index` is wholly in view, moving as little as possible. */
export function revealingScrollTop(
  index: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + viewHeight ? top + rowHeight - viewHeight : scrollTop;
}
