import { asText } from '../api/json.ts';
import type { ApiAnswer, ApiRequest, PlatformParts } from '../api/types.ts';
import { authCode } from '../api/auth-code.ts';
import type { Shop } from '../world/model.ts';
import { shopeeError } from './answers.ts';
import { shopeeParams } from './context.ts';

function handOut(parts: PlatformParts, shop: Shop, request: ApiRequest): ApiAnswer {
  const generation = parts.world.tokens(shop).current.generation + 1;
  const next = parts.world.tokens(shop).preview(generation, request.now);
  // The token endpoints put their fields at the top level, without `response`.
  const json = {
    error: '',
    message: '',
    request_id: `t${request.now}`,
    partner_id: Number(parts.keys.appKey),
    shop_id: Number(shop.shopId),
    access_token: next.accessToken,
    refresh_token: next.refreshToken,
    expire_in: Math.round((next.accessExpiresAt - request.now) / 1000),
  };
  const effect = { kind: 'tokens', shop: shop.key, generation, at: request.now } as const;
  return { status: 200, json, outcome: 'ok', effects: [effect], messageId: null };
}

function namedShop(parts: PlatformParts, params: Readonly<Record<string, unknown>>): Shop | ApiAnswer {
  const shopId = asText(params['shop_id']);
  if (shopId === null || params['merchant_id'] !== undefined || params['main_account_id'] !== undefined) {
    return shopeeError('error_param', 'Exactly one shop_id is required.');
  }
  if (asText(params['partner_id']) !== parts.keys.appKey) return shopeeError('invalid_partner_id');
  return parts.world.shop('shopee', shopId) ?? shopeeError('invalid_shop_id');
}

/** `auth/access_token/get`: each refresh token is taken once. */
export function refreshAccess(parts: PlatformParts, request: ApiRequest): ApiAnswer {
  const params = shopeeParams(request);
  if (params === null) return shopeeError('error_param', 'The body is not JSON.');
  const shop = namedShop(parts, params);
  if ('json' in shop) return shop;
  const token = asText(params['refresh_token']);
  if (token === null) return shopeeError('error_param', 'refresh_token is required.');
  switch (parts.world.tokens(shop).checkRefresh(token, request.now)) {
    case 'ok':
      return handOut(parts, shop, request);
    case 'expired':
      return shopeeError('refresh_token_expired', 'The refresh_token has expired.');
    default:
      return shopeeError('error_auth', 'Invalid refresh_token.');
  }
}

/** `auth/token/get`: trades the code of the seller's consent for tokens. */
export function firstTokens(parts: PlatformParts, request: ApiRequest): ApiAnswer {
  const params = shopeeParams(request);
  if (params === null) return shopeeError('error_param', 'The body is not JSON.');
  const shop = namedShop(parts, params);
  if ('json' in shop) return shop;
  const code = asText(params['code']);
  if (code === null || code !== authCode(parts.world, shop)) return shopeeError('error_auth', 'Invalid code');
  return handOut(parts, shop, request);
}
