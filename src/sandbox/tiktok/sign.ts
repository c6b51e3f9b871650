import { createHmac } from 'node:crypto';

/**
 * Lower-case hex HMAC-SHA256 over secret + path + sorted query (without `sign` and `access_token`) + raw body
 * (null for multipart and GET) + secret (TikTok Shop page "Sign your API request").
 */
export function signTiktok(
  secret: string,
  path: string,
  query: ReadonlyMap<string, string>,
  body: string | null,
): string {
  const names = [...query.keys()].filter((name) => name !== 'sign' && name !== 'access_token');
  const sorted = names.sort((a, b) => (a < b ? -1 : 1));
  const params = sorted.map((name) => name + (query.get(name) ?? '')).join('');
  const text = secret + path + params + (body ?? '') + secret;
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex');
}

/** The `Authorization` header of a webhook. */
export function signTiktokWebhook(secret: string, appKey: string, body: string): string {
  return createHmac('sha256', secret)
    .update(appKey + body, 'utf8')
    .digest('hex');
}
