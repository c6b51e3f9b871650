import { CodedError } from '../base/errors.ts';
import type { ExchangeResult } from './http-exchange.ts';
import type { HttpRequest } from './http.ts';

type Failure = Extract<ExchangeResult, { ok: false }>;

/**
 * The coded error of an exchange that brought no complete answer. `details.reason` is one of `name` (DNS), `refused`,
 * `timeout`, `tls`, `reset`, `too_large`, `network`, `exit-changed`, or what the exit's own connector says of a proxy
 * (its code `PROXY_NAME` becomes `proxy-name`). The message names the host alone: addresses carry secrets.
 */
export function networkFailure(failure: Failure, host: string, effect: HttpRequest['effect']): CodedError {
  const code = errorCode(failure.error);
  if (!failure.started && code === 'UND_ERR_INVALID_ARG') {
    return new CodedError('invalid', `${host}: the request can't be written`, undefined, failure.error);
  }
  const reason = reasonOf(code);
  const ambiguous = effect === 'send' && failure.started;
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
  UND_ERR_DESTROYED: 'exit-changed',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  EPROTO: 'tls',
};

function reasonOf(code: string): string {
  const known = byCode[code];
  if (known !== undefined) return known;
  if (code.startsWith('PROXY_')) return code.toLowerCase().replaceAll('_', '-');
  return /^ERR_(TLS|SSL)_|CERT|SIGNATURE/.test(code) ? 'tls' : 'network';
}

function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
