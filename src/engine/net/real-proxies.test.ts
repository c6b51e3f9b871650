import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startOrigin, type CountingOrigin } from '../../testing/counting-origin.ts';
import {
  HARD_PASSWORD,
  proxyPrograms,
  startChainProxy,
  startDante,
  startMicrosocks,
  startTinyproxy,
  type ProxyProgram,
  type RealProxy,
} from '../../testing/real-proxies.ts';
import { testNet, type TestNet } from '../../testing/test-net.ts';
import { testTls } from '../../testing/test-tls.ts';
import { startForwarder } from './forwarder.ts';
import { tunnelConnector } from './tunnel.ts';
import { upstreamUrl } from './upstream.ts';

// A machine without the proxies installs them first.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const who = { username: 'kunde-7', password: HARD_PASSWORD };
/** One of each kind, with the program it needs and the address it leaves from. */
const kinds: readonly [name: string, needs: ProxyProgram | null, start: () => Promise<RealProxy>][] = [
  ['HTTP by tinyproxy', 'tinyproxy', () => startTinyproxy('127.0.0.3', { ...who, password: 'plain8Word' })],
  ['HTTP, a hard password', null, () => startChainProxy('127.0.0.5', who)],
  ['HTTPS, a hard password', null, () => startChainProxy('127.0.0.6', who, { tls: testTls })],
  ['SOCKS 5 by microsocks, a hard password', 'microsocks', () => startMicrosocks('127.0.0.2', who)],
  ['SOCKS 5 without one', 'microsocks', () => startMicrosocks('127.0.0.7', { username: '', password: '' })],
  ['SOCKS 4 by dante', 'danted', () => startDante('127.0.0.4')],
];
const programs = await proxyPrograms();
const here = kinds.filter(([, needs]) => needs === null || programs.has(needs));

let plain: CountingOrigin;
let secure: CountingOrigin;
let net: TestNet;

beforeAll(() => setDefaultCACertificates([...getCACertificates('default'), testTls.cert]));
afterAll(() => setDefaultCACertificates(getCACertificates('bundled')));
beforeEach(async () => {
  plain = await startOrigin();
  secure = await startOrigin(undefined, true);
  net = testNet();
});
afterEach(async () => {
  await net.close();
  await Promise.all([plain.stop(), secure.stop()]);
});

const download = { maxBytes: 1000, timeoutMs: 10_000 };
const open = (accountId = 1) => net.exitFor(accountId, null, [plain.base, secure.base]);

test.each(here)('%s: everything leaves by it, counted', async (_, _needs, start) => {
  const proxy = await start();
  net.bind(1, proxy);
  try {
    for (const { base } of [plain, secure]) {
      for (let round = 0; round < 2; round += 1) {
        const { text } = await open().request({ method: 'GET', url: `${base}/api`, effect: 'read' });
        expect(text).toBe('answer');
      }
      const { bytes } = await open().download(`${base}/picture`, download);
      expect(Buffer.from(bytes).toString()).toBe('answer');
    }
    for (const { from, asked } of [plain, secure]) {
      expect(asked.map(({ path }) => path)).toEqual(['/api', '/api', '/picture']);
      expect(new Set(from)).toEqual(new Set([proxy.from]));
    }
    net.sample();
    expect(net.traffic.get('1 1')?.received).toBeGreaterThan(300);
    expect(net.traffic.get('1 1')?.sent).toBeGreaterThan(300);
    expect(net.traffic.size).toBe(1);
  } finally {
    await net.close();
    await proxy.stop();
  }
});

test.each(here.filter(([name]) => !/SOCKS 4|without one/.test(name)))(
  '%s: a wrong password is said, and nothing was sent',
  async (_, _needs, start) => {
    const proxy = await start();
    try {
      for (const password of ['wrong', '', null]) {
        net.bind(1, proxy);
        net.passwords.set(1, password);
        net.end([1]);
        await expect(
          open().request({ method: 'POST', url: secure.base, body: 'x', effect: 'send' }),
        ).rejects.toMatchObject({ code: 'unreachable', details: { reason: 'proxy-password' } });
      }
      expect([...plain.from, ...secure.from]).toEqual([]);
      expect(JSON.stringify(net.log.lines)).not.toContain(proxy.password);
    } finally {
      await net.close();
      await proxy.stop();
    }
  },
);

test.each(here)(
  '%s: dead, nothing is sent and nothing goes direct; back, it goes on',
  async (_, _needs, start) => {
    const proxy = await start();
    net.bind(1, proxy);
    await open().request({ method: 'GET', url: plain.base, effect: 'read' });
    await proxy.stop();
    for (const { base } of [plain, secure]) {
      const refused = { code: 'unreachable', details: { reason: 'proxy-refused' } };
      // The tunnel that was open breaks first, at the latest with this one.
      await open()
        .request({ method: 'GET', url: base, effect: 'read' })
        .catch(() => {});
      await expect(
        open().request({ method: 'POST', url: base, body: 'x', effect: 'send' }),
      ).rejects.toMatchObject(refused);
      await expect(open().download(`${base}/picture`, download)).rejects.toMatchObject(refused);
    }
    const again = await start();
    net.bind(1, again);
    const { text } = await open().request({ method: 'GET', url: secure.base, effect: 'read' });
    expect(text).toBe('answer');
    expect([plain.direct(), secure.direct()]).toEqual([0, 0]);
    await net.close();
    await again.stop();
  },
);

