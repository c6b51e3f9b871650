import type { StoreView } from '../../contract/models.ts';
import { client } from '../client.ts';
import { useStores } from '../stores/stores-store.ts';
import { forgetBrowsers, loadBrowsers, useBrowsers } from './browsers-store.ts';
import { forgetLink } from './follow-link.ts';
import { closeQuestion } from './questions-store.ts';
import { goOn, stopWalk } from './walk-store.ts';

/** A store that came or went, or has another account, has another browser; its messages change nothing here. */
const accountsOf = (stores: readonly StoreView[]): string =>
  stores.map(({ id, accountId }) => `${id}:${accountId}`).join(' ');

/** Reads the stores' browsers and keeps reading them when they change. Call once. */
export function startBrowsers(): void {
  let folder = '';
  client.onFeed('browsers', () => void loadBrowsers());
  useStores.subscribe(({ stores }, before) => {
    if (stores !== before.stores && accountsOf(stores) !== accountsOf(before.stores)) void loadBrowsers();
  });
  client.useConnection.subscribe(({ info }) => {
    if (info === null || info.dataDir === folder) return;
    const wasOther = folder !== '';
    folder = info.dataDir;
    if (!wasOther) return;
    stopWalk();
    closeQuestion();
    forgetLink();
    forgetBrowsers();
  });
  useBrowsers.subscribe(goOn);
  void loadBrowsers();
}
