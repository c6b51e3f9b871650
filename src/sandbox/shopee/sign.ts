import { createHmac } from 'node:crypto';

/** What goes into a call's signature; `accessToken` and `shopId` only for shop-level calls. */
export interface ShopeeSignInput {
  readonly partnerId: string;
  /** From `/api/v2/` on, without host or query. */
  readonly path: string;
  /** Unix seconds, as sent. */
  readonly timestamp: string;
  readonly accessToken?: string;
  readonly shopId?: string;
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/** Lower-case hex HMAC-SHA256 over the parts without separators (Shopee guide "API calls"). */
export function signShopee(partnerKey: string, input: ShopeeSignInput): string {
  const parts = [input.partnerId, input.path, input.timestamp, input.accessToken ?? '', input.shopId ?? ''];
  return hmac(partnerKey, parts.join(''));
}

/** The `Authorization` header of a push (Shopee guide "Push mechanism notifications"). */
export function signShopeePush(partnerKey: string, callbackUrl: string, body: string): string {
  return hmac(partnerKey, `${callbackUrl}|${body}`);
}
