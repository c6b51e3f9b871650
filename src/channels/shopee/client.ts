import type { StoreContext } from '../channel.ts';
import { readBody, refused, uncertain } from '../failures.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import { at, isObject, type Json, type JsonObject, writeJson } from '../json.ts';
import { asId, asText } from '../readers.ts';
import { shopeeVerdict } from './errors.ts';
import { signShopee } from './sign.ts';

type Query = Readonly<Record<string, string>>;
type Effect = HttpRequest['effect'];

/** A shop-level call of `sellerchat`; gives the envelope's `response` (an empty object where there is none). */
export async function callShopee(
  store: StoreContext,
  call: {
    readonly name: string;
    readonly query?: Query;
    readonly body?: JsonObject;
    readonly effect: Effect;
  },
): Promise<JsonObject> {
  const path = `/api/v2/sellerchat/${call.name}`;
  const timestamp = Math.floor(store.now() / 1000);
  const { accessToken } = store.token;
  const sign = signShopee({
    partnerKey: store.app.appSecret,
    partnerId: store.app.appKey,
    path,
    timestamp,
    accessToken,
    ownerId: store.shopId,
  });
  const query = new URLSearchParams({
    partner_id: store.app.appKey,
    timestamp: String(timestamp),
    access_token: accessToken,
    shop_id: store.shopId,
    sign,
    ...call.query,
  });
  const response = await exchange(
    store,
    `${store.app.api}${path}?${query.toString()}`,
    call.body,
    call.effect,
  );
  const envelope = checkEnvelope(response, call.effect, store.now());
  const payload = at(envelope, 'response');
  return isObject(payload) ? payload : {};
}

/** A public call to the token address, whose answer has its fields at the top level. */
export async function callShopeeAuth(
  store: StoreContext,
  path: string,
  body: JsonObject,
): Promise<JsonObject> {
  const timestamp = Math.floor(store.now() / 1000);
  const sign = signShopee({ partnerKey: store.app.appSecret, partnerId: store.app.appKey, path, timestamp });
  const query = new URLSearchParams({ partner_id: store.app.appKey, timestamp: String(timestamp), sign });
  const response = await exchange(store, `${store.app.auth}${path}?${query.toString()}`, body, 'read');
  return checkEnvelope(response, 'read', store.now());
}

function exchange(
  store: StoreContext,
  url: string,
  body: Json | undefined,
  effect: Effect,
): Promise<HttpResponse> {
  if (body === undefined) return store.http.request({ method: 'GET', url, effect });
  const headers = { 'content-type': 'application/json' };
  return store.http.request({ method: 'POST', url, headers, body: writeJson(body), effect });
}

/** Tests `error`, not the HTTP status: which status goes with which error is not documented. */
function checkEnvelope(response: HttpResponse, effect: Effect, now: number): JsonObject {
  const envelope = readBody(response, effect);
  const error = asText(at(envelope, 'error'));
  if (error === null || (error === '' && response.status >= 400)) {
    throw uncertain(
      effect,
      `The answer (HTTP ${String(response.status)}) is no envelope`,
      'unreadable_answer',
    );
  }
  if (error === '') return envelope;
  const message = asText(at(envelope, 'message')) ?? '';
  const verdict = shopeeVerdict(error, message, now);
  // A server error under a name nobody knows may hide a message that went out.
  const unknown = verdict.code === 'rejected' && verdict.reason === null;
  const settled = unknown && response.status >= 500 ? ({ code: 'uncertain' } as const) : verdict;
  const requestId = asId(at(envelope, 'request_id')) ?? '';
  throw refused(settled, effect, error, `${message} (request ${requestId})`);
}
