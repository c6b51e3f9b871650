import { client, clock } from '../client.ts';
import { placeOfLeft, useConversations } from '../conversations/conversations-store.ts';
import { useListPlace } from '../conversations/list-place.ts';
import { useStores } from '../stores/stores-store.ts';
import { watchPageEnd } from '../thread/positions.ts';
import { returnWithinMs, sayRestored } from './away.ts';
import { readPanelSession, writePanelSession, type KeptSnapshot } from './panel-session.ts';
import { usePanel } from './panel-store.ts';
import { placeOf, snapshotOf, stillThere } from './snapshot-place.ts';

const saveAfterMs = 500;

const current = (): KeptSnapshot => ({
  snapshot: snapshotOf(usePanel.getState(), useListPlace.getState().top, placeOfLeft()),
  savedAt: clock.now(),
});

async function readKept(folder: string): Promise<KeptSnapshot | null> {
  const own = readPanelSession(folder);
  if (own !== null) return own;
  const answer = await client.call('snapshots.get', {});
  return answer.ok ? answer.value : null;
}

function takeUp({ snapshot, savedAt }: KeptSnapshot): void {
  usePanel.setState(placeOf(snapshot));
  useListPlace.setState({ returnTo: snapshot.list, top: snapshot.list, leftAt: snapshot.leftAt });
  if (clock.now() - savedAt < returnWithinMs) sayRestored();
}

/** A store, group or site may go at any time, and be gone when the panel comes back. */
function dropGone(): void {
  const { stores, groups, loaded } = useStores.getState();
  if (!loaded || stores.length === 0) return;
  const { scope, sites } = usePanel.getState();
  const there = stillThere({ scope, sites }, stores, groups);
  if (there.scope !== scope || there.sites !== sites) usePanel.setState(there);
}

/** Saves what the panel shows, a moment after it changed and when the page goes away. */
function keepSaving(folder: string): void {
  let saved = JSON.stringify(current().snapshot);
  let cancel = (): void => {};
  const save = (): void => {
    cancel();
    const kept = current();
    const text = JSON.stringify(kept.snapshot);
    if (text === saved) return;
    saved = text;
    writePanelSession(folder, kept);
    void client.call('snapshots.save', kept.snapshot).then((answer) => {
      // Not stored: the next change, or the end of the page, tries again.
      if (!answer.ok && saved === text) saved = '';
    });
  };
  const soon = (): void => {
    cancel();
    cancel = clock.after(saveAfterMs, save);
  };
  usePanel.subscribe(soon);
  useListPlace.subscribe(soon);
  useConversations.subscribe(soon);
  client.useConnection.subscribe(({ state }) => {
    if (state === 'online') soon();
  });
  window.addEventListener('pagehide', () => {
    save();
    writePanelSession(folder, current());
  });
}

let opening: Promise<void> | null = null;

/**
 * Takes up what was shown when this data folder was last left, in this window or in an earlier one, and remembers it
 * from now on. Once a page: another folder is opened by another page.
 */
export function openPanelSnapshot(folder: string): Promise<void> {
  opening ??= readKept(folder).then((kept) => {
    if (kept !== null) takeUp(kept);
    useStores.subscribe(dropGone);
    dropGone();
    keepSaving(folder);
    watchPageEnd();
  });
  return opening;
}
