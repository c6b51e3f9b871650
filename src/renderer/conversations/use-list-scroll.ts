import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { ConversationRow } from '../../contract/models.ts';
import { anchoredScrollTop, isInSight, returnScrollTop, revealingScrollTop, topRow } from './list-anchor.ts';
import { noteTop, takeReturn } from './list-place.ts';

/** The list may draw its full height only some frames after its rows are known. */
const framesToSettle = 60;

interface ListScrollInput {
  readonly rows: readonly ConversationRow[];
  readonly rowHeight: number;
  /** Changes when another list is shown: the reader then starts at its top, or at the selected row. */
  readonly shownKey: string;
  readonly selectedId: number | null;
}

export interface ListScroll {
  /** For the scroller's `ref`. */
  readonly attach: (scroller: HTMLElement | Window | null) => void;
  /** Rows that came in above what the reader sees, since he was last at the top. */
  readonly above: number;
  readonly toTop: () => void;
}

interface Shown extends Omit<ListScrollInput, 'rows'> {
  readonly ids: readonly number[];
}

const isOther = (old: Shown, next: Shown): boolean =>
  old.shownKey !== next.shownKey || old.rowHeight !== next.rowHeight;

/** Where to scroll when the list becomes `next`, coming from where it stands; pixels. */
function targetOf(list: HTMLElement, from: number, old: Shown, next: Shown): number {
  const { rowHeight, selectedId, ids } = next;
  const returnTo = takeReturn();
  if (returnTo !== null) return returnScrollTop(returnTo, ids, rowHeight);
  const otherList = isOther(old, next);
  const place = { ids: old.ids, scrollTop: from, rowHeight };
  const target = otherList ? 0 : anchoredScrollTop(place, ids);
  if (selectedId === null) return target;
  const index = ids.indexOf(selectedId);
  const asked = otherList || old.selectedId !== selectedId;
  const reveals = asked || isInSight(old.ids.indexOf(selectedId), place, list.clientHeight);
  return index >= 0 && reveals ? revealingScrollTop(index, rowHeight, target, list.clientHeight) : target;
}

/** Where a list is to stand, whether or not it is drawn high enough yet. */
interface Goal {
  readonly list: HTMLElement;
  /** Pixels. */
  scrollTop(): number;
  reached(): boolean;
  go(target: number): void;
  stop(): void;
}

function createGoal(list: HTMLElement): Goal {
  let goal: number | null = null;
  let frame = 0;
  const go = (target: number, frames: number): void => {
    cancelAnimationFrame(frame);
    list.scrollTop = target;
    goal = Math.abs(list.scrollTop - target) < 1 || frames === 0 ? null : target;
    if (goal !== null) frame = requestAnimationFrame(() => go(target, frames - 1));
  };
  return {
    list,
    scrollTop: () => goal ?? list.scrollTop,
    reached: () => goal === null,
    go: (target) => go(target, framesToSettle),
    stop: () => cancelAnimationFrame(frame),
  };
}

/**
 * Keeps the list still under the reader while rows come, go and change places, brings the selected row into view when
 * another one is selected, and never moves it out of sight.
 */
export function useListScroll({ rows, rowHeight, shownKey, selectedId }: ListScrollInput): ListScroll {
  const scroller = useRef<HTMLElement | null>(null);
  const goal = useRef<Goal | null>(null);
  const before = useRef<Shown>({ ids: [], shownKey: '', selectedId: null, rowHeight });
  const [above, setAbove] = useState(0);

  const onScroll = useCallback(() => {
    if (goal.current?.reached() === false) return;
    const scrollTop = scroller.current?.scrollTop ?? 0;
    if (scrollTop < rowHeight / 2) setAbove(0);
    noteTop(topRow({ ids: before.current.ids, scrollTop, rowHeight }));
  }, [rowHeight]);
  const attach = useCallback(
    (element: HTMLElement | Window | null) => {
      scroller.current?.removeEventListener('scroll', onScroll);
      const list = element instanceof HTMLElement ? element : null;
      scroller.current = list;
      list?.addEventListener('scroll', onScroll, { passive: true });
      if (list === null) return;
      if (goal.current?.list !== list) {
        goal.current?.stop();
        goal.current = createGoal(list);
      }
      // Drawn only after its rows were known: then nobody has gone back yet.
      const { ids } = before.current;
      const returnTo = ids.length > 0 ? takeReturn() : null;
      if (returnTo !== null) goal.current.go(returnScrollTop(returnTo, ids, rowHeight));
    },
    [onScroll, rowHeight],
  );

  useLayoutEffect(() => {
    const old = before.current;
    const next = { ids: rows.map((row) => row.id), shownKey, selectedId, rowHeight };
    before.current = next;
    const list = scroller.current;
    if (list === null || goal.current === null) return;
    const from = goal.current.scrollTop();
    const target = targetOf(list, from, old, next);
    if (isOther(old, next) || target < rowHeight / 2) setAbove(0);
    else if (old.selectedId === selectedId)
      setAbove((count) => Math.max(0, count + (target - from) / rowHeight));
    // Never further than the rows reach: it would be tried in vain, against whoever scrolls meanwhile.
    const most = Math.max(0, next.ids.length * rowHeight - list.clientHeight);
    if (target === from) onScroll();
    else goal.current.go(Math.min(target, most));
  }, [rows, rowHeight, shownKey, selectedId, onScroll]);

  const toTop = useCallback(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, []);
  return { attach, above: Math.round(above), toTop };
}
