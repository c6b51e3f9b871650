import type { ApiAnswer, ApiRequest, CallInfo, CallName, PlatformApi, PlatformParts } from '../api/types.ts';
import type { Shop } from '../world/model.ts';
import { TiktokCode, tiktokError, tiktokOk } from './answers.ts';
import { checkCipher, checkTiktok, shopOfAccess, type TiktokContext } from './context.ts';
import { conversations, messages } from './lists.ts';
import { shopOfRefresh, tiktokFirst, tiktokRefresh } from './tokens.ts';
import { upload } from './upload.ts';
import { create, getSettings, putSettings, read, send } from './writes.ts';

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly call: CallName;
  readonly run: (context: TiktokContext) => ApiAnswer;
}

const BASE = '/customer_service/202309';
const SHOPS = '/authorization/202309/shops';
const REFRESH = '/api/v2/token/refresh';
const FIRST = '/api/v2/token/get';

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/conversations$/, call: 'list', run: conversations },
  { method: 'POST', path: /^\/conversations$/, call: 'open', run: create },
  { method: 'GET', path: /^\/conversations\/([^/]+)\/messages$/, call: 'history', run: messages },
  { method: 'POST', path: /^\/conversations\/([^/]+)\/messages$/, call: 'send', run: send },
  { method: 'POST', path: /^\/conversations\/([^/]+)\/messages\/read$/, call: 'read', run: read },
  { method: 'POST', path: /^\/images\/upload$/, call: 'upload', run: upload },
  { method: 'GET', path: /^\/agents\/settings$/, call: 'settings', run: getSettings },
  { method: 'PUT', path: /^\/agents\/settings$/, call: 'settings', run: putSettings },
];

interface Match {
  readonly route: Route;
  readonly conversationId: string;
}

/** The route of a path, whatever the method, preferring the one whose method fits. */
function matchOf(request: ApiRequest): Match | null {
  if (!request.path.startsWith(`${BASE}/`)) return null;
  const rest = request.path.slice(BASE.length);
  const fitting = routes.filter(({ path }) => path.test(rest));
  const route = fitting.find(({ method }) => method === request.method) ?? fitting[0];
  return route === undefined ? null : { route, conversationId: route.path.exec(rest)?.[1] ?? '' };
}

function identify(parts: PlatformParts, request: ApiRequest): CallInfo {
  if (request.path === REFRESH || request.path === FIRST) {
    const shopId = shopOfRefresh(parts, request)?.shopId ?? null;
    return { call: request.path === REFRESH ? 'refresh' : 'token', shopId, conversationId: null };
  }
  const cipher = request.query.get('shop_cipher');
  const byCipher = parts.world.shopsOf('tiktok').find((shop) => shop.cipher === cipher);
  if (request.path === SHOPS) return { call: 'shops', shopId: null, conversationId: null };
  const match = matchOf(request);
  return {
    call: match?.route.call ?? 'unknown',
    shopId: byCipher?.shopId ?? null,
    conversationId: match === null || match.conversationId === '' ? null : match.conversationId,
  };
}

function shopList(request: ApiRequest, shop: Shop): ApiAnswer {
  if (request.query.has('shop_cipher'))
    return tiktokError(TiktokCode.badRequest, 'Unexpected identifier shop_cipher');
  const { shopId: id, name, site: region, cipher } = shop;
  return tiktokOk(
    { shops: [{ id, name, region, seller_type: 'LOCAL', cipher, code: `${region}LCS` }] },
    request.now,
  );
}

function answer(parts: PlatformParts, request: ApiRequest, call: CallName): ApiAnswer {
  if (call === 'refresh') return tiktokRefresh(parts, request);
  if (call === 'token') return tiktokFirst(parts, request);
  const match = matchOf(request);
  if (call !== 'shops' && match === null) return tiktokError(TiktokCode.badPath, 'Bad path');
  const method = match?.route.method ?? 'GET';
  if (request.method !== method) return tiktokError(TiktokCode.badMethod, 'Bad method');
  const refused = checkTiktok(parts, request);
  if (refused !== null) return refused;
  const shop = shopOfAccess(parts, request);
  if ('json' in shop) return shop;
  if (match === null) return shopList(request, shop);
  return (
    checkCipher(request, shop) ??
    match.route.run({ parts, shop, request, conversationId: match.conversationId })
  );
}

/** TikTok Shop's Partner API: customer service 202309, authorised shops, tokens. */
export function tiktokApi(parts: PlatformParts): PlatformApi {
  const defaults = {
    'rate-limit': TiktokCode.tooMany,
    error: TiktokCode.internal,
    refuse: TiktokCode.sensitive,
  };
  return {
    platform: 'tiktok',
    identify: (request) => identify(parts, request),
    answer: (request, { call }) => answer(parts, request, call),
    refusal: (kind, code, message) => tiktokError(Number(code ?? defaults[kind]), message ?? undefined),
  };
}
