import { Agent, type Dispatcher } from 'undici';
import { CodedError } from '../../base/errors.ts';
import { createHttpClient } from '../../channels/http-client.ts';
import type { HttpClient } from '../../channels/http.ts';
import type { Log } from '../parts.ts';
import { guardedConnector } from './connector.ts';
import { isLocalAddress, socketHost } from './local-address.ts';
import type { Route, RouteOf } from './route.ts';
import { createSkewMeter, type SkewClocks } from './skew.ts';

/** The one choke point for everything a store sends. */
export interface Net {
  /**
   * The exit of an account. The route is looked up for every request, so a client that was handed out before a
   * proxy was bound follows it. Requests of an account that is bound to a proxy but has no running forwarder are
   * refused as `unreachable`, reason `no-forwarder`. Nothing on this computer or its own network is reached but `own`,
   * the addresses of the account's environment: an address of a message is `rejected`, reason `local_address`, and a
   * name that leads there is `unreachable`.
   */
  exitFor(accountId: number, own: readonly string[]): HttpClient;
  /** How far the clock of this address's server is ahead of ours, in milliseconds. */
  skewMs(url: string): number;
  close(): Promise<void>;
}

interface NetInput extends SkewClocks {
  readonly routeOf: RouteOf;
  readonly log: Log;
}

/** Connections to one server at a time, for one account. A platform's desk page opens about as many. */
const CONNECTIONS = 4;

interface Exit {
  readonly route: string;
  readonly dispatcher: Dispatcher;
  readonly client: HttpClient;
}

/** Makes the choke point. Accounts share no connection: each has an agent, and so sockets, of its own. */
export function createNet({ routeOf, now, elapsed, log }: NetInput): Net {
  const exits = new Map<number, Exit>();
  const ownHosts = new Map<number, Set<string>>();
  const skew = createSkewMeter({ now, elapsed });
  let closed = false;

  const isOwn = (accountId: number, host: string): boolean => ownHosts.get(accountId)?.has(host) === true;

  const current = (accountId: number): HttpClient => {
    if (closed) throw new CodedError('unreachable', 'The engine is stopping', { reason: 'stopping' });
    const route = routeOf(accountId);
    const key = JSON.stringify(route);
    const known = exits.get(accountId);
    if (known?.route === key) return known.client;
    // Requests on the old route end here: none may finish by the way the account has just left.
    if (known !== undefined) void known.dispatcher.destroy();
    exits.delete(accountId);
    const dispatcher = dispatcherFor(route, (host) => isOwn(accountId, host));
    const client = createHttpClient(dispatcher);
    exits.set(accountId, { route: key, dispatcher, client });
    log.info('exit', { accountId, route: route.kind });
    return client;
  };

  return {
    exitFor: (accountId, own) => {
      const hosts = ownHosts.get(accountId) ?? new Set();
      ownHosts.set(accountId, hosts);
      for (const address of own) if (URL.canParse(address)) hosts.add(new URL(address).host);
      return {
        request: async (request) => {
          const askedAt = elapsed();
          const answer = await current(accountId).request(request);
          skew.learn(request.url, askedAt, elapsed(), answer.headers['date']);
          return answer;
        },
        download: async (url, limits) => {
          const address = URL.parse(url);
          if (address !== null && isLocalAddress(socketHost(address)) && !isOwn(accountId, address.host)) {
            throw new CodedError('rejected', 'An address on this computer or its own network', {
              reason: 'local_address',
            });
          }
          return current(accountId).download(url, limits);
        },
      };
    },
    skewMs: skew.of,
    close: async () => {
      closed = true;
      const dispatchers = [...exits.values()].map((exit) => exit.dispatcher.destroy());
      exits.clear();
      await Promise.allSettled(dispatchers);
    },
  };
}

function dispatcherFor(route: Route, isOwn: (host: string) => boolean): Dispatcher {
  if (route.kind === 'proxy') {
    throw new CodedError('unreachable', 'The proxy of this account is not running', {
      reason: 'no-forwarder',
    });
  }
  return new Agent({ connections: CONNECTIONS, pipelining: 1, connect: guardedConnector(isOwn) });
}
