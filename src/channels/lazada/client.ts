import type { StoreContext } from '../channel.ts';
import { readBody, refused, unreadable } from '../failures.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import { at, type JsonObject } from '../json.ts';
import { type MultipartBody, uploadTimeoutMs } from '../multipart.ts';
import { asBoolean, asId, asText } from '../readers.ts';
import { lazadaVerdict } from './errors.ts';
import { signLazada } from './sign.ts';

type Effect = HttpRequest['effect'];

interface LazadaCall {
  readonly method: 'GET' | 'POST';
  /** API path without `/rest`, which belongs to the address and not to what is signed. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** A file; byte arrays are not signed. The parameters then travel in the query. */
  readonly form?: MultipartBody;
  readonly effect: Effect;
}

/** A call of the store's gateway with its access token; gives the whole checked envelope. */
export function callLazada(store: StoreContext, call: LazadaCall): Promise<JsonObject> {
  const gateways = store.app.gateways;
  const own = Object.hasOwn(gateways, store.site) ? gateways[store.site] : undefined;
  return exchange(store, own ?? store.app.api, call, { access_token: store.token.accessToken });
}

/** A call of the token address, signed without an access token. */
export function callLazadaAuth(store: StoreContext, call: LazadaCall): Promise<JsonObject> {
  return exchange(store, store.app.auth, call, {});
}

async function exchange(
  store: StoreContext,
  address: string,
  call: LazadaCall,
  token: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const parameters: Record<string, string> = {
    app_key: store.app.appKey,
    timestamp: String(store.now()),
    sign_method: 'sha256',
    ...token,
    ...call.parameters,
  };
  parameters['sign'] = signLazada(store.app.appSecret, call.path, parameters);
  const form = new URLSearchParams(parameters).toString();
  const url = `${address}/rest${call.path}`;
  return checkEnvelope(await store.http.request(requestOf(call, url, form)), call.effect);
}

/** Parameters travel in the query, or for a POST in a form body; beside a file they stay in the query. */
function requestOf(call: LazadaCall, url: string, parameters: string): HttpRequest {
  const { effect, method, form } = call;
  if (method === 'GET') return { method, url: `${url}?${parameters}`, effect };
  if (form !== undefined) {
    const upload = { body: form.bytes, timeoutMs: uploadTimeoutMs };
    return { method, url: `${url}?${parameters}`, headers: { 'content-type': form.type }, ...upload, effect };
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' };
  return { method, url, headers, body: parameters, effect };
}

/** Two layers: the gateway's `code`, then the service's `err_code` and `success`. All may be text or bare. */
function checkEnvelope(response: HttpResponse, effect: Effect): JsonObject {
  const envelope = readBody(response, effect);
  const code = asId(at(envelope, 'code'));
  const serviceCode = asId(at(envelope, 'err_code')) ?? '0';
  const success = asBoolean(at(envelope, 'success'));
  const refusal = (name: string, field: string): Error => {
    const words = asText(at(envelope, field)) ?? '';
    const verdict = lazadaVerdict(name, words, asText(at(envelope, 'type')) ?? '');
    return refused(verdict, { response, envelope, effect, code: name, words });
  };
  if (code !== null && code !== '0') throw refusal(code, 'message');
  if (serviceCode !== '0') throw refusal(serviceCode, 'err_message');
  if (code === null || success === false || response.status >= 400) throw unreadable(response, effect);
  return envelope;
}
