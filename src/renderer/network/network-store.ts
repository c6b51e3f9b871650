import { create } from 'zustand';
import type { NetworkView, StoreCatchUp } from '../../contract/network.ts';
import { client, clock } from '../client.ts';

/** "Back online" is said for so long, in milliseconds. */
const BACK_MS = 4_000;

interface NetworkStore {
  /** Null until the engine has answered. */
  readonly view: NetworkView | null;
  /** The network is just back: how many stores could not be read all the same. Null once it was said for a while. */
  readonly back: { readonly failed: number } | null;
}

/** The way out, as the engine sees it. */
export const useNetwork = create<NetworkStore>(() => ({ view: null, back: null }));

let lastStores: readonly StoreCatchUp[] = [];
let cancelBack = (): void => {};

function show(view: NetworkView): void {
  const before = useNetwork.getState().view?.state ?? 'online';
  if (view.stores.length > 0) lastStores = view.stores;
  const isBack = view.state === 'online' && before !== 'online';
  useNetwork.setState({ view });
  if (view.state !== 'online') {
    cancelBack();
    useNetwork.setState({ back: null });
  } else if (isBack) {
    const failed = lastStores.filter(({ state }) => state === 'failed').length;
    useNetwork.setState({ back: { failed } });
    cancelBack = clock.after(BACK_MS, () => useNetwork.setState({ back: null }));
  }
}

let reading = false;
let readAgain = false;

async function loadNetwork(): Promise<void> {
  if (reading) {
    readAgain = true;
    return;
  }
  reading = true;
  const answer = await client.call('network.get', {});
  reading = false;
  if (answer.ok) show(answer.value);
  if (!readAgain) return;
  readAgain = false;
  await loadNetwork();
}

/** Follows the network, and tells the engine what the browser hears of it. Call once. */
export function startNetwork(): void {
  client.onFeed('network', () => void loadNetwork());
  void loadNetwork();
  for (const event of ['online', 'offline'] as const) {
    window.addEventListener(event, () => void client.call('network.report', { online: event === 'online' }));
  }
}

/** Tries at once what the engine tries again anyway. */
export function retryNetwork(): void {
  void client.call('network.retry', {});
}

/** Takes the line about an absence away, for good. */
export function dismissAway(): void {
  void client.call('network.dismissAway', {});
}
