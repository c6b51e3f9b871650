import { CodedError } from '../../base/errors.ts';
import { isProxyTrouble } from '../net/proxy-trouble.ts';
import type { HttpClient } from '../../channels/http.ts';

/** Called when a store's request leaves; answers what to call with its end: whether anything answered. */
export type Asked = (storeId: number) => (wasAnswered: boolean) => void;

/** Passes on how stores' requests end, to whoever listens later. */
export interface Outcomes {
  readonly asked: Asked;
  listen(listener: Asked): void;
}

export function createOutcomes(): Outcomes {
  let heard: Asked = () => () => {};
  return {
    asked: (storeId) => heard(storeId),
    listen: (listener) => {
      heard = listener;
    },
  };
}

/** Reasons of `unreachable` that say nothing of the network: the request was never tried, or was answered too well. */
const untried: ReadonlySet<string> = new Set(['exit-changed', 'stopping']);

/**
 * The same client, heard: any answer counts as one, whatever the platform says in it. Pictures come from elsewhere and
 * are not counted. Trouble of a proxy is the store's own: it is no sign that the network is gone, nor that it is there,
 * for the proxy may be a program on this computer.
 */
export function heardHttp(http: HttpClient, storeId: number, asked: Asked): HttpClient {
  return {
    download: (url, limits) => http.download(url, limits),
    request: async (request) => {
      const ended = asked(storeId);
      try {
        const answer = await http.request(request);
        ended(true);
        return answer;
      } catch (error) {
        const reason = error instanceof CodedError && !isProxyTrouble(error) ? networkReason(error) : null;
        if (reason !== null && !untried.has(reason)) ended(reason === 'too_large');
        throw error;
      }
    },
  };
}

/** Why nothing came back; null when the error is not of the network. */
function networkReason({ code, details }: CodedError): string | null {
  return code === 'unreachable' || code === 'ambiguous' ? (details?.reason ?? 'network') : null;
}
