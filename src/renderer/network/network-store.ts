import { create } from 'zustand';
import type { NetworkView } from '../../contract/network.ts';
import { client, clock } from '../client.ts';

/** "Back online" is said for so long, in milliseconds. */
const BACK_MS = 4_000;

interface NetworkStore {
  /** Null until the engine has answered. */
  readonly view: NetworkView | null;
  /** The network is just back, and this is said for a while. */
  readonly isBack: boolean;
}

/** The way out, as the engine sees it. */
export const useNetwork = create<NetworkStore>(() => ({ view: null, isBack: false }));

let cancelBack = (): void => {};

function show(view: NetworkView): void {
  const before = useNetwork.getState().view?.state ?? 'online';
  useNetwork.setState({ view });
  if (view.state !== 'online') {
    cancelBack();
    useNetwork.setState({ isBack: false });
  } else if (before !== 'online') {
    useNetwork.setState({ isBack: true });
    cancelBack = clock.after(BACK_MS, () => useNetwork.setState({ isBack: false }));
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
