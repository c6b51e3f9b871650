import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ConversationRow } from '../../contract/models.ts';
import { clock } from '../client.ts';
import { anchoredScrollTop, revealingScrollTop } from './list-anchor.ts';
import { followPointer, type PointedRow } from './pointed-row.ts';

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

/** Where to scroll when the list becomes `next`; `list` still stands where it stood before. */
function targetOf(list: HTMLElement, old: Shown, next: Shown, pointedId: number | null): number {
  const { rowHeight, selectedId, ids } = next;
  const otherList = old.shownKey !== next.shownKey || old.rowHeight !== rowHeight;
  const place = { ids: old.ids, scrollTop: list.scrollTop, rowHeight, pointedId };
  const target = otherList ? 0 : anchoredScrollTop(place, ids);
  const index = selectedId === null ? -1 : ids.indexOf(selectedId);
  const reveals = index >= 0 && (otherList || old.selectedId !== selectedId);
  return reveals ? revealingScrollTop(index, rowHeight, target, list.clientHeight) : target;
}

/**
 * Keeps the list still under the reader while rows come, go and change places, and brings the selected row into
 * view when another one is selected.
 */
export function useListScroll({ rows, rowHeight, shownKey, selectedId }: ListScrollInput): ListScroll {
  const scroller = useRef<HTMLElement | null>(null);
  const pointer = useRef<PointedRow | null>(null);
  const before = useRef<Shown>({ ids: [], shownKey: '', selectedId: null, rowHeight });
  const [above, setAbove] = useState(0);

  const onScroll = useCallback(() => {
    if ((scroller.current?.scrollTop ?? 0) < rowHeight / 2) setAbove(0);
  }, [rowHeight]);
  const attach = useCallback(
    (element: HTMLElement | Window | null) => {
      pointer.current?.stop();
      scroller.current?.removeEventListener('scroll', onScroll);
      const list = element instanceof HTMLElement ? element : null;
      scroller.current = list;
      pointer.current = list === null ? null : followPointer(list, clock.now);
      list?.addEventListener('scroll', onScroll, { passive: true });
    },
    [onScroll],
  );
  useEffect(() => () => pointer.current?.stop(), []);

  useLayoutEffect(() => {
    const old = before.current;
    const next = { ids: rows.map((row) => row.id), shownKey, selectedId, rowHeight };
    before.current = next;
    const list = scroller.current;
    if (list === null) return;
    const { scrollTop } = list;
    const target = targetOf(list, old, next, pointer.current?.id() ?? null);
    const otherList = old.shownKey !== shownKey || old.rowHeight !== rowHeight;
    if (otherList || target < rowHeight / 2) setAbove(0);
    else if (old.selectedId === selectedId) {
      setAbove((count) => Math.max(0, count + (target - scrollTop) / rowHeight));
    }
    if (target === scrollTop) return;
    list.scrollTop = target;
    // The list may grow only after this commit; until then the browser cuts the target short.
    if (Math.abs(list.scrollTop - target) < 1) return;
    const frame = requestAnimationFrame(() => {
      list.scrollTop = target;
    });
    return () => cancelAnimationFrame(frame);
  }, [rows, rowHeight, shownKey, selectedId]);

  const toTop = useCallback(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, []);
  return { attach, above: Math.round(above), toTop };
}
