import { useSyncExternalStore } from 'react';
import { useView } from '../app/views.ts';

function subscribe(listener: () => void): () => void {
  const { defaultView } = document;
  document.addEventListener('visibilitychange', listener);
  defaultView?.addEventListener('focus', listener);
  defaultView?.addEventListener('blur', listener);
  const stop = useView.subscribe(listener);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', listener);
    defaultView?.removeEventListener('focus', listener);
    defaultView?.removeEventListener('blur', listener);
  };
}

const attentive = (): boolean =>
  document.visibilityState === 'visible' && document.hasFocus() && useView.getState().view === 'panel';

/** React hook: whether a person may be looking at the panel: it is shown, visible, and its window has the focus. */
export function usePageAttention(): boolean {
  return useSyncExternalStore(subscribe, attentive);
}
