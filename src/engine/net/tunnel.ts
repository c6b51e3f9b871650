import { request as httpRequest, type ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import { localHostError } from './connector.ts';
import { refusalCode, tunnelError } from './tunnel-failure.ts';

/** A proxy must be reached, let us in and reach its target within this time, in milliseconds. */
const TUNNEL_MS = 15_000;

/** Where a forwarder is, and what it asks of its clients. */
export interface Entrance {
  readonly port: Promise<number>;
  /** The value of `proxy-authorization`. */
  readonly authorization: string;
}

/**
 * Opens sockets through a forwarder, by CONNECT whatever is spoken in them: so a request is written only once the proxy
 * has reached its target, and what fails before has surely sent nothing. Names are resolved at the proxy; addresses and
 * names that can only be this computer or its own network are refused here, but for the environment's own (`isOwn`).
 */
export function tunnelConnector(
  entrance: Entrance,
  isOwn: (host: string) => boolean,
  timeoutMs = TUNNEL_MS,
): buildConnector.connector {
  const secure = buildConnector({ timeout: timeoutMs, allowH2: false });
  return (options, callback) => {
    const host = options.host ?? options.hostname;
    const refused = isOwn(host) ? null : localHostError(options.hostname);
    if (refused !== null) return callback(refused, null);
    const port = options.port === '' ? (options.protocol === 'https:' ? '443' : '80') : options.port;
    const bare = options.hostname.includes(':') ? `[${options.hostname}]` : options.hostname;
    const opened = (error: Error | null, socket: Socket | null): void => {
      if (error !== null || socket === null) callback(error ?? tunnelError('PROXY_BROKEN'), null);
      else if (options.protocol === 'https:') secure({ ...options, httpSocket: socket }, callback);
      else callback(null, socket);
    };
    void entrance.port.then(
      (local) => {
        const request = openTunnel(local, entrance.authorization, `${bare}:${port}`, opened);
        const timer = setTimeout(() => request.destroy(tunnelError('PROXY_TIMEOUT')), timeoutMs);
        request.once('connect', () => clearTimeout(timer)).once('error', () => clearTimeout(timer));
      },
      () => opened(tunnelError('PROXY_BROKEN'), null),
    );
  };
}

/** Asks for a tunnel; `opened` is called once, with a socket or with why there is none. */
function openTunnel(
  local: number,
  authorization: string,
  target: string,
  opened: (error: Error | null, socket: Socket | null) => void,
): ClientRequest {
  const headers = { host: target, 'proxy-authorization': authorization };
  const address = { host: '127.0.0.1', port: local, agent: false };
  const request = httpRequest({ ...address, method: 'CONNECT', path: target, headers });
  request.once('connect', (answer, socket, head) => {
    // Between two owners nobody listens, and an error nobody hears ends the process.
    socket.on('error', () => {});
    if (answer.statusCode === 200) {
      socket.unshift(head);
      opened(null, socket);
    } else {
      socket.destroy();
      opened(tunnelError(refusalCode(answer.statusCode ?? 0, answer.statusMessage ?? '')), null);
    }
  });
  request.once('error', (error: NodeJS.ErrnoException) => {
    const isOurs = error.code?.startsWith('PROXY_') === true;
    opened(isOurs ? error : tunnelError('PROXY_RESET'), null);
  });
  return request.end();
}
