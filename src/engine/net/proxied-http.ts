import { CodedError } from '../../base/errors.ts';
import type { HttpClient } from '../../channels/http.ts';

/** What breaks on a way through a proxy says of the proxy first: the platform may be well, and so may the network. */
const proxied: Readonly<Record<string, string>> = {
  timeout: 'proxy-timeout',
  reset: 'proxy-reset',
  tls: 'proxy-tls',
};

/** The same client, its failures named as those of a way through a proxy. Whether a send may have arrived stays as it is. */
export function proxiedHttp(http: HttpClient): HttpClient {
  return {
    request: (request) => http.request(request).catch(rename),
    download: (url, limits) => http.download(url, limits).catch(rename),
  };
}

function rename(error: unknown): never {
  const reason = error instanceof CodedError ? proxied[error.details?.reason ?? ''] : undefined;
  if (!(error instanceof CodedError) || reason === undefined) throw error;
  throw new CodedError(error.code, error.message, { ...error.details, reason }, error.cause);
}
