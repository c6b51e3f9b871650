import { sameText } from '../api/compare.ts';
import type { ApiAnswer, ApiRequest, PlatformParts } from '../api/types.ts';
import type { Conversation, Shop } from '../world/model.ts';
import { TiktokCode, tiktokError } from './answers.ts';
import { signTiktok } from './sign.ts';

/** Seconds a timestamp may be old, and ahead (TikTok Shop page "Common parameters"). */
const PAST_SECONDS = 300;
const FUTURE_SECONDS = 30;

/** What a call for a shop works with, once it was let in. */
export interface TiktokContext {
  readonly parts: PlatformParts;
  readonly shop: Shop;
  readonly request: ApiRequest;
  /** The `{conversation_id}` of the path; empty where there is none. */
  readonly conversationId: string;
}

/** Checks app, clock and signature; null when they are right. */
export function checkTiktok(parts: PlatformParts, request: ApiRequest): ApiAnswer | null {
  const { query, now } = request;
  const [appKey, timestamp, sign] = [query.get('app_key'), query.get('timestamp'), query.get('sign')];
  if (!sign) return tiktokError(TiktokCode.badRequest, 'The sign is missing');
  if (appKey !== parts.keys.appKey) return tiktokError(TiktokCode.badRequest, 'Invalid app_key');
  const age = now / 1000 - Number(timestamp ?? '');
  if (!timestamp || !/^\d+$/.test(timestamp) || age > PAST_SECONDS || age < -FUTURE_SECONDS) {
    return tiktokError(TiktokCode.badRequest, 'Invalid timestamp');
  }
  const isMultipart = (request.headers['content-type'] ?? '').split(';')[0]?.trim() === 'multipart/form-data';
  const body = isMultipart || request.method === 'GET' ? null : request.body;
  const expected = signTiktok(parts.keys.appSecret, request.path, new Map(query), body);
  return sameText(sign, expected) ? null : tiktokError(TiktokCode.badSign);
}

/** The shop an access token belongs to, or the refusal. */
export function shopOfAccess(parts: PlatformParts, request: ApiRequest): Shop | ApiAnswer {
  const header = request.headers['x-tts-access-token'];
  const token = typeof header === 'string' ? header : '';
  if (token === '') return tiktokError(TiktokCode.badRequest, 'The access token is missing');
  const { world } = parts;
  const shop = world
    .shopsOf('tiktok')
    .find((one) => world.tokens(one).checkAccess(token, request.now) !== 'unknown');
  if (shop === undefined) return tiktokError(TiktokCode.badRequest, 'Invalid access token');
  return world.tokens(shop).checkAccess(token, request.now) === 'ok'
    ? shop
    : tiktokError(TiktokCode.tokenExpired);
}

/** Checks that the call's `shop_cipher` is the token's shop; null when it is. */
export function checkCipher(request: ApiRequest, shop: Shop): ApiAnswer | null {
  const cipher = request.query.get('shop_cipher');
  if (!cipher) return tiktokError(TiktokCode.cipherMissing);
  return cipher === shop.cipher ? null : tiktokError(TiktokCode.cipherMismatch);
}

/** The conversation the path names. */
export function pathConversation(context: TiktokContext): Conversation | undefined {
  return context.shop.conversations.get(context.conversationId);
}
