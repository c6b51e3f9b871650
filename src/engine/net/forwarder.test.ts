import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startOrigin, type CountingOrigin } from '../../testing/counting-origin.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import { startForwarder, type Forwarder, type ForwarderInput } from './forwarder.ts';

let origin: CountingOrigin;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  origin = await startOrigin();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await origin.stop();
});

const passed: [sent: number, received: number][] = [];
function forward(upstream: string, input: Partial<ForwarderInput> = {}): Forwarder {
  passed.length = 0;
  const forwarder = startForwarder({
    wayOf: () => ({ kind: 'proxy', proxyId: 1, address: upstream }),
    admits: ({ password }) => password === 'secret',
    onTraffic: (_, ...bytes) => passed.push(bytes),
    ...input,
  });
  ends.push(() => forwarder.end());
  return forwarder;
}

/** A server that does as told with each connection. */
async function server(behave: (socket: Socket) => void): Promise<{ port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const made: Server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    behave(socket);
  });
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => made.close(resolve));
  });
  return { port: (made.address() as AddressInfo).port, sockets };
}

/** A proxy that tunnels to the origin and keeps what it was asked. */
async function tunnelling(): Promise<{ port: number; sockets: Socket[]; heard: string[] }> {
  const heard: string[] = [];
  const proxy = await server((socket) => {
    socket.once('data', (head: Buffer) => {
      heard.push(head.toString('latin1'));
      if (heard.at(-1)?.startsWith('GET') === true) {
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
        return;
      }
      const target = connect(origin.port, '127.0.0.1').on('error', () => {});
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
  });
  return { ...proxy, heard };
}

const AUTHORIZED = `Proxy-Authorization: Basic ${Buffer.from('counterdesk:secret').toString('base64')}\r\n`;

/** Everything the forwarder says to this, until it or `isDone` ends it. */
async function say(
  forwarder: Forwarder,
  text: string,
  isDone: (heard: string) => boolean = () => false,
): Promise<string> {
  const socket = connect(await forwarder.port, '127.0.0.1', () => socket.write(text));
  let heard = '';
  socket.on('data', (data: Buffer) => {
    heard += data.toString('latin1');
    if (isDone(heard)) socket.end();
  });
  socket.on('error', () => {});
  await once(socket, 'close');
  return heard;
}

const connectTo = (target: string, headers = AUTHORIZED): string =>
  `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${headers}\r\n`;
const getOf = (url: string, headers = AUTHORIZED): string =>
  `GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`;

test('a program that does not know the secret gets nothing through, by CONNECT or without', async () => {
  const proxy = await tunnelling();
  const forwarder = forward(`http://127.0.0.1:${proxy.port}`);
  const wrong = `Proxy-Authorization: Basic ${Buffer.from('counterdesk:guess').toString('base64')}\r\n`;
  for (const headers of ['', wrong, 'Proxy-Authorization: Bearer secret\r\n']) {
    expect(await say(forwarder, connectTo('shop.test:443', headers))).toMatch(/^HTTP\/1\.1 40[07] /);
    expect(await say(forwarder, getOf(`${origin.base}/`, headers))).toMatch(/^HTTP\/1\.1 40[07] /);
  }
  expect(proxy.sockets).toHaveLength(0);
  expect(origin.from).toEqual([]);
});

test('it never goes direct, though proxy-chain would: not without an upstream, nor with an unusable one', async () => {
  for (const upstream of ['', 'nonsense', 'ftp://127.0.0.1:1']) {
    const forwarder = forward(upstream);
    expect(await say(forwarder, connectTo(`127.0.0.1:${origin.port}`))).toMatch(/^HTTP\/1\.1 50[03] /);
    expect(await say(forwarder, getOf(`${origin.base}/`))).toMatch(/^HTTP\/1\.1 50[03] /);
  }
  expect(origin.from).toEqual([]);
});

test('a tunnel passes and is counted; the proxy never sees the secret', async () => {
  const proxy = await tunnelling();
  const forwarder = forward(`http://name:p%40ss@127.0.0.1:${proxy.port}`);
  const request = `${connectTo('shop.test:80')}`;
  const heard = await say(forwarder, request, (text) => text.includes('\r\n\r\n'));
  expect(heard).toContain('200 Connection Established');
  expect(proxy.heard[0]).toContain('CONNECT shop.test:80');
  expect(proxy.heard[0]).toContain(Buffer.from('name:p@ss').toString('base64'));
  await say(forwarder, getOf('http://shop.test/'));
  expect(proxy.heard[1]).toContain('GET http://shop.test/');
  expect(proxy.heard.join('')).not.toContain(Buffer.from('counterdesk:secret').toString('base64'));
  const [sent = 0, received = 0] = passed[0] ?? [];
  expect(sent).toBeGreaterThan(50);
  expect(received).toBeGreaterThan(10);
});

test('what passes is counted while it does, and once', async () => {
  const proxy = await tunnelling();
  const forwarder = forward(`http://127.0.0.1:${proxy.port}`);
  const socket = connect(await forwarder.port, '127.0.0.1', () => socket.write(connectTo('shop.test:80')));
  await once(socket, 'data');
  socket.write('GET /hang HTTP/1.1\r\nhost: x\r\n\r\n');
  await waitUntil('the origin is asked', () => origin.asked.length === 1);
  forwarder.sample();
  forwarder.sample();
  expect(passed).toHaveLength(1);
  socket.destroy();
  await forwarder.end();
  expect(passed.reduce((sum, [sent]) => sum + sent, 0)).toBe(passed[0]?.[0]);
});

test('its end cuts both sides of every tunnel at once, and nothing passes after it', async () => {
  const heard: Socket[] = [];
  // It would keep its half open for as long as anybody listens.
  const proxy = createServer({ allowHalfOpen: true }, (socket) => {
    heard.push(socket.on('error', () => {}));
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  ends.push(() => new Promise((resolve) => proxy.close(resolve)));
  const forwarder = forward(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  const port = await forwarder.port;
  const socket = connect(port, '127.0.0.1', () => socket.write(connectTo('shop.test:80')));
  await once(socket, 'data');
  const closed = once(socket, 'close');
  await forwarder.end();
  await closed;
  await waitUntil('nobody listens to the proxy', () => {
    heard[0]?.write('still there?');
    return heard[0]?.destroyed === true;
  });
  const late = connect(port, '127.0.0.1');
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
});

/** A SOCKS 5 proxy without password that says it is connected when `go` resolves. */
const socks = (go: Promise<void>) =>
  server((socket) => {
    socket.once('data', () => {
      socket.once(
        'data',
        () => void go.then(() => socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 80]))),
      );
      socket.write(Buffer.from([5, 0]));
    });
  });

test.each(['its client has gone', 'the end'])(
  'a SOCKS tunnel that comes about after %s is closed',
  async (after) => {
    const go = Promise.withResolvers<void>();
    const proxy = await socks(go.promise);
    const forwarder = forward(`socks5h://127.0.0.1:${proxy.port}`);
    const socket = connect(await forwarder.port, '127.0.0.1', () => socket.write(connectTo('shop.test:80')));
    socket.on('error', () => {});
    await waitUntil('the proxy is asked', () => (proxy.sockets[0]?.bytesRead ?? 0) > 4);
    const gone = once(socket, 'close');
    if (after === 'the end') void forwarder.end();
    else socket.resetAndDestroy();
    await gone;
    const [target] = proxy.sockets;
    const closed = target === undefined ? Promise.reject(new Error('not asked')) : once(target, 'close');
    go.resolve();
    await closed;
  },
);

test('a SOCKS proxy at an address of version 6 is found', async () => {
  const heard: string[] = [];
  const proxy = createServer((socket) => {
    socket
      .on('error', () => {})
      .once('data', (data: Buffer) => {
        heard.push(data.toString('hex'));
        socket.destroy();
      });
  }).listen(0, '::1');
  await once(proxy, 'listening');
  ends.push(() => new Promise((resolve) => proxy.close(resolve)));
  const forwarder = forward(`socks5h://[::1]:${(proxy.address() as AddressInfo).port}`);
  await say(forwarder, connectTo('shop.test:80'));
  expect(heard).toEqual(['050100']);
});
