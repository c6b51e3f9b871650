import { useView } from '../app/views.ts';
import { clock } from '../client.ts';
import { listHold } from '../conversations/conversations-store.ts';
import { restoredKey, restoredMs, sayInList } from '../conversations/list-note.ts';
import { refreshList } from '../conversations/refresh.ts';

/** Whoever comes back within this time finds everything as it was, with nothing asked; in milliseconds. */
export const returnWithinMs = 5 * 60_000;

/** Says that the panel is what it was. */
export function sayRestored(): void {
  sayInList(restoredKey, restoredMs);
}

const isShown = (): boolean => useView.getState().view === 'panel' && document.visibilityState === 'visible';

/**
 * Watches whether the panel is shown: another view, or the window out of sight, is an absence. Meanwhile rows change
 * but not their places, and so for a moment after coming back. After a long absence the list is refreshed behind what
 * is shown. The returned function ends it.
 */
export function startAway(): () => void {
  let leftAt: number | null = null;
  const look = (): void => {
    if (!isShown()) {
      leftAt ??= clock.now();
      listHold.hold('away');
      return;
    }
    if (leftAt === null) return;
    const awayMs = clock.now() - leftAt;
    leftAt = null;
    listHold.letGo('away', restoredMs);
    if (awayMs < returnWithinMs) sayRestored();
    else void refreshList('behind');
  };
  look();
  const stop = useView.subscribe(look);
  document.addEventListener('visibilitychange', look);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', look);
    listHold.letGo('away');
  };
}
