import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Server } from 'proxy-chain';
import { ProxyAgent } from 'undici';
import { createHttpClient } from '../channels/http-client.ts';
import type { HttpClient } from '../channels/http.ts';
import { startForwarder } from '../engine/net/forwarder.ts';
import { tunnelConnector, type Entrance } from '../engine/net/tunnel.ts';
import { testNet } from '../testing/test-net.ts';
import { compare, milliseconds, type Bench, type Sample } from './harness.ts';

const farSide = fileURLToPath(new URL('./far-side.ts', import.meta.url));
/** What a way through our forwarder may add to one without, in milliseconds. */
const ADDED_MS = 0.2;
const BARE = 'Basic eDp5';

interface FarSide {
  readonly origin: number;
  readonly proxy: number;
}

/** A request on a connection that is kept. */
const get =
  (http: HttpClient, url: string): Sample =>
  () =>
    milliseconds(() => http.request({ method: 'GET', url, effect: 'read' }));

/** A tunnel to the target, from nothing. */
function tunnel(entrance: Entrance, port: number): Sample {
  const open = tunnelConnector(entrance, () => true);
  const target = { hostname: '127.0.0.1', protocol: 'http:', port: String(port) };
  return async () => {
    let opened: Socket | null = null;
    const spent = await milliseconds(
      () =>
        new Promise<void>((resolve, reject) => {
          open(target, (error, socket) => {
            opened = socket;
            if (error === null) resolve();
            else reject(error);
          });
        }),
    );
    (opened as Socket | null)?.destroy();
    return spent;
  };
}

/** What one way takes longer than another, both taken one after the other. */
const added =
  (ours: Sample, without: Sample): Sample =>
  async () => {
    const [one, other] = [await ours(), await without()];
    return Math.max(0.001, one - other);
  };

export const forwarderBench: Bench = {
  name: 'forwarder',
  run: async (report) => {
    const child = fork(farSide, [], { execArgv: process.execArgv });
    const [far] = (await once(child, 'message')) as [FarSide];
    const url = `http://127.0.0.1:${far.origin}/`;
    const upstream = `http://127.0.0.1:${far.proxy}`;
    const bare = new Server({
      port: 0,
      host: '127.0.0.1',
      prepareRequestFunction: () => ({ upstreamProxyUrl: upstream }),
    });
    await bare.listen();
    const agents = [bare.port, far.proxy].map(
      (port) => new ProxyAgent({ uri: `http://127.0.0.1:${port}`, proxyTunnel: true }),
    );
    const [overBare, overNone] = agents.map((agent) => createHttpClient(agent));
    const forwarder = startForwarder({
      wayOf: () => ({ kind: 'proxy', proxyId: 1, address: upstream }),
      admits: () => true,
      onTraffic: () => {},
    });
    const net = testNet();
    const proxy = {
      protocol: 'http',
      host: '127.0.0.1',
      port: far.proxy,
      username: '',
      password: '',
    } as const;
    net.bind(1, { ...proxy, from: '', stop: () => Promise.resolve() });
    const ours = net.exitFor(1, null, [url]);
    if (overBare === undefined || overNone === undefined) throw new Error('No clients');
    const entrance = (port: number | Promise<number>): Entrance => ({
      port: Promise.resolve(port),
      authorization: BARE,
    });
    const ourTunnel = tunnel(entrance(forwarder.port), far.origin);
    const some = { unit: 'ms', samples: 300, discard: 30 };
    try {
      const gets = { ...some, name: 'forwarder: GET, kept open', ours: get(ours, url) };
      report(
        await compare({ ...gets, peer: 'bare proxy-chain', goal: '<=1.2', against: get(overBare, url) }),
      );
      report(
        await compare({
          ...some,
          name: 'forwarder: added to a GET',
          peer: `${ADDED_MS} ms over the proxy alone`,
          goal: '<=1',
          ours: added(get(ours, url), get(overNone, url)),
          against: ADDED_MS,
        }),
      );
      const opens = { ...some, name: 'forwarder: CONNECT', ours: ourTunnel };
      const bareTunnel = tunnel(entrance(bare.port), far.origin);
      report(await compare({ ...opens, peer: 'bare proxy-chain', goal: '<=1.2', against: bareTunnel }));
      report(
        await compare({
          ...opens,
          name: 'forwarder: a new tunnel',
          peer: 'to the proxy alone',
          goal: '<=3',
          against: tunnel(entrance(far.proxy), far.origin),
        }),
      );
    } finally {
      await net.close();
      await forwarder.end();
      await Promise.all(agents.map((agent) => agent.destroy()));
      await bare.close(true);
      child.kill();
    }
  },
};
