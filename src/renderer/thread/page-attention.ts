import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  const { defaultView } = document;
  document.addEventListener('visibilitychange', listener);
  defaultView?.addEventListener('focus', listener);
  defaultView?.addEventListener('blur', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
    defaultView?.removeEventListener('focus', listener);
    defaultView?.removeEventListener('blur', listener);
  };
}

const attentive = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

/** React hook: whether a person may be looking: the page is visible and its window has the focus. */
export function usePageAttention(): boolean {
  return useSyncExternalStore(subscribe, attentive);
}
