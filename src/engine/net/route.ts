import type { ProxyStop } from '../../contract/models.ts';
import type { Upstream } from './upstream.ts';

/** How an account's traffic leaves this computer. */
export type Route =
  /** No proxy is bound to the account, and none is asked for. */
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly proxyId: number; readonly upstream: Upstream }
  /** Its proxy carries nothing, or it has none and may not go without. */
  | { readonly kind: 'refused'; readonly stop: ProxyStop };

/**
 * The one place that decides it. `appId` is the app whose API is called, which may have an exit of its own; null for
 * pictures and everything else. Traffic of an account with a proxy bound is never `direct`: what can't go by the proxy is
 * refused.
 */
export type RouteOf = (accountId: number, appId: number | null) => Route;
