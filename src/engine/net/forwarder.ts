import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import {
  RequestError,
  Server,
  type PrepareRequestFunctionOpts,
  type PrepareRequestFunctionResult,
} from 'proxy-chain';

/** Our local proxy in front of one account's way out, on 127.0.0.1. Whatever enters it leaves by that way or not at all. */
export interface Forwarder {
  /** Where it listens. Rejects where it can't. */
  readonly port: Promise<number>;
  /** Tells `onTraffic` what passed since it was last told. */
  sample(): void;
  /** Ends every connection, those to the proxy too; new ones come in. */
  drop(): void;
  /** Ends every connection, those to the proxy too; from its call on nothing passes. */
  end(): Promise<void>;
}

/** What a client of the forwarder says it is. */
export type Credentials = Pick<PrepareRequestFunctionOpts, 'username' | 'password'>;

/** How what enters leaves. */
export type ForwarderWay =
  /** By the proxy of this address, which bears its credentials and goes no further than proxy-chain. */
  | { readonly kind: 'proxy'; readonly proxyId: number; readonly address: string }
  /** From this computer itself: only where no proxy is bound. `lookup` finds the addresses of names. */
  | { readonly kind: 'direct'; readonly lookup: LookupFunction | undefined }
  /** Not at all. */
  | { readonly kind: 'refused' };

/** What a client asks for: a host (IPv6 without brackets) and a port. */
export interface ForwarderTarget {
  readonly host: string;
  readonly port: number;
}

export interface ForwarderInput {
  /** Asked anew for each request. After another answer is to be given, `drop` ends what went by the one before. */
  readonly wayOf: (target: ForwarderTarget) => ForwarderWay;
  /**
   * Whether a client may use it: any program of this computer can reach its port. Requests of the engine bear a secret;
   * a browser, to which no proxy credentials can be given without losing its cache, is to be let in while it runs.
   */
  readonly admits: (client: Credentials) => boolean;
  /** Bytes to and from a proxy. */
  readonly onTraffic: (proxyId: number, sent: number, received: number) => void;
  /** What it answers in the place of a target it did not get to. */
  readonly onFailure?: (status: number, words: string) => void;
}

/** Starts a forwarder. */
export function startForwarder(input: ForwarderInput): Forwarder {
  const server = new ForwarderServer(input);
  const port = server.listen().then(() => server.port);
  // Whoever asks for it hears of it.
  port.catch(() => {});
  return {
    port,
    sample: () => server.sample(),
    drop: () => server.drop(),
    end: async () => {
      server.cut();
      await port.then(
        () => server.close(true),
        () => {},
      );
    },
  };
}

type Counted = Readonly<Record<'sent' | 'received', number>>;
type Prepared = Awaited<ReturnType<Server['prepareRequestHandling']>>;
type Agents = readonly [HttpAgent, HttpsAgent];

class ForwarderServer extends Server {
  readonly #input: ForwarderInput;
  readonly #counted = new Map<number, Counted>();
  /** By connection: the proxy it leaves by. */
  readonly #proxyIds = new Map<number, number>();
  /** Sockets to the proxy. */
  readonly #targets = new Set<Socket>();
  /** Connections of its own, by where they lead: those of Node's global agents would be shared between accounts. */
  readonly #agents = new Map<string, Agents>();
  #isOver = false;

  constructor(input: ForwarderInput) {
    super({ port: 0, host: '127.0.0.1', authRealm: 'Counterdesk' });
    this.#input = input;
    this.prepareRequestFunction = (client) => this.#prepare(client);
    this.on('connectionClosed', ({ connectionId, stats }: { connectionId: number; stats?: Stats }) => {
      if (stats !== undefined) this.#count(connectionId, stats);
      this.#counted.delete(connectionId);
      this.#proxyIds.delete(connectionId);
    });
  }

  #prepare(client: PrepareRequestFunctionOpts): PrepareRequestFunctionResult {
    if (this.#isOver || !this.#input.admits(client)) return { requestAuthentication: true };
    const way = this.#input.wayOf({ host: bare(client.hostname), port: client.port });
    if (way.kind === 'refused') throw refusedError();
    if (way.kind === 'proxy') this.#proxyIds.set(Number(client.connectionId), way.proxyId);
    const address = way.kind === 'proxy' ? way.address : null;
    const [httpAgent, httpsAgent] = this.#agentsOf(address ?? '');
    const shared = { httpAgent, httpsAgent, customTag: way.kind };
    if (address !== null) return { ...shared, upstreamProxyUrl: address };
    return way.kind === 'direct' && way.lookup !== undefined
      ? { ...shared, dnsLookup: way.lookup as NonNullable<PrepareRequestFunctionResult['dnsLookup']> }
      : shared;
  }

