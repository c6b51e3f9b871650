/** Where the list stands before its rows change. */
export interface ListPlace {
  readonly ids: readonly number[];
  /** Pixels. */
  readonly scrollTop: number;
  readonly rowHeight: number;
  /** The row under the pointer, which must not slip away from it; null if the pointer is elsewhere. */
  readonly pointedId: number | null;
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
 * Where to scroll so that the list does not jump under the reader when its rows change: the row under the pointer
 * stays, or else the first one in view, or its next neighbour if it is gone. A list that stands at its top, with
 * nothing pointed at, stays at its top.
 */
export function anchoredScrollTop(place: ListPlace, nextIds: readonly number[]): number {
  const { ids, scrollTop, rowHeight, pointedId } = place;
  if (scrollTop <= 0 && pointedId === null) return scrollTop;
  const next = new Map(nextIds.map((id, index) => [id, index]));
  const pointed = pointedId === null ? -1 : ids.indexOf(pointedId);
  const start = pointed >= 0 ? pointed : Math.floor(scrollTop / rowHeight);
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
