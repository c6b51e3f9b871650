import { useEffect, type RefObject } from 'react';

const owner = '[data-message-id]';

/**
 * React hook: a button of a message goes away with the state it belongs to. Whoever had the keyboard on it is then on
 * the message itself, or on the container where that is gone too, not at the beginning of the page. Messages bear
 * `data-message-id`; they and the container can take the focus. `drawn`: the container is there.
 */
export function useKeptFocus(container: RefObject<HTMLElement | null>, drawn: boolean): void {
  useEffect(() => {
    const place = container.current;
    if (place === null || !drawn) return;
    let focused: string | null = null;
    const idOf = (target: EventTarget | null): string | null =>
      target instanceof Element && place.contains(target)
        ? (target.closest<HTMLElement>(owner)?.dataset['messageId'] ?? null)
        : null;
    // Not by the loss of focus: browsers differ in whether taking an element away is one.
    const onFocus = (event: FocusEvent): void => {
      focused = idOf(event.target);
    };
    const onPress = (event: PointerEvent): void => {
      if (idOf(event.target) !== focused) focused = null;
    };
    const restore = (): void => {
      if (focused === null || document.activeElement !== document.body) return;
      const message = place.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(focused)}"]`);
      focused = null;
      (message ?? place).focus({ preventScroll: true });
    };
    const observer = new MutationObserver(restore);
    observer.observe(place, { childList: true, subtree: true });
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPress);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [container, drawn]);
}
