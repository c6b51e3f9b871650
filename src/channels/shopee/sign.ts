import { hmacHex } from '../digest.ts';

/** What a call is signed with; `level` fields only where the call carries them. Guide "API calls". */
interface ShopeeSignature {
  readonly partnerKey: string;
  readonly partnerId: string;
  /** `/api/v2/...`, without host or query. */
  readonly path: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly accessToken?: string;
  /** The shop's or the merchant's id. */
  readonly ownerId?: string;
}

/** The `sign` parameter: neither the body nor the business parameters are covered by it. */
export function signShopee(parts: ShopeeSignature): string {
  const base = `${parts.partnerId}${parts.path}${String(parts.timestamp)}${parts.accessToken ?? ''}${parts.ownerId ?? ''}`;
  return hmacHex(parts.partnerKey, base);
}

/** The `Authorization` header of a push, over the callback address as registered and the raw body. Guide "Push mechanism". */
export function signShopeePush(partnerKey: string, callbackUrl: string, rawBody: string): string {
  return hmacHex(partnerKey, `${callbackUrl}|${rawBody}`);
}
