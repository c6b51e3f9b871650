import { client } from '../client.ts';
import { forgetBrowsers, loadBrowsers, useBrowsers } from './browsers-store.ts';
import { forgetLink } from './follow-link.ts';
import { closeQuestion } from './questions-store.ts';
import { goOn, stopWalk } from './walk-store.ts';

/** Reads the stores' browsers and keeps reading them when they change. Call once. */
export function startBrowsers(): void {
  let folder = '';
  client.onFeed('browsers', () => void loadBrowsers());
  // A store that came or went has a browser that did.
  client.onFeed('stores', () => void loadBrowsers());
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
