import { CodedError } from '../base/errors.ts';
import type { ExchangeResult } from './http-exchange.ts';
import type { HttpRequest } from './http.ts';

type Failure = Extract<ExchangeResult, { ok: false }>;

/**
 * The coded error of an exchange that brought no complete answer. `details.reason` is one of `name` (DNS), `refused`,
 * `timeout`, `tls`, `proxy`, `reset`, `too_large`, `network`. The message names the host alone: addresses carry secrets.
 */
export function networkFailure(failure: Failure, host: string, effect: HttpRequest['effect']): CodedError {
  const code = errorCode(failure.error);
  if (!failure.started && code === 'UND_ERR_INVALID_ARG' && !isProxyRefusal(failure.error)) {
    return new CodedError('invalid', `${host}: the request can't be written`, undefined, failure.error);
  }
  const reason = reasonOf(failure.error, code);
  // A proxy that refuses (407) has passed nothing on, though the request was written to it.
  const sent = failure.started && !isProxyRefusal(failure.error);
  const ambiguous = effect === 'send' && sent;
  return new CodedError(
    ambiguous ? 'ambiguous' : 'unreachable',
    `${host}: ${reason}`,
    { reason },
    failure.error,
  );
}

const byCode: Readonly<Record<string, string>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too_large',
  UND_ERR_PRX_CONN: 'proxy',
  UND_ERR_PRX_TLS: 'proxy',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  EPROTO: 'tls',
};

function reasonOf(error: Error, code: string): string {
  if (isProxyRefusal(error) || code.startsWith('UND_ERR_SOCKS5')) return 'proxy';
  const known = byCode[code];
  if (known !== undefined) return known;
  return /^ERR_(TLS|SSL)_|CERT|SIGNATURE/.test(code) ? 'tls' : 'network';
}

/** undici has no code of its own for a proxy's refusal of CONNECT or of a plain request; its words are all there is. */
function isProxyRefusal(error: Error): boolean {
  return /^Proxy (response \(\d+\)|Authentication Required)/.test(error.message);
}

function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
