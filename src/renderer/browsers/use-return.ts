import { useLayoutEffect, useRef } from 'react';

/** Nobody has the keyboard, or a dialog that is going away. */
function isFree(element: Element | null): boolean {
  return element === null || element === document.body || element.closest('[role="dialog"]') !== null;
}

/**
 * React hook: answers what puts the keyboard back where it was when a dialog about this store opened. The menu it was
 * opened from is gone by then: the store's line in the rail is next to it. `storeId`: null while none is open.
 */
export function useReturn(storeId: number | null): () => void {
  const from = useRef<{ readonly storeId: number; readonly element: Element | null } | null>(null);
  useLayoutEffect(() => {
    if (storeId !== null) from.current = { storeId, element: document.activeElement };
  }, [storeId]);
  return () => {
    if (from.current === null || !isFree(document.activeElement)) return;
    const { storeId: id, element } = from.current;
    const isThere = element instanceof HTMLElement && element.isConnected && !isFree(element);
    const line = document.querySelector<HTMLElement>(`[data-key="store:${id}"]`);
    (isThere && element.closest('[role="menu"]') === null ? element : line)?.focus({ preventScroll: true });
  };
}
