import { authCode } from '../api/auth-code.ts';
import type { ApiAnswer, ApiRequest, PlatformParts } from '../api/types.ts';
import type { Shop } from '../world/model.ts';
import { TiktokCode, tiktokError, tiktokOk } from './answers.ts';

/** The shop a refresh token belongs to. */
export function shopOfRefresh(parts: PlatformParts, request: ApiRequest): Shop | undefined {
  const token = request.query.get('refresh_token') ?? '';
  const { world } = parts;
  return world
    .shopsOf('tiktok')
    .find((shop) => world.tokens(shop).checkRefresh(token, request.now) !== 'unknown');
}

function handOut(parts: PlatformParts, shop: Shop, now: number): ApiAnswer {
  const generation = parts.world.tokens(shop).current.generation + 1;
  const next = parts.world.tokens(shop).preview(generation, now);
  const data = {
    access_token: next.accessToken,
    // Absolute Unix seconds, despite the name.
    access_token_expire_in: Math.floor(next.accessExpiresAt / 1000),
    refresh_token: next.refreshToken,
    refresh_token_expire_in: Math.floor(next.refreshExpiresAt / 1000),
    open_id: `7010736057180325637-${shop.site}`,
    seller_name: shop.name,
    seller_base_region: shop.site,
    user_type: 0,
    granted_scopes: ['seller.customer_service', 'seller.authorization.info'],
  };
  return tiktokOk(data, now, [{ kind: 'tokens', shop: shop.key, generation, at: now }]);
}

function checkApp(parts: PlatformParts, query: URLSearchParams, grant: string): ApiAnswer | null {
  if (query.get('app_key') !== parts.keys.appKey)
    return tiktokError(TiktokCode.badRequest, 'Invalid app_key');
  if (query.get('app_secret') !== parts.keys.appSecret)
    return tiktokError(TiktokCode.badRequest, 'Invalid app_secret');
  return query.get('grant_type') === grant ? null : tiktokError(TiktokCode.badRequest, 'Invalid grant_type');
}

/** `GET /api/v2/token/refresh`: unsigned; the secret travels in the query. */
export function tiktokRefresh(parts: PlatformParts, request: ApiRequest): ApiAnswer {
  const refused = checkApp(parts, request.query, 'refresh_token');
  if (refused !== null) return refused;
  const shop = shopOfRefresh(parts, request);
  const token = request.query.get('refresh_token') ?? '';
  if (shop === undefined || parts.world.tokens(shop).checkRefresh(token, request.now) !== 'ok') {
    return tiktokError(TiktokCode.badRequest, 'Invalid refresh token');
  }
  return handOut(parts, shop, request.now);
}

/** `GET /api/v2/token/get`: trades the consent code for tokens. */
export function tiktokFirst(parts: PlatformParts, request: ApiRequest): ApiAnswer {
  const refused = checkApp(parts, request.query, 'authorized_code');
  if (refused !== null) return refused;
  const code = request.query.get('auth_code');
  const shop = parts.world.shopsOf('tiktok').find((candidate) => authCode(parts.world, candidate) === code);
  if (shop === undefined) return tiktokError(TiktokCode.badRequest, 'Invalid auth_code');
  return handOut(parts, shop, request.now);
}
