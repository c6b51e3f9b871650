/** How an account's traffic leaves this computer. */
export type Route =
  /** No proxy is bound to the account. */
  | { readonly kind: 'direct' }
  /** Through the local forwarder in front of the account's proxy. `forwarder` is null while it does not run. */
  | { readonly kind: 'proxy'; readonly proxyId: number; readonly forwarder: string | null };

/**
 * The one place that decides it. An account with a proxy bound is `proxy` and never `direct`: without a running
 * forwarder its traffic is refused, not sent another way.
 */
export type RouteOf = (accountId: number) => Route;

/** Before proxies can be bound every account is reached directly. */
export const directRoute: RouteOf = () => ({ kind: 'direct' });