test.each(here)(
  '%s: what it can not reach is its own word, not the end of the proxy',
  async (_, _needs, start) => {
    const proxy = await start();
    net.bind(1, proxy);
    try {
      const exit = net.exitFor(1, null, ['http://127.0.0.1:9']);
      for (const url of ['http://127.0.0.1:9/', 'https://no-such-host.invalid/']) {
        await expect(exit.request({ method: 'POST', url, body: 'x', effect: 'send' })).rejects.toMatchObject({
          code: 'unreachable',
          details: { reason: expect.stringMatching(/^proxy-(target|denied|reset)$/) as string },
        });
      }
    } finally {
      await net.close();
      await proxy.stop();
    }
  },
);

test('a redirect is answered as it is: nobody goes where it leads, by the proxy or without', async () => {
  const other = await startOrigin();
  const origin = await startOrigin((_, response) => {
    response.writeHead(302, { location: `${other.base}/` }).end();
  });
  const proxy = await startChainProxy('127.0.0.5', who);
  net.bind(1, proxy);
  const exit = net.exitFor(1, null, [origin.base, other.base]);
  expect((await exit.request({ method: 'GET', url: origin.base, effect: 'read' })).status).toBe(302);
  expect((await exit.download(`${origin.base}/face`, download)).status).toBe(302);
  expect([origin.direct(), other.from]).toEqual([0, []]);
  await net.close();
  await Promise.all([origin.stop(), other.stop(), proxy.stop()]);
});

test.each(['http', 'https', 'socks4', 'socks5'] as const)(
  'a proxy that takes the connection and says nothing: %s',
  async (protocol) => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket.on('error', () => {}))).listen(
      0,
      '127.0.0.1',
    );
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const upstream = { protocol, host: '127.0.0.1', port, username: '' };
    net.routes.set(1, { kind: 'proxy', proxyId: 1, upstream });
    const send = { method: 'POST', url: secure.base, body: 'x', effect: 'send', timeoutMs: 300 } as const;
    const error = { code: 'unreachable', details: { reason: 'proxy-timeout' } };
    await expect(open().request(send)).rejects.toMatchObject(error);

    const address = upstreamUrl(upstream, '') ?? '';
    const forwarder = startForwarder({
      wayOf: () => ({ kind: 'proxy', proxyId: 1, address }),
      admits: () => true,
      onTraffic: () => {},
    });
    const entrance = { port: forwarder.port, authorization: 'Basic x' };
    const tried = await new Promise<Error | null>((resolve) =>
      tunnelConnector(
        entrance,
        () => true,
        100,
      )({ hostname: 'shop.test', protocol: 'https:', port: '' }, (...[failed]) => resolve(failed)),
    );
    expect(tried).toMatchObject({ code: 'PROXY_TIMEOUT' });
    await forwarder.end();
    await net.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
    expect(secure.from).toEqual([]);
  },
);

test('through a proxy too nothing is asked for on this computer or its network but the environment itself', async () => {
  const proxy = await startChainProxy('127.0.0.5', who);
  net.bind(1, proxy);
  const exit = net.exitFor(1, null, ['https://api.shop.test']);
  for (const host of [
    'localhost',
    'printer',
    'nas.local',
    'wiki.internal',
    '127.0.0.1',
    '[::1]',
    '10.0.0.1',
  ]) {
    const url = `http://${host}:${plain.port}/`;
    await expect(exit.request({ method: 'GET', url, effect: 'read' }), host).rejects.toMatchObject({
      code: 'unreachable',
    });
    await expect(exit.download(url, download), host).rejects.toThrow();
  }
  expect(plain.from).toEqual([]);
  await net.close();
  await proxy.stop();
});

test('a proxy whose name is not to be found, or that has another protocol than said', async () => {
  const upstream = { protocol: 'socks5', host: 'no-such-proxy.invalid', port: 9, username: '' } as const;
  net.routes.set(1, { kind: 'proxy', proxyId: 1, upstream });
  const send = () => open().request({ method: 'POST', url: plain.base, body: 'x', effect: 'send' });
  const nameless = {
    code: 'unreachable',
    details: { reason: expect.stringMatching(/^(proxy-name|network)$/) as string },
  };
  await expect(send()).rejects.toMatchObject(nameless);
  net.routes.set(1, { kind: 'proxy', proxyId: 1, upstream: { ...upstream, protocol: 'http' } });
  await expect(send()).rejects.toMatchObject(nameless);
  const { port } = plain;
  for (const protocol of ['socks5', 'socks4', 'https'] as const) {
    net.routes.set(1, {
      kind: 'proxy',
      proxyId: 1,
      upstream: { protocol, host: '127.0.0.1', port, username: '' },
    });
    await expect(send(), protocol).rejects.toMatchObject({
      code: 'unreachable',
      details: { reason: expect.stringMatching(/^proxy-(broken|tls|reset)$/) as string },
    });
  }
  expect(plain.asked).toEqual([]);
});

test('a proxy whose certificate nobody vouches for gets neither password nor request', async () => {
  const proxy = await startChainProxy('127.0.0.6', who, { tls: testTls });
  setDefaultCACertificates(getCACertificates('bundled'));
  net.bind(1, proxy);
  try {
    await expect(
      open().request({ method: 'POST', url: plain.base, body: 'x', effect: 'send' }),
    ).rejects.toMatchObject({ code: 'unreachable', details: { reason: 'proxy-tls' } });
    expect(plain.from).toEqual([]);
  } finally {
    setDefaultCACertificates([...getCACertificates('bundled'), testTls.cert]);
    await net.close();
    await proxy.stop();
  }
});
