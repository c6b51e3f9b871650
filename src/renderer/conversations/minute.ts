import { useSyncExternalStore } from 'react';
import { clock } from '../client.ts';

const minuteMs = 60_000;
const listeners = new Set<() => void>();
let now = clock.now();
let cancel: (() => void) | null = null;

function tick(): void {
  now = clock.now();
  cancel = clock.after(minuteMs - (now % minuteMs), tick);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (cancel === null) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    cancel?.();
    cancel = null;
  };
}

/** React hook: the time, renewed each full minute. Used in the smallest components, so that a tick redraws only these. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => now);
}
