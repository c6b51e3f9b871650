/** What is needed of a keyboard event: a DOM event, or a React one (which carries the DOM event in `nativeEvent`). */
export interface ComposingKeyEvent {
  readonly isComposing?: boolean;
  readonly keyCode: number;
  readonly timeStamp: number;
  readonly nativeEvent?: { readonly isComposing?: boolean };
}

/**
 * WebKit ends a composition *before* the keydown of the key that ended it; the other engines after. Only there
 * must the first key after an end be distrusted: elsewhere it would swallow an Enter that was meant.
 */
const endsBeforeKeydown = 'GestureEvent' in globalThis;
const sameKeyMs = 30;
let endedAt = Number.NEGATIVE_INFINITY;

/**
 * Follows compositions in the whole page, and keeps an Escape that drops one from the library's dialogs: they listen
 * at the window and know only some of its signs. Call once at start, before anything else listens; the returned
 * function stops it.
 */
export function trackCompositions(page: Document): () => void {
  const onEnd = (event: Event): void => {
    endedAt = event.timeStamp;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && isComposing(event)) event.stopImmediatePropagation();
  };
  page.addEventListener('compositionend', onEnd, true);
  page.defaultView?.addEventListener('keydown', onKeyDown, true);
  return () => {
    page.removeEventListener('compositionend', onEnd, true);
    page.defaultView?.removeEventListener('keydown', onKeyDown, true);
  };
}

/**
 * True while an input method is at work on this key: Enter then picks a candidate, Escape drops one, arrows walk
 * through them. Every key handler of the page asks this first and does nothing if true.
 */
export function isComposing(event: ComposingKeyEvent): boolean {
  // 229 is what browsers report for a key that an input method has taken, some of them without `isComposing`.
  if (event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === 229)
    return true;
  return endsBeforeKeydown && event.timeStamp - endedAt <= sameKeyMs;
}
