import { asText } from '../api/json.ts';
import type { ApiAnswer, ApiRequest, CallInfo, CallName, PlatformApi, PlatformParts } from '../api/types.ts';
import { shopeeError } from './answers.ts';
import { checkShop, checkSignature, conversationWith, shopeeParams, type ShopeeContext } from './context.ts';
import { conversationList, messageList, oneConversation, unreadConversations } from './lists.ts';
import { markConversation, readConversation } from './marks.ts';
import { sendMessage } from './send.ts';
import { firstTokens, refreshAccess } from './tokens.ts';
import { uploadImage } from './upload.ts';

interface Route {
  readonly method: 'GET' | 'POST';
  readonly call: CallName;
  readonly run: (context: ShopeeContext) => ApiAnswer;
}

const chat: Readonly<Record<string, Route>> = {
  get_conversation_list: { method: 'GET', call: 'list', run: conversationList },
  get_one_conversation: { method: 'GET', call: 'get', run: oneConversation },
  get_message: { method: 'GET', call: 'history', run: messageList },
  send_message: { method: 'POST', call: 'send', run: (context) => sendMessage(context, 'agent') },
  send_autoreply_message: { method: 'POST', call: 'send', run: (context) => sendMessage(context, 'auto') },
  upload_image: { method: 'POST', call: 'upload', run: uploadImage },
  read_conversation: { method: 'POST', call: 'read', run: readConversation },
  unread_conversation: {
    method: 'POST',
    call: 'mark',
    run: (context) => markConversation(context, 'unread'),
  },
  pin_conversation: { method: 'POST', call: 'mark', run: (context) => markConversation(context, 'pin') },
  unpin_conversation: { method: 'POST', call: 'mark', run: (context) => markConversation(context, 'unpin') },
  get_unread_conversation_count: { method: 'GET', call: 'count', run: unreadConversations },
};

const CHAT_PREFIX = '/api/v2/sellerchat/';
const REFRESH = '/api/v2/auth/access_token/get';
const FIRST = '/api/v2/auth/token/get';

function chatRoute(path: string): Route | undefined {
  const name = path.startsWith(CHAT_PREFIX) ? path.slice(CHAT_PREFIX.length) : '';
  return Object.hasOwn(chat, name) ? chat[name] : undefined;
}

function identify(parts: PlatformParts, request: ApiRequest): CallInfo {
  const params = shopeeParams(request) ?? {};
  const shopId = request.query.get('shop_id') ?? asText(params['shop_id']);
  const shop = shopId === null ? undefined : parts.world.shop('shopee', shopId);
  // A send names the buyer alone.
  const conversationId = asText(params['conversation_id']) ?? conversationWith(shop, asText(params['to_id']));
  if (request.path === REFRESH) return { call: 'refresh', shopId, conversationId };
  if (request.path === FIRST) return { call: 'token', shopId, conversationId };
  return { call: chatRoute(request.path)?.call ?? 'unknown', shopId, conversationId };
}

function tokenAnswer(parts: PlatformParts, request: ApiRequest, call: 'refresh' | 'token'): ApiAnswer {
  if (request.method !== 'POST') return shopeeError('error_param', 'Use POST.');
  const refused = checkSignature(parts, request, 'public');
  if (refused !== null) return refused;
  return call === 'refresh' ? refreshAccess(parts, request) : firstTokens(parts, request);
}

function chatAnswer(parts: PlatformParts, request: ApiRequest): ApiAnswer {
  const route = chatRoute(request.path);
  if (route === undefined || route.method !== request.method) {
    return { ...shopeeError('error_not_found', 'No such API.'), status: 404 };
  }
  const refused = checkSignature(parts, request, 'shop');
  if (refused !== null) return refused;
  const shop = checkShop(parts, request);
  if ('json' in shop) return shop;
  const params = shopeeParams(request);
  if (params === null) return shopeeError('error_param', 'The body is not a JSON object.');
  return route.run({ parts, shop, request, params });
}

const defaults = {
  'rate-limit': 'error_rate_limit',
  error: 'error_server',
  refuse: 'message_is_censored',
} as const;

/** The Shopee Open Platform's seller chat, v2. */
export function shopeeApi(parts: PlatformParts): PlatformApi {
  return {
    platform: 'shopee',
    identify: (request) => identify(parts, request),
    answer(request, { call }) {
      return call === 'refresh' || call === 'token'
        ? tokenAnswer(parts, request, call)
        : chatAnswer(parts, request);
    },
    refusal: (kind, code, message) => shopeeError(code ?? defaults[kind], message ?? undefined),
  };
}
