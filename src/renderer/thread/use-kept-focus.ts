import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { ThreadWindow } from './thread-window.ts';

const messageIdOf = (target: EventTarget | null): string | null =>
  target instanceof Element
    ? (target.closest<HTMLElement>('[data-message-id]')?.dataset['messageId'] ?? null)
    : null;

/**
 * React hook: a button under a message goes away with the state it belongs to. Whoever had it under the keyboard is
 * then on the message itself, or on the thread where that is gone too, not at the beginning of the page.
 */
export function useKeptFocus(scroller: RefObject<HTMLElement | null>, window: ThreadWindow | null): void {
  const focused = useRef<string | null>(null);
  const drawn = window !== null;
  useEffect(() => {
    const view = scroller.current;
    if (view === null) return;
    const onFocus = (event: FocusEvent): void => {
      focused.current = messageIdOf(event.target);
    };
    const onBlur = (event: FocusEvent): void => {
      // What was taken out of the page is still to be made up for; what was left by hand is not.
      if (event.target instanceof Element && event.target.isConnected) focused.current = null;
    };
    view.addEventListener('focusin', onFocus);
    view.addEventListener('focusout', onBlur);
    return () => {
      view.removeEventListener('focusin', onFocus);
      view.removeEventListener('focusout', onBlur);
    };
  }, [scroller, drawn]);
  useLayoutEffect(() => {
    const view = scroller.current;
    const { activeElement } = document;
    if (
      view === null ||
      focused.current === null ||
      (activeElement !== null && activeElement !== document.body)
    )
      return;
    const message = view.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(focused.current)}"]`);
    focused.current = null;
    (message ?? view).focus({ preventScroll: true });
  }, [scroller, window]);
}
