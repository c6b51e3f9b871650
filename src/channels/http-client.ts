import { type Dispatcher, errors } from 'undici';
import { CodedError } from '../base/errors.ts';
import { Exchange, type ExchangeResult } from './http-exchange.ts';
import { networkFailure } from './http-failure.ts';
import type { DownloadLimits, HttpClient, HttpDownload, HttpRequest, HttpResponse } from './http.ts';

/** Longest answer that is read, in bytes: a full page of any platform is a hundredth of it. */
const maxAnswerBytes = 8 * 1024 * 1024;
const defaultTimeoutMs = 20_000;

interface HttpClientOptions {
  /** Longest answer, in bytes; 8 MB unless told. */
  readonly maxAnswerBytes?: number;
  /** Whole exchange, milliseconds; 20 s unless told. */
  readonly timeoutMs?: number;
}

/**
 * The network port over one undici dispatcher, which is the store's exit: whatever is sent through this client leaves
 * there and nowhere else. Redirects are not followed. Times run on the machine's own clock, as sockets do.
 */
export function createHttpClient(dispatcher: Dispatcher, options: HttpClientOptions = {}): HttpClient {
  const cap = options.maxAnswerBytes ?? maxAnswerBytes;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const url = httpUrl(request.url);
      const headers = { 'accept-encoding': 'identity', ...request.headers };
      const call = { url, method: request.method, headers, body: request.body ?? null };
      const result = await run(dispatcher, call, request.timeoutMs ?? timeoutMs, cap);
      if (!result.ok) throw networkFailure(result, url.host, request.effect);
      return { status: result.status, headers: result.headers, text: new TextDecoder().decode(result.bytes) };
    },
    async download(address: string, limits: DownloadLimits): Promise<HttpDownload> {
      const url = httpUrl(address);
      const call = { url, method: 'GET' as const, headers: { 'accept-encoding': 'identity' }, body: null };
      const result = await run(dispatcher, call, limits.timeoutMs, limits.maxBytes);
      if (result.ok) return { status: result.status, headers: result.headers, bytes: result.bytes };
      if (result.error instanceof errors.ResponseExceededMaxSizeError) {
        throw new CodedError('rejected', `${url.host}: longer than ${String(limits.maxBytes)} bytes`, {
          reason: 'too_large',
        });
      }
      throw networkFailure(result, url.host, 'read');
    },
  };
}

interface Call {
  readonly url: URL;
  readonly method: HttpRequest['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

async function run(
  dispatcher: Dispatcher,
  call: Call,
  timeoutMs: number,
  maxBytes: number,
): Promise<ExchangeResult> {
  const exchange = new Exchange(maxBytes);
  const timer = setTimeout(() => exchange.cancel(new errors.HeadersTimeoutError('Timed out')), timeoutMs);
  const options = {
    origin: call.url.origin,
    path: `${call.url.pathname}${call.url.search}`,
    method: call.method,
    headers: { ...call.headers },
    body: call.body,
    // The timer above covers the whole exchange; these would only measure its parts.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Over HTTP/2 undici itself repeats requests that a server turned away; whether a send is repeated is not its to say.
    allowH2: false,
  };
  try {
    dispatcher.dispatch(options, exchange);
  } catch (error) {
    exchange.cancel(error instanceof Error ? error : new Error('The request could not be started'));
  }
  try {
    return await exchange.result;
  } finally {
    clearTimeout(timer);
  }
}

function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new CodedError('invalid', 'Not an http address', { field: 'url' });
  }
  return url;
}
