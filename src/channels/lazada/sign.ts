import { hmacHex } from '../digest.ts';

/**
 * The `sign` parameter over all other parameters, whether they travel in the query or in a form body. `path` is the API
 * path without `/rest`. Values are signed as they are, not url-encoded; empty ones are left out, as the platform's
 * Java and C# samples do. Guide "Signature algorithm".
 */
export function signLazada(
  appSecret: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
): string {
  const pairs = Object.entries(parameters)
    .filter(([name, value]) => name !== 'sign' && name !== '' && value !== '')
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}${value}`);
  return hmacHex(appSecret, `${path}${pairs.join('')}`).toUpperCase();
}

/** The `Authorization` header of a push, over the raw body. Guide "Lazada Push Mechanism". */
export function signLazadaPush(appSecret: string, appKey: string, rawBody: string): string {
  return hmacHex(appSecret, `${appKey}${rawBody}`);
}
