import { createHash, timingSafeEqual } from 'node:crypto';
import { Agent, type buildConnector, type Dispatcher } from 'undici';
import { CodedError } from '../../base/errors.ts';
import type { RandomBytes } from '../../base/random.ts';
import { createHttpClient } from '../../channels/http-client.ts';
import type { HttpClient } from '../../channels/http.ts';
import { guardedConnector } from './connector.ts';
import { startForwarder } from './forwarder.ts';
import { proxiedHttp } from './proxied-http.ts';
import type { Route } from './route.ts';
import { tunnelConnector } from './tunnel.ts';
import { upstreamUrl } from './upstream.ts';

/** Connections to one server at a time, for one account. A platform's desk page opens about as many. */
const CONNECTIONS = 4;

/** One way out of one account, with connections that nobody else has. */
export interface Exit {
  readonly client: HttpClient;
  /** Counts what passed so far. */
  sample(): void;
  /** Ends every connection at once: what was in flight fails. */
  end(): Promise<void>;
}

export interface ExitNeeds {
  readonly isOwn: (host: string) => boolean;
  readonly randomBytes: RandomBytes;
  /** Empty where the proxy has none; null where it has one that can't be opened. */
  readonly passwordOf: (proxyId: number) => string | null;
  readonly onTraffic: (proxyId: number, sent: number, received: number) => void;
  /** It can't be used, and never will: the next request is to make another. */
  readonly onFault: () => void;
}

/** Makes the exit a route stands for. Throws the refusal of one that leads nowhere. */
export function createExit(route: Route, needs: ExitNeeds): Exit {
  if (route.kind === 'refused') throw refusal(`proxy-${route.stop}`);
  if (route.kind === 'proxy') return proxyExit(route, needs);
  const dispatcher = agentOver(guardedConnector(needs.isOwn));
  return {
    client: createHttpClient(dispatcher),
    sample: () => {},
    end: () => dispatcher.destroy(),
  };
}

/** Through a forwarder of its own, so that its connections can be ended and its bytes counted. */
function proxyExit({ proxyId, upstream }: Extract<Route, { kind: 'proxy' }>, needs: ExitNeeds): Exit {
  const password = needs.passwordOf(proxyId);
  const address = password === null ? null : upstreamUrl(upstream, password);
  if (address === null) throw refusal('proxy-password');
  const secret = Buffer.from(needs.randomBytes(32)).toString('base64url');
  const forwarder = startForwarder({
    wayOf: () => ({ kind: 'proxy', proxyId, address }),
    admits: (client) => isSame(client.password, secret),
    onTraffic: needs.onTraffic,
  });
  forwarder.port.catch(needs.onFault);
  const authorization = `Basic ${Buffer.from(`counterdesk:${secret}`).toString('base64')}`;
  const dispatcher = agentOver(tunnelConnector({ port: forwarder.port, authorization }, needs.isOwn));
  return {
    client: proxiedHttp(createHttpClient(dispatcher)),
    sample: () => forwarder.sample(),
    end: async () => {
      // Requests first: what fails because its connection is gone would be taken for trouble of the proxy.
      const ended = dispatcher.destroy();
      await Promise.allSettled([ended, forwarder.end()]);
    },
  };
}

function agentOver(connect: buildConnector.connector): Dispatcher {
  return new Agent({ connections: CONNECTIONS, pipelining: 1, connect });
}

function refusal(reason: string): CodedError {
  return new CodedError('unreachable', `Not by this proxy: ${reason}`, { reason });
}

function isSame(given: string, secret: string): boolean {
  const [one, other] = [given, secret].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
