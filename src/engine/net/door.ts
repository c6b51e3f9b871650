import { lookup as systemLookup } from 'node:dns';
import { localHostError, publicLookup } from './connector.ts';
import { startForwarder, type ForwarderTarget, type ForwarderWay } from './forwarder.ts';
import type { Route } from './route.ts';
import { refusalCode, type TunnelCode } from './tunnel-failure.ts';
import { upstreamUrl } from './upstream.ts';

/**
 * The only way out of a store's browser: a local proxy without credentials, which cost a browser its cache. Each of its
 * requests leaves as the account's route says at that moment, so another proxy needs no other browser. It is open from
 * its making to its end; meanwhile any program of this computer can come in, and gets no further than the store's pages.
 */
export interface Door {
  /** On 127.0.0.1; stays the same. */
  readonly port: number;
  /** Ends every connection; what the browser asks next leaves by the route there is then. */
  drop(): void;
  /** Tells `onTraffic` what passed since it was last told. */
  sample(): void;
  /** Ends it for good. */
  end(): Promise<void>;
}

export interface DoorInput {
  readonly routeOf: () => Route;
  /** The environment's own hosts (with port): they may be on this computer. */
  readonly isOwn: (host: string) => boolean;
  /** Empty where the proxy has none; null where it has one that can't be opened. */
  readonly passwordOf: (proxyId: number) => string | null;
  readonly onTraffic: (proxyId: number, sent: number, received: number) => void;
  /** Why the way out failed, each time it did. */
  readonly onFailure: (code: TunnelCode) => void;
}

/** Opens a door. Rejects where no port can be had. */
export async function openDoor(input: DoorInput): Promise<Door> {
  const forwarder = startForwarder({
    wayOf: (target) => wayOf(target, input),
    admits: () => true,
    onTraffic: input.onTraffic,
    onFailure: (status, words) => {
      // 4xx and 503 are our own refusals, which say why elsewhere.
      if (status === 504 || status >= 590) input.onFailure(refusalCode(status, words));
    },
  });
  const { drop, sample, end } = forwarder;
  return { port: await forwarder.port, drop, sample, end };
}

function wayOf({ host, port }: ForwarderTarget, input: DoorInput): ForwarderWay {
  const route = input.routeOf();
  const isOwn = writtenAs(host, port).some(input.isOwn);
  // Pages can hold any address: none leads to this computer or its own network.
  if (route.kind === 'refused' || (!isOwn && localHostError(host) !== null)) return { kind: 'refused' };
  if (route.kind === 'direct')
    return { kind: 'direct', lookup: isOwn ? undefined : publicLookup(systemLookup) };
  const password = input.passwordOf(route.proxyId);
  const address = password === null ? null : upstreamUrl(route.upstream, password);
  if (address !== null) return { kind: 'proxy', proxyId: route.proxyId, address };
  input.onFailure('PROXY_PASSWORD');
  return { kind: 'refused' };
}

/** A host with its port as addresses write them, which leave out the usual port of their protocol. */
function writtenAs(host: string, port: number): string[] {
  const named = host.includes(':') ? `[${host}]` : host;
  return ['http', 'https'].flatMap((scheme) => URL.parse(`${scheme}://${named}:${port}`)?.host ?? []);
}
