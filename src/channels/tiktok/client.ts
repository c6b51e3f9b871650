import { CodedError } from '../../base/errors.ts';
import type { StoreContext } from '../channel.ts';
import { readBody, refused, retryAfter, unreadable } from '../failures.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import { at, isObject, type JsonObject, tryParseJson } from '../json.ts';
import { type MultipartBody, uploadTimeoutMs } from '../multipart.ts';
import { asId, asText } from '../readers.ts';
import { tiktokVerdict } from './errors.ts';
import { rateLimitWaitMs } from './limits.ts';
import { signTikTok } from './sign.ts';

type Effect = HttpRequest['effect'];

interface TikTokCall {
  readonly method: 'GET' | 'POST';
  /** Below `/customer_service/202309`, beginning with `/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Exact text: it is signed as it is sent. */
  readonly body?: string;
  /** A file; the signature leaves it out. */
  readonly form?: MultipartBody;
  readonly effect: Effect;
}

/** A customer service call; gives the envelope's `data` (an empty object where there is none). */
export async function callTikTok(store: StoreContext, call: TikTokCall): Promise<JsonObject> {
  const path = `/customer_service/202309${call.path}`;
  const query: Record<string, string> = {
    app_key: store.app.appKey,
    timestamp: String(Math.floor(store.now() / 1000)),
    ...(store.cipher === null ? {} : { shop_cipher: store.cipher }),
    ...call.query,
  };
  query['sign'] = signTikTok(store.app.appSecret, path, query, call.body ?? null);
  const response = await store.http.request({
    method: call.method,
    url: `${store.app.api}${path}?${new URLSearchParams(query).toString()}`,
    headers: {
      'x-tts-access-token': store.token.accessToken,
      'content-type': call.form?.type ?? 'application/json',
    },
    ...(call.body === undefined ? {} : { body: call.body }),
    ...(call.form === undefined ? {} : { body: call.form.bytes, timeoutMs: uploadTimeoutMs }),
    effect: call.effect,
  });
  return checkEnvelope(response, call.effect);
}

/** The unsigned refresh call. The app secret travels in its address, which therefore is never logged. */
export async function refreshTikTok(store: StoreContext): Promise<JsonObject> {
  const query = new URLSearchParams({
    app_key: store.app.appKey,
    app_secret: store.app.appSecret,
    refresh_token: store.token.refreshToken,
    grant_type: 'refresh_token',
  });
  const url = `${store.app.auth}/api/v2/token/refresh?${query.toString()}`;
  return checkEnvelope(await store.http.request({ method: 'GET', url, effect: 'read' }), 'read');
}

/** Reads `code`, not the HTTP status; of the statuses only 429 is documented to say something by itself. */
function checkEnvelope(response: HttpResponse, effect: Effect): JsonObject {
  if (response.status === 429 && !isObject(tryParseJson(response.text))) throw throttled(response);
  const envelope = readBody(response, effect);
  const code = asId(at(envelope, 'code'));
  if (code === '0' && response.status < 400) {
    const data = at(envelope, 'data');
    return isObject(data) ? data : {};
  }
  if (response.status === 429) throw throttled(response);
  if (code === null || code === '0') throw unreadable(response, effect);
  const words = asText(at(envelope, 'message')) ?? '';
  throw refused(tiktokVerdict(code, words), { response, envelope, effect, code, words });
}

function throttled(response: HttpResponse): CodedError {
  const retryAfterMs = retryAfter(response, rateLimitWaitMs);
  return new CodedError('rate-limited', 'HTTP 429', { reason: '429', retryAfterMs });
}
