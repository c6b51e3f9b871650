import { create } from 'zustand';
import type { TopRow } from './list-anchor.ts';

interface ListPlace {
  /** What stands at the top of the list now; null of an empty one. */
  readonly top: TopRow | null;
  /** Where a former session left it: the first list shown is scrolled there. */
  readonly returnTo: TopRow | null;
  /** Where the open conversation stood then though the filter held it no longer; null: it was none of those. */
  readonly leftAt: number | null;
}

/** How far the list is scrolled. */
export const useListPlace = create<ListPlace>(() => ({ top: null, returnTo: null, leftAt: null }));

/** Says what stands at the top of the list now. */
export function noteTop(top: TopRow | null): void {
  const before = useListPlace.getState().top;
  if (top?.conversationId === before?.conversationId && top?.offset === before?.offset) return;
  useListPlace.setState({ top });
}

/** Where to return to; asked once, when the list is first shown. */
export function takeReturn(): TopRow | null {
  const { returnTo } = useListPlace.getState();
  if (returnTo !== null) useListPlace.setState({ returnTo: null });
  return returnTo;
}

/** Where the open conversation is to stand in the first list; asked once. */
export function takeLeftAt(): number | null {
  const { leftAt } = useListPlace.getState();
  if (leftAt !== null) useListPlace.setState({ leftAt: null });
  return leftAt;
}
