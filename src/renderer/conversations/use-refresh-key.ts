import { useEffect } from 'react';
import type { KeyPress } from '../panel/keys.ts';
import { refreshList } from './refresh.ts';

/** F5, Ctrl+R and Cmd+R refresh; with Shift, or F5 with Ctrl, they are the browser's own. */
export function isRefreshKey({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): boolean {
  if (altKey || shiftKey) return false;
  if (key === 'F5') return !ctrlKey && !metaKey;
  // On a keyboard that writes another script the letter is the one at its place.
  const isR = key.toLowerCase() === 'r' || (code === 'KeyR' && !/^[a-z]$/iu.test(key));
  return isR && ctrlKey !== metaKey;
}

function onKeyDown(event: KeyboardEvent): void {
  if (!isRefreshKey(event)) return;
  event.preventDefault();
  if (!event.repeat) void refreshList('said');
}

/** React hook: the keys that would load the page anew refresh the list instead. */
export function useRefreshKey(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
