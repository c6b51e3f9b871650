/** Whether an error is of the way through a proxy, or of its being out of use: neither the platform's nor the network's. */
export function isProxyTrouble(error: {
  readonly details?: { readonly reason?: string } | undefined;
}): boolean {
  return error.details?.reason?.startsWith('proxy-') === true;
}
