import { client, clock } from '../client.ts';
import { resetBoard } from './board-store.ts';
import { forgetChecks, loadChecks } from './checks-store.ts';
import { closeHistory } from './history-store.ts';
import { clearImport } from './import/import-store.ts';
import { forgetProxies, loadProxies } from './proxies-store.ts';

/** A run of checks changes one proxy after another: what comes within this is read at once. In milliseconds. */
const GATHER_MS = 300;

let gathering = false;
let hasMore = false;

/** The first change is shown at once, those that follow together. */
function changed(): void {
  if (gathering) {
    hasMore = true;
    return;
  }
  gathering = true;
  void loadProxies();
  void loadChecks();
  clock.after(GATHER_MS, () => {
    const again = hasMore;
    gathering = hasMore = false;
    if (again) changed();
  });
}

/** Reads the proxies and keeps reading them when they change. Call once. */
export function startProxies(): void {
  let folder = '';
  client.onFeed('proxies', changed);
  client.useConnection.subscribe(({ info }) => {
    if (info === null || info.dataDir === folder) return;
    const wasOther = folder !== '';
    folder = info.dataDir;
    if (!wasOther) return;
    resetBoard();
    closeHistory();
    clearImport();
    forgetProxies();
    forgetChecks();
  });
  void loadProxies();
  void loadChecks();
}
