import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { ConversationRow } from '../../contract/models.ts';
import { anchoredScrollTop, revealingScrollTop } from './list-anchor.ts';

interface ListScrollInput {
  readonly rows: readonly ConversationRow[];
  readonly rowHeight: number;
  /** Changes when another list is shown: the reader then starts at its top, or at the selected row. */
  readonly shownKey: string;
  readonly selectedId: number | null;
}

function pointedRow(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest('[data-conversation-id]') : null;
  const id = Number(row?.getAttribute('data-conversation-id'));
  return id > 0 ? id : null;
}

/**
 * Keeps the list still under the reader while rows come, go and change places, and brings the selected row into
 * view when another one is selected. The answer goes to the scroller's `ref`.
 */
export function useListScroll(input: ListScrollInput): (scroller: HTMLElement | Window | null) => void {
  const { rows, rowHeight, shownKey, selectedId } = input;
  const scroller = useRef<HTMLElement | null>(null);
  const stopPointer = useRef<(() => void) | null>(null);
  const pointedId = useRef<number | null>(null);
  const before = useRef({
    ids: [] as readonly number[],
    shownKey: '',
    selectedId: null as number | null,
    rowHeight,
  });

  const attach = useCallback((element: HTMLElement | Window | null) => {
    stopPointer.current?.();
    scroller.current = element instanceof HTMLElement ? element : null;
    const list = scroller.current;
    if (list === null) return;
    const over = (event: PointerEvent): void => {
      pointedId.current = pointedRow(event.target);
    };
    const leave = (): void => {
      pointedId.current = null;
    };
    list.addEventListener('pointermove', over);
    list.addEventListener('pointerleave', leave);
    stopPointer.current = () => {
      list.removeEventListener('pointermove', over);
      list.removeEventListener('pointerleave', leave);
    };
  }, []);
  useEffect(() => () => stopPointer.current?.(), []);

  useLayoutEffect(() => {
    const ids = rows.map((row) => row.id);
    const old = before.current;
    before.current = { ids, shownKey, selectedId, rowHeight };
    const list = scroller.current;
    if (list === null) return;
    const otherList = old.shownKey !== shownKey || old.rowHeight !== rowHeight;
    const { scrollTop } = list;
    let target = otherList ? 0 : scrollTop;
    if (!otherList)
      target = anchoredScrollTop({ ids: old.ids, scrollTop, rowHeight, pointedId: pointedId.current }, ids);
    const index = selectedId === null ? -1 : ids.indexOf(selectedId);
    if (index >= 0 && (otherList || old.selectedId !== selectedId)) {
      target = revealingScrollTop(index, rowHeight, target, list.clientHeight);
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

  return attach;
}
