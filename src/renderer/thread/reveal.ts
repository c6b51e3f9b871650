import { createContext } from 'react';

/** Room kept above what is revealed, in pixels: the bar about the network may lie over the thread's upper edge. */
const roomAbove = 44;
const roomBelow = 8;

/** The upper and lower edge of a box, in pixels. */
interface Edges {
  readonly top: number;
  readonly bottom: number;
}

/** How far to scroll so that `box` is in `view`; where both ends don't fit, its lower end is. */
export function revealShift(view: Edges, box: Edges): number {
  const below = box.bottom + roomBelow - view.bottom;
  const above = box.top - roomAbove - view.top;
  if (below > 0) return below;
  return above < 0 ? Math.max(above, below) : 0;
}

/**
 * Scrolls the view so that the element is in it. `settle` comes first, or it would take this back for what has just
 * grown; `scrolled` afterwards, as if the reader had done it.
 */
export function revealIn(
  view: HTMLElement | null,
  element: HTMLElement,
  { settle, scrolled }: { readonly settle: () => void; readonly scrolled: () => void },
): void {
  if (view === null) return;
  settle();
  const shift = revealShift(view.getBoundingClientRect(), element.getBoundingClientRect());
  if (shift === 0) return;
  view.scrollTop += shift;
  scrolled();
}

/** React context: brings something in a thread into view, as its reader's own scrolling would. */
export const Reveal = createContext<(element: HTMLElement) => void>(() => {});
