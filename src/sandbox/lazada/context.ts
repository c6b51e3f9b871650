import { sameText } from '../api/compare.ts';
import type { ApiAnswer, ApiRequest, PlatformParts } from '../api/types.ts';
import type { Conversation, Shop } from '../world/model.ts';
import { lazadaError } from './answers.ts';
import { signLazada } from './sign.ts';

/** The clock may be off by this much (Lazada guide "Calling parameters"). */
const WINDOW_MS = 7_200_000;
const REST = '/rest';

/** What an IM call works with, once it was let in. */
export interface LazadaContext {
  readonly parts: PlatformParts;
  readonly shop: Shop;
  readonly request: ApiRequest;
  readonly params: ReadonlyMap<string, string>;
  readonly now: number;
}

/** The path that is signed: without `/rest`, which belongs to the gateway's address. */
export function lazadaPath(path: string): string {
  return path === REST || path.startsWith(`${REST}/`) ? path.slice(REST.length) : path;
}

/** Query and form body together: a POST may use either, or beside a file the fields of its parts. */
export function lazadaParams(request: ApiRequest): Map<string, string> {
  const params = new Map(request.query);
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  if (request.method === 'POST' && isForm) {
    for (const [name, value] of new URLSearchParams(request.body)) params.set(name, value);
  }
  for (const { name, filename, bytes } of request.parts) {
    if (filename === null) params.set(name, bytes.toString('utf8'));
  }
  return params;
}

/** Unix milliseconds, or ISO text in UTC. */
function readTimestamp(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Date.parse(text);
}

/** Checks app, clock and signature; null when they are right. */
export function checkLazada(
  parts: PlatformParts,
  request: ApiRequest,
  params: ReadonlyMap<string, string>,
): ApiAnswer | null {
  for (const name of ['app_key', 'timestamp', 'sign_method', 'sign']) {
    if (!params.get(name)) return lazadaError('MissingParameter', `The input parameter "${name}" is missing`);
  }
  if (params.get('app_key') !== parts.keys.appKey)
    return lazadaError('InvalidParameter', 'The app_key is invalid');
  if (params.get('sign_method') !== 'sha256')
    return lazadaError('InvalidParameter', 'The sign_method is invalid');
  const skew = Math.abs(readTimestamp(params.get('timestamp') ?? '') - request.now);
  if (!(skew <= WINDOW_MS))
    return lazadaError('InvalidParameter', 'The timestamp is outside the allowed window');
  const expected = signLazada(parts.keys.appSecret, lazadaPath(request.path), params);
  return sameText(params.get('sign') ?? '', expected) ? null : lazadaError('IncompleteSignature');
}

/** The shop a token belongs to, or the refusal. Lazada's calls name no shop: the token does. */
export function shopOfToken(
  parts: PlatformParts,
  params: ReadonlyMap<string, string>,
  now: number,
): Shop | ApiAnswer {
  const token = params.get('access_token');
  if (!token) return lazadaError('MissingParameter', 'The input parameter "access_token" is missing');
  const shop = parts.world
    .shopsOf('lazada')
    .find((candidate) => parts.world.tokens(candidate).checkAccess(token, now) !== 'unknown');
  if (shop === undefined || parts.world.tokens(shop).checkAccess(token, now) !== 'ok') {
    return lazadaError('IllegalAccessToken');
  }
  return shop;
}

/** The session a call names. */
export function namedSession(context: LazadaContext): Conversation | undefined {
  return context.shop.conversations.get(context.params.get('session_id') ?? '');
}
