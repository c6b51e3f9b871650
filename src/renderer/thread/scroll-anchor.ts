/** How near the bottom counts as being there, in pixels. */
export const nearBottom = 32;
/** How near either end further messages are read, in pixels: well before the reader gets there. */
export const readAhead = 900;

/** A scrolled box; pixels. */
export interface ScrollBox {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** Whether the reader is at the newest message, so that the thread goes on following it. */
export function isAtBottom(box: ScrollBox): boolean {
  return box.scrollHeight - box.clientHeight - box.scrollTop <= nearBottom;
}

/**
 * How far the reader scrolled since `seen`: the box moves at once, its event comes later, and what arrives in between
 * must not take the scroll back. A box cut short by content that shrank was not scrolled by anyone.
 */
export function scrolledSince(seen: ScrollBox, now: ScrollBox): number {
  const atEnd = now.scrollHeight - now.clientHeight - now.scrollTop < 1;
  const mostBefore = seen.scrollHeight - seen.clientHeight;
  const cutShort = atEnd && now.scrollHeight - now.clientHeight < mostBefore;
  return cutShort ? 0 : now.scrollTop - seen.scrollTop;
}

/** Which further messages the reader will soon want. */
export function wantsFurther(box: ScrollBox): { readonly older: boolean; readonly newer: boolean } {
  return {
    older: box.scrollTop < readAhead,
    newer: box.scrollHeight - box.clientHeight - box.scrollTop < readAhead,
  };
}

/** A drawn message: its id and the distance of its top edge from the top of the view, in pixels. */
export interface Anchor {
  readonly id: string;
  readonly top: number;
}

/** How many messages are remembered: the first in view and the next ones, in case the first is taken away. */
export const anchorsKept = 8;

/** How far to scroll so that the first remembered message that is still drawn stands where it stood; 0 if none is. */
export function anchorShift(anchors: readonly Anchor[], topOf: (id: string) => number | null): number {
  for (const { id, top } of anchors) {
    const now = topOf(id);
    if (now !== null) return now - top;
  }
  return 0;
}

/** How many messages came after the one that was the newest when the reader left the bottom. */
export function unseenCount(ids: readonly number[], lastSeenId: number | null): number {
  if (lastSeenId === null) return 0;
  const index = ids.indexOf(lastSeenId);
  return index < 0 ? 0 : ids.length - 1 - index;
}
