import { authCode } from '../api/auth-code.ts';
import type { ApiAnswer, PlatformParts } from '../api/types.ts';
import type { Shop } from '../world/model.ts';
import { lazadaError } from './answers.ts';

function handOut(parts: PlatformParts, shop: Shop, now: number, listName: string): ApiAnswer {
  const generation = parts.world.tokens(shop).current.generation + 1;
  const next = parts.world.tokens(shop).preview(generation, now);
  const user = {
    country: shop.site.toLowerCase(),
    seller_id: shop.shopId,
    user_id: shop.sellerId,
    short_code: `${shop.site}1A2B3C`,
  };
  const json = {
    code: '0',
    request_id: `0b${now.toString(16)}`,
    access_token: next.accessToken,
    refresh_token: next.refreshToken,
    expires_in: Math.round((next.accessExpiresAt - now) / 1000),
    refresh_expires_in: Math.max(0, Math.round((next.refreshExpiresAt - now) / 1000)),
    country: shop.site.toLowerCase(),
    account: `${shop.name.toLowerCase().replaceAll(' ', '.')}@seller.example`,
    account_id: null,
    account_platform: 'seller_center',
    [listName]: [user],
  };
  const effect = { kind: 'tokens', shop: shop.key, generation, at: now } as const;
  return { status: 200, json, outcome: 'ok', effects: [effect], messageId: null };
}

/** The shop a refresh token belongs to. */
export function shopOfRefresh(
  parts: PlatformParts,
  token: string | undefined,
  now: number,
): Shop | undefined {
  if (token === undefined) return undefined;
  return parts.world
    .shopsOf('lazada')
    .find((shop) => parts.world.tokens(shop).checkRefresh(token, now) !== 'unknown');
}

/** `/auth/token/refresh`; its list of countries is named otherwise than on create, as documented. */
export function lazadaRefresh(
  parts: PlatformParts,
  params: ReadonlyMap<string, string>,
  now: number,
): ApiAnswer {
  const token = params.get('refresh_token');
  if (!token) return lazadaError('MissingParameter', 'The input parameter "refresh_token" is missing');
  const shop = shopOfRefresh(parts, token, now);
  if (shop === undefined || parts.world.tokens(shop).checkRefresh(token, now) !== 'ok') {
    return lazadaError('IllegalRefreshToken');
  }
  return handOut(parts, shop, now, 'country_user_info_list');
}

/** `/auth/token/create`: trades the consent code for tokens. */
export function lazadaCreate(
  parts: PlatformParts,
  params: ReadonlyMap<string, string>,
  now: number,
): ApiAnswer {
  const code = params.get('code');
  if (!code) return lazadaError('MissingParameter', 'The input parameter "code" is missing');
  const shop = parts.world.shopsOf('lazada').find((candidate) => authCode(parts.world, candidate) === code);
  return shop === undefined ? lazadaError('InvalidCode') : handOut(parts, shop, now, 'country_user_info');
}
