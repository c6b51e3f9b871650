import type { StoreContext } from '../channel.ts';
import { readBody, refused, uncertain } from '../failures.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import { at, type JsonObject } from '../json.ts';
import { asBoolean, asId, asText } from '../readers.ts';
import { lazadaVerdict } from './errors.ts';
import { signLazada } from './sign.ts';

type Effect = HttpRequest['effect'];

interface LazadaCall {
  readonly method: 'GET' | 'POST';
  /** API path without `/rest`, which belongs to the address and not to what is signed. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
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
  const response = await store.http.request(
    call.method === 'GET'
      ? { method: 'GET', url: `${url}?${form}`, effect: call.effect }
      : {
          method: 'POST',
          url,
          headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
          body: form,
          effect: call.effect,
        },
  );
  return checkEnvelope(response, call.effect);
}

/** Two layers: the gateway's `code`, then the service's `err_code` and `success`. All may be text or bare. */
function checkEnvelope(response: HttpResponse, effect: Effect): JsonObject {
  const envelope = readBody(response, effect);
  const code = asId(at(envelope, 'code'));
  const serviceCode = asId(at(envelope, 'err_code')) ?? '0';
  const success = asBoolean(at(envelope, 'success'));
  if (code !== null && code !== '0') throw refusalOf(response, envelope, effect, code, 'message');
  if (serviceCode !== '0') throw refusalOf(response, envelope, effect, serviceCode, 'err_message');
  if (code === null || success === false || response.status >= 400) {
    throw uncertain(
      effect,
      `The answer (HTTP ${String(response.status)}) is no envelope`,
      'unreadable_answer',
    );
  }
  return envelope;
}

function refusalOf(
  response: HttpResponse,
  envelope: JsonObject,
  effect: Effect,
  code: string,
  field: string,
): Error {
  const message = asText(at(envelope, field)) ?? '';
  const verdict = lazadaVerdict(code, message, asText(at(envelope, 'type')) ?? '');
  // A server error under a name nobody knows may hide a message that went out.
  const unknown = verdict.code === 'rejected' && verdict.reason === null;
  const settled = unknown && response.status >= 500 ? ({ code: 'uncertain' } as const) : verdict;
  return refused(settled, effect, code, `${message} (request ${asId(at(envelope, 'request_id')) ?? ''})`);
}
