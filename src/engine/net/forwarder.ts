import type { IncomingMessage } from 'node:http';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { RequestError, Server, type PrepareRequestFunctionOpts } from 'proxy-chain';

/** Our local proxy in front of one account's proxy, on 127.0.0.1. Whatever enters it leaves by that proxy or not at all. */
export interface Forwarder {
  /** Where it listens. Rejects where it can't. */
  readonly port: Promise<number>;
  /** Tells `onTraffic` what passed since it was last told. */
  sample(): void;
  /** Ends every connection, those to the proxy too; from its call on nothing passes. */
  end(): Promise<void>;
}

/** What a client of the forwarder says it is. */
export type Credentials = Pick<PrepareRequestFunctionOpts, 'username' | 'password'>;

export interface ForwarderInput {
  /** The proxy's address with its credentials: goes no further than proxy-chain. */
  readonly upstream: string;
  /**
   * Whether a client may use it: any program of this computer can reach its port. Requests of the engine bear a secret;
   * a browser, to which no proxy credentials can be given without losing its cache, is to be let in while it runs.
   */
  readonly admits: (client: Credentials) => boolean;
  /** Bytes to and from the proxy. */
  readonly onTraffic: (sent: number, received: number) => void;
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

class ForwarderServer extends Server {
  readonly #input: ForwarderInput;
  readonly #agents: readonly [HttpAgent, HttpsAgent];
  readonly #counted = new Map<number, Counted>();
  /** Sockets to the proxy. */
  readonly #targets = new Set<Socket>();
  #isOver = false;

  constructor(input: ForwarderInput) {
    // Connections of its own: those of Node's global agents would be shared between accounts.
    const agents = [
      new HttpAgent({ keepAlive: true }),
      new HttpsAgent({ keepAlive: true, servername: nameOf(input.upstream) }),
    ] as const;
    super({ port: 0, host: '127.0.0.1', authRealm: 'Counterdesk' });
    this.prepareRequestFunction = (client) => ({
      requestAuthentication: this.#isOver || !input.admits(client),
      upstreamProxyUrl: input.upstream,
      httpAgent: agents[0],
      httpsAgent: agents[1],
    });
    this.#input = input;
    this.#agents = agents;
    this.on('connectionClosed', ({ connectionId, stats }: { connectionId: number; stats?: Stats }) => {
      if (stats !== undefined) this.#count(connectionId, stats);
      this.#counted.delete(connectionId);
    });
  }

  /** proxy-chain goes direct where it is given no upstream: here that is an error, wherever it comes from. */
  override async prepareRequestHandling(request: IncomingMessage): Promise<Prepared> {
    const prepared = await super.prepareRequestHandling(request);
    const { upstreamProxyUrlParsed: upstream } = prepared;
    if (upstream === null) throw new RequestError('There is no proxy to go by', 503);
    // The SOCKS client takes a host as sockets do: it can't find one in brackets.
    const bare = upstream.hostname.replace(/^\[(.*)\]$/, '$1');
    if (upstream.protocol.startsWith('socks')) Object.defineProperty(upstream, 'hostname', { value: bare });
    return prepared;
  }

  override async onConnect(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
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
    this.sample();
    // To half-close them, as proxy-chain does, would still let pass what waits in them.
    for (const target of this.#targets) target.destroy();
    this.closeConnections();
    for (const agent of this.#agents) agent.destroy();
  }

  #count(connectionId: number, { trgTxBytes, trgRxBytes }: Stats): void {
    const before = this.#counted.get(connectionId) ?? { sent: 0, received: 0 };
    const now = { sent: trgTxBytes ?? before.sent, received: trgRxBytes ?? before.received };
    this.#counted.set(connectionId, now);
    const [sent, received] = [now.sent - before.sent, now.received - before.received];
    if (sent > 0 || received > 0) this.#input.onTraffic(Math.max(0, sent), Math.max(0, received));
  }
}

/**
 * The name a proxy's certificate is for. Without it Node takes that of the request's `host`, the target's, and no HTTPS
 * proxy could be used. An address has no name to ask for.
 */
function nameOf(upstream: string): string {
  const host = URL.parse(upstream)?.hostname ?? '';
  return isIP(host.replace(/^\[(.*)\]$/, '$1')) === 0 ? host : '';
}

type Stats = NonNullable<ReturnType<Server['getConnectionStats']>>;
