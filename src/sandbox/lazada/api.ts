import type { ApiAnswer, ApiRequest, CallInfo, CallName, PlatformApi, PlatformParts } from '../api/types.ts';
import { lazadaError, lazadaRefusal } from './answers.ts';
import { checkLazada, lazadaParams, lazadaPath, shopOfToken, type LazadaContext } from './context.ts';
import { messagePage, sessionGet, sessionList } from './lists.ts';
import { lazadaCreate, lazadaRefresh, shopOfRefresh } from './tokens.ts';
import { imageUpload } from './upload.ts';
import { messageRecall, messageSend, sessionOpen, sessionRead } from './writes.ts';

interface Route {
  readonly methods: readonly string[];
  readonly call: CallName;
  readonly run: (context: LazadaContext) => ApiAnswer;
}

const GET = ['GET'];
const POST = ['POST'];
const BOTH = ['GET', 'POST'];

const routes: Readonly<Record<string, Route>> = {
  '/im/session/list': { methods: GET, call: 'list', run: sessionList },
  '/im/session/get': { methods: GET, call: 'get', run: sessionGet },
  '/im/session/open': { methods: BOTH, call: 'open', run: sessionOpen },
  '/im/session/read': { methods: POST, call: 'read', run: sessionRead },
  '/im/message/list': { methods: GET, call: 'history', run: messagePage },
  '/im/message/send': { methods: POST, call: 'send', run: messageSend },
  '/image/upload': { methods: POST, call: 'upload', run: imageUpload },
  '/im/message/recall': { methods: BOTH, call: 'recall', run: messageRecall },
};

const REFRESH = '/auth/token/refresh';
const CREATE = '/auth/token/create';

function routeOf(path: string): Route | undefined {
  const own = lazadaPath(path);
  return Object.hasOwn(routes, own) ? routes[own] : undefined;
}

function identify(parts: PlatformParts, request: ApiRequest): CallInfo {
  const params = lazadaParams(request);
  const path = lazadaPath(request.path);
  const conversationId = params.get('session_id') ?? null;
  if (path === REFRESH || path === CREATE) {
    const shop = shopOfRefresh(parts, params.get('refresh_token'), request.now);
    return { call: path === REFRESH ? 'refresh' : 'token', shopId: shop?.shopId ?? null, conversationId };
  }
  const token = params.get('access_token') ?? '';
  const { world } = parts;
  const shop = world
    .shopsOf('lazada')
    .find((one) => world.tokens(one).checkAccess(token, request.now) !== 'unknown');
  return { call: routeOf(request.path)?.call ?? 'unknown', shopId: shop?.shopId ?? null, conversationId };
}

function answer(parts: PlatformParts, request: ApiRequest, call: CallName): ApiAnswer {
  const params = lazadaParams(request);
  const route = routeOf(request.path);
  const isToken = call === 'refresh' || call === 'token';
  if (!isToken && route === undefined) return lazadaError('InvalidApiPath');
  const methods = route?.methods ?? BOTH;
  if (!methods.includes(request.method)) return lazadaError('InvalidApiPath', 'Unsupported HTTP method');
  const refused = checkLazada(parts, request, params);
  if (refused !== null) return refused;
  if (call === 'refresh') return lazadaRefresh(parts, params, request.now);
  if (call === 'token') return lazadaCreate(parts, params, request.now);
  const shop = shopOfToken(parts, params, request.now);
  if ('json' in shop) return shop;
  return route === undefined
    ? lazadaError('InvalidApiPath')
    : route.run({ parts, shop, request, params, now: request.now });
}

/** The Lazada Open Platform's instant messaging, one address for all its gateways. */
export function lazadaApi(parts: PlatformParts): PlatformApi {
  return {
    platform: 'lazada',
    identify: (request) => identify(parts, request),
    answer: (request, { call }) => answer(parts, request, call),
    refusal(kind, code, message) {
      if (kind === 'refuse') return lazadaRefusal(code ?? '403', message ?? 'the message was refused');
      return lazadaError(
        code ?? (kind === 'error' ? 'ServiceTimeout' : 'ApiCallLimit'),
        message ?? undefined,
      );
    },
  };
}
