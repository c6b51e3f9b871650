import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { ProxyView } from '../../contract/proxies.ts';
import { client } from '../client.ts';
import { readInTurn } from '../read-in-turn.ts';
import { keepSame } from '../panel/keep-same.ts';

interface ProxiesState {
  readonly proxies: readonly ProxyView[];
  readonly byId: ReadonlyMap<number, ProxyView>;
  /** By which each store leaves; a store that leaves directly is not in it. */
  readonly byStore: ReadonlyMap<number, ProxyView>;
  /** The engine has answered at least once. */
  readonly loaded: boolean;
  /** Why the last read failed; what was last known stays shown. */
  readonly error: ErrorShape | null;
}

const nothing: ProxiesState = {
  proxies: [],
  byId: new Map(),
  byStore: new Map(),
  loaded: false,
  error: null,
};

/** The proxies of the open data folder, kept up to date. */
export const useProxies = create<ProxiesState>(() => nothing);

function take(answered: readonly ProxyView[]): void {
  const proxies = keepSame(useProxies.getState().proxies, answered);
  const byId = new Map(proxies.map((proxy) => [proxy.id, proxy]));
  const byStore = new Map(proxies.flatMap((proxy) => proxy.storeIds.map((id) => [id, proxy] as const)));
  useProxies.setState({ proxies, byId, byStore, loaded: true, error: null });
}

/** Reads all proxies again. Changes that come while reading cause one more read, never a queue of them. */
export const loadProxies = readInTurn(async () => {
  const answer = await client.call('proxies.list', {});
  if (answer.ok) take(answer.value.proxies);
  else useProxies.setState({ error: answer.error });
});

/** What another data folder held is not shown in this one. */
export function forgetProxies(): void {
  useProxies.setState(nothing);
}
