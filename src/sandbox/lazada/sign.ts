import { createHmac } from 'node:crypto';

/**
 * Upper-case hex HMAC-SHA256 over the API path (without `/rest`) and all parameters but `sign`, sorted by name in
 * ASCII order, empty ones left out (Lazada guide "Signature algorithm").
 */
export function signLazada(secret: string, path: string, params: ReadonlyMap<string, string>): string {
  const names = [...params.keys()].filter(
    (name) => name !== '' && name !== 'sign' && params.get(name) !== '',
  );
  const sorted = names.sort((a, b) => (a < b ? -1 : 1));
  const text = path + sorted.map((name) => name + (params.get(name) ?? '')).join('');
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex').toUpperCase();
}

/** The `Authorization` header of a push: lower-case hex (Lazada guide "Lazada Push Mechanism"). */
export function signLazadaPush(secret: string, appKey: string, body: string): string {
  return createHmac('sha256', secret)
    .update(appKey + body, 'utf8')
    .digest('hex');
}
