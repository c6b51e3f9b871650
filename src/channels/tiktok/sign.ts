import { hmacHex } from '../digest.ts';

/**
 * The `sign` parameter: secret, path, the query's names and values sorted by name, the body's exact text, secret.
 * `body` is null for a call without one and for multipart. Page "Sign your API request", after its Go sample.
 */
export function signTikTok(
  appSecret: string,
  path: string,
  query: Readonly<Record<string, string>>,
  body: string | null,
): string {
  const pairs = Object.entries(query)
    .filter(([name]) => name !== 'sign' && name !== 'access_token')
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}${value}`);
  return hmacHex(appSecret, `${appSecret}${path}${pairs.join('')}${body ?? ''}${appSecret}`);
}

/** The `Authorization` header of a webhook, over the raw body. Official webhooks overview. */
export function signTikTokPush(appSecret: string, appKey: string, rawBody: string): string {
  return hmacHex(appSecret, `${appKey}${rawBody}`);
}
