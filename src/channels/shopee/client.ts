import type { StoreContext } from '../channel.ts';
import { readBody, refused, unreadable } from '../failures.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import { at, isObject, type JsonObject, writeJson } from '../json.ts';
import { type MultipartBody, uploadTimeoutMs } from '../multipart.ts';
import { asText } from '../readers.ts';
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
    readonly body?: JsonObject | MultipartBody;
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
  body: JsonObject | MultipartBody | undefined,
  effect: Effect,
): Promise<HttpResponse> {
  if (body === undefined) return store.http.request({ method: 'GET', url, effect });
  if (isMultipart(body)) {
    const { type, bytes } = body;
    const upload = { headers: { 'content-type': type }, body: bytes, timeoutMs: uploadTimeoutMs };
    return store.http.request({ method: 'POST', url, ...upload, effect });
  }
  const headers = { 'content-type': 'application/json' };
  return store.http.request({ method: 'POST', url, headers, body: writeJson(body), effect });
}

function isMultipart(body: JsonObject | MultipartBody): body is MultipartBody {
  return body['bytes'] instanceof Uint8Array;
}

/** Tests `error`, not the HTTP status: which status goes with which error is not documented. */
function checkEnvelope(response: HttpResponse, effect: Effect, now: number): JsonObject {
  const envelope = readBody(response, effect);
  const code = asText(at(envelope, 'error'));
  if (code === null || (code === '' && response.status >= 400)) throw unreadable(response, effect);
  if (code === '') return envelope;
  const words = asText(at(envelope, 'message')) ?? '';
  throw refused(shopeeVerdict(code, words, now), { response, envelope, effect, code, words });
}
