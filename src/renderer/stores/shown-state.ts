import type { ProxyStop, StoreState, StoreView } from '../../contract/models.ts';
import type { NetworkView } from '../../contract/network.ts';
import { client } from '../client.ts';
import { useNetwork } from '../network/network-store.ts';

/** A store's state as the rail may say it now: what was last known is not always what is. */
export type ShownState =
  | StoreState
  /** It waits for a proxy: the same words whatever else is the matter, for nothing else helps. */
  | `proxy-${ProxyStop}`
  /** The page has no engine, or the engine may ask nobody. */
  | 'unknown'
  /** Nothing can be reached. */
  | 'offline'
  /** The network is back, and this store not read yet. */
  | 'catching-up';

/** What is known beside the store itself. */
export interface Surroundings {
  /** The engine answers, and may ask the platforms. */
  readonly isKnown: boolean;
  readonly network: Pick<NetworkView, 'state' | 'stores'> | null;
}

/** A store that waits for its person says so whatever the network does. */
export function shownState(
  { id, state, proxyStop }: Pick<StoreView, 'id' | 'state' | 'proxyStop'>,
  around: Surroundings,
): ShownState {
  if (!around.isKnown) return 'unknown';
  if (proxyStop !== null) return `proxy-${proxyStop}`;
  if (state === 'sign-in' || around.network === null) return state;
  const { network } = around;
  if (network.state === 'lost' || network.state === 'returning') return 'offline';
  const own = network.stores.find(({ storeId }) => storeId === id)?.state;
  return own === 'waiting' || own === 'reading' ? 'catching-up' : state;
}

const useIsKnown = (): boolean =>
  client.useConnection(({ state, info }) => state === 'online' && info?.readOnly === null);

/** React hook: one store's state as it may be said now. */
export function useShownState(store: StoreView): ShownState {
  const isKnown = useIsKnown();
  return useNetwork(({ view }) => shownState(store, { isKnown, network: view }));
}

/** React hook: what is known beside the stores themselves. */
export function useSurroundings(): Surroundings {
  const isKnown = useIsKnown();
  const network = useNetwork(({ view }) => view);
  return { isKnown, network };
}