  #agentsOf(address: string): Agents {
    const agents =
      this.#agents.get(address) ??
      ([
        new HttpAgent({ keepAlive: true }),
        new HttpsAgent({ keepAlive: true, servername: nameOf(address) }),
      ] as const);
    this.#agents.set(address, agents);
    return agents;
  }

  /** proxy-chain goes direct where it is given no upstream: here that is an error, unless direct is what was said. */
  override async prepareRequestHandling(request: IncomingMessage): Promise<Prepared> {
    const prepared = await super.prepareRequestHandling(request);
    const { upstreamProxyUrlParsed: upstream, customTag } = prepared;
    if (upstream === null) {
      if (customTag === 'direct') return prepared;
      throw refusedError();
    }
    // The SOCKS client takes a host as sockets do: it can't find one in brackets.
    const host = bare(upstream.hostname);
    if (upstream.protocol.startsWith('socks')) Object.defineProperty(upstream, 'hostname', { value: host });
    return prepared;
  }

  /** What it says to a plain request that got nowhere is no socket's answer. */
  override async onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.once('finish', () => {
      const isOurs = response.statusCode === 504 || response.statusCode >= 590;
      if (isOurs) this.#input.onFailure?.(response.statusCode, '');
    });
    await super.onRequest(request, response);
  }

  override async onConnect(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    if (this.#input.onFailure !== undefined) hearFailure(socket, this.#input.onFailure);
    // The end of the tunnel that the proxy holds, told when the two are joined.
    socket.once('pipe', (target: Socket) => {
      // A SOCKS tunnel is opened though its client has gone meanwhile, and would stay.
      if (this.#isOver || socket.destroyed) target.destroy();
      else this.#targets.add(target.once('close', () => this.#targets.delete(target)));
    });
    await super.onConnect(request, socket as Parameters<Server['onConnect']>[1], head);
  }

  sample(): void {
    for (const id of this.getConnectionIds()) {
      const stats = this.getConnectionStats(id);
      if (stats !== undefined) this.#count(id, stats);
    }
  }

  cut(): void {
    this.#isOver = true;
    this.drop();
  }

  drop(): void {
    this.sample();
    // To half-close them, as proxy-chain does, would still let pass what waits in them.
    for (const target of this.#targets) target.destroy();
    this.closeConnections();
    for (const agents of this.#agents.values()) for (const agent of agents) agent.destroy();
    this.#agents.clear();
  }

  #count(connectionId: number, { trgTxBytes, trgRxBytes }: Stats): void {
    const before = this.#counted.get(connectionId) ?? { sent: 0, received: 0 };
    const now = { sent: trgTxBytes ?? before.sent, received: trgRxBytes ?? before.received };
    this.#counted.set(connectionId, now);
    const [sent, received] = [now.sent - before.sent, now.received - before.received];
    const proxyId = this.#proxyIds.get(connectionId);
    if (proxyId === undefined || (sent <= 0 && received <= 0)) return;
    this.#input.onTraffic(proxyId, Math.max(0, sent), Math.max(0, received));
  }
}

/** Where no tunnel comes about, proxy-chain writes why into the socket it was asked on, and tells nobody else. */
function hearFailure(socket: Socket, onFailure: (status: number, words: string) => void): void {
  const end = socket.end.bind(socket) as (...data: unknown[]) => Socket;
  const heard = (...data: unknown[]): Socket => {
    const [, status, words] = /^HTTP\/1\.1 (\d{3}) ([^\r\n]*)/.exec(String(data[0])) ?? [];
    if (status !== undefined) onFailure(Number(status), words ?? '');
    return end(...data);
  };
  Object.defineProperty(socket, 'end', { value: heard, configurable: true });
  socket.once('pipe', () => Reflect.deleteProperty(socket, 'end'));
}

/**
 * The name a proxy's certificate is for. Without it Node takes that of the request's `host`, the target's, and no HTTPS
 * proxy could be used. An address has no name to ask for.
 */
function nameOf(upstream: string): string {
  const host = URL.parse(upstream)?.hostname ?? '';
  return isIP(bare(host)) === 0 ? host : '';
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function refusedError(): RequestError {
  return new RequestError('There is no way to go', 503);
}

type Stats = NonNullable<ReturnType<Server['getConnectionStats']>>;
