import { asRecord, parseJson } from '../api/json.ts';
import type { ApiAnswer, ApiRequest, PlatformParts } from '../api/types.ts';
import { sameText } from '../api/compare.ts';
import type { Conversation, Shop } from '../world/model.ts';
import { shopeeError } from './answers.ts';
import { signShopee } from './sign.ts';

/** A timestamp is taken for this long (Shopee guide "API calls"). */
const WINDOW_SECONDS = 300;

/** What a shop-level call works with, once it was let in. */
export interface ShopeeContext {
  readonly parts: PlatformParts;
  readonly shop: Shop;
  readonly request: ApiRequest;
  /** Query of a GET, JSON body of a POST. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** The call's parameters, or null when the body is no JSON object. */
export function shopeeParams(request: ApiRequest): Record<string, unknown> | null {
  if (request.method === 'GET') return Object.fromEntries(request.query);
  return request.body === '' ? {} : asRecord(parseJson(request.body));
}

/** Checks app, clock and signature; null when they are right. */
export function checkSignature(
  parts: PlatformParts,
  request: ApiRequest,
  level: 'public' | 'shop',
): ApiAnswer | null {
  const { query } = request;
  const [partnerId, timestamp, sign] = [query.get('partner_id'), query.get('timestamp'), query.get('sign')];
  if (!partnerId || !timestamp || !sign) {
    return shopeeError('error_param', 'There is no partner_id, timestamp or sign in the query.');
  }
  if (partnerId !== parts.keys.appKey) return shopeeError('invalid_partner_id');
  const skew = Math.abs(request.now / 1000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || skew > WINDOW_SECONDS)
    return shopeeError('error_param', 'Timestamp is expired.');
  const base = { partnerId, path: request.path, timestamp };
  const shopLevel = {
    ...base,
    accessToken: query.get('access_token') ?? '',
    shopId: query.get('shop_id') ?? '',
  };
  const expected = signShopee(parts.keys.appSecret, level === 'shop' ? shopLevel : base);
  return sameText(sign, expected) ? null : shopeeError('error_sign');
}

/** Checks shop and access token; answers the shop, or the refusal. */
export function checkShop(parts: PlatformParts, request: ApiRequest): Shop | ApiAnswer {
  const [shopId, token] = [request.query.get('shop_id'), request.query.get('access_token')];
  if (!shopId || !token)
    return shopeeError('error_param', 'There is no shop_id or access_token in the query.');
  const shop = parts.world.shop('shopee', shopId);
  if (shop === undefined) return shopeeError('shop_no_linked');
  const verdict = parts.world.tokens(shop).checkAccess(token, request.now);
  if (verdict === 'expired') return shopeeError('error_auth', 'Invalid access_token, it has expired.');
  return verdict === 'unknown' ? shopeeError('invalid_acceess_token') : shop;
}

/** The id of the conversation with this buyer; null when there is none. */
export function conversationWith(shop: Shop | undefined, buyerId: string | null): string | null {
  return [...(shop?.conversations.values() ?? [])].find(({ buyer }) => buyer.id === buyerId)?.id ?? null;
}

/** The conversation a parameter names, as text or as a bare number. */
export function namedConversation(context: ShopeeContext): Conversation | undefined {
  const { conversation_id: id } = context.params;
  return typeof id === 'string' || typeof id === 'number'
    ? context.shop.conversations.get(String(id))
    : undefined;
}
