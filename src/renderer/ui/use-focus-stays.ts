import { useEffect, type RefObject } from 'react';

/**
 * React hook: what had the keyboard goes away, a button with what it was for, a row with a filter: the keyboard then stays
 * within `place`, on `heir` of it or on itself, and not at the beginning of the page. Both can take the focus.
 */
export function useFocusStays(place: RefObject<HTMLElement | null>, heir: string | null = null): void {
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let within = false;
    const isWithin = (target: EventTarget | null): boolean =>
      target instanceof Node && element.contains(target);
    // Not by the loss of focus: browsers differ in whether taking an element away is one.
    const onFocus = (event: FocusEvent): void => {
      within = isWithin(event.target);
    };
    const onPress = (event: PointerEvent): void => {
      if (!isWithin(event.target)) within = false;
    };
    const observer = new MutationObserver(() => {
      if (!within || document.activeElement !== document.body) return;
      const next = heir === null ? null : element.querySelector<HTMLElement>(heir);
      (next ?? element).focus({ preventScroll: true });
    });
    observer.observe(element, { childList: true, subtree: true });
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPress);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [place, heir]);
}
