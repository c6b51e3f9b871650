import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startOrigin, type CountingOrigin } from '../../testing/counting-origin.ts';
import { startChainProxy, type RealProxy } from '../../testing/real-proxies.ts';
import { testNet, type TestNet } from '../../testing/test-net.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import type { Door } from './door.ts';

// What real browsers do through it is proved by `npm run isolation`; here is what it answers.
let origin: CountingOrigin;
let net: TestNet;
const exits: RealProxy[] = [];
const failures: string[] = [];
const who = { username: 'kunde', password: 'p@ss:w/r%d#1' };

beforeEach(async () => {
  origin = await startOrigin();
  net = testNet();
  failures.length = 0;
});
afterEach(async () => {
  await net.close();
  await Promise.all(exits.splice(0).map((exit) => exit.stop()));
  await origin.stop();
});

const door = (own: readonly string[] = [origin.base], accountId = 1): Promise<Door> =>
  net.doorFor(accountId, own, (code) => failures.push(code));
async function exit(from: string): Promise<RealProxy> {
  const started = await startChainProxy(from, who);
  exits.push(started);
  return started;
}

/** The status of a plain request, as browsers ask proxies. */
async function get(port: number, url: string): Promise<number> {
  const asked = request({
    host: '127.0.0.1',
    port,
    path: url,
    headers: { host: new URL(url).host },
    agent: false,
  });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
  answer.resume();
  return answer.statusCode;
}

/** The first line a CONNECT is answered with; the socket stays open. */
async function tunnel(
  port: number,
  target: string,
): Promise<{ line: string; socket: ReturnType<typeof connect> }> {
  const socket = connect(port, '127.0.0.1', () =>
    socket.write(`CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n`),
  );
  socket.on('error', () => {});
  const [data] = (await once(socket, 'data')) as [Buffer];
  return { line: data.toString('latin1').split('\r\n')[0] ?? '', socket };
}

test('without a proxy it leads out directly; with one bound, by that alone, counted to it', async () => {
  const { port } = await door();
  expect(await get(port, `${origin.base}/direct`)).toBe(200);
  expect(origin.from).toEqual(['127.0.0.1']);
  net.bind(1, await exit('127.0.0.41'), 7);
  net.end([1]);
  expect(await get(port, `${origin.base}/proxied`)).toBe(200);
  expect(origin.from.at(-1)).toBe('127.0.0.41');
  net.sample();
  expect(net.traffic.get('1 7')?.received).toBeGreaterThan(0);
});

test('another proxy: what is open ends, what comes next leaves by it, through the same door', async () => {
  net.bind(1, await exit('127.0.0.41'));
  const { port } = await door();
  const { line, socket } = await tunnel(port, `127.0.0.1:${origin.port}`);
  expect(line).toContain('200');
  const closed = once(socket, 'close');
  net.bind(1, await exit('127.0.0.42'));
  net.end([1]);
  await closed;
  expect(await get(port, `${origin.base}/next`)).toBe(200);
  expect(origin.from.at(-1)).toBe('127.0.0.42');
  expect(origin.direct()).toBe(0);
});

test('refused, dead, or with a wrong password: nothing gets out, and it is told why', async () => {
  const { port } = await door();
  for (const stop of ['ended', 'disabled', 'required'] as const) {
    net.routes.set(1, { kind: 'refused', stop });
    expect(await get(port, `${origin.base}/`)).toBe(503);
    expect((await tunnel(port, `127.0.0.1:${origin.port}`)).line).toContain('503');
  }
  expect(failures).toEqual([]);
  const dead = await exit('127.0.0.41');
  net.bind(1, dead);
  await exits.pop()?.stop();
  expect((await tunnel(port, 'shop.test:443')).line).toContain('594');
  await get(port, 'http://shop.test/');
  net.bind(1, { ...(await exit('127.0.0.41')), password: 'wrong' });
  await tunnel(port, 'shop.test:443');
  net.passwords.set(1, null);
  expect(await get(port, 'http://shop.test/')).toBe(503);
  await waitUntil('all are told', () => failures.length === 4);
  expect(failures).toEqual(['PROXY_REFUSED', 'PROXY_REFUSED', 'PROXY_PASSWORD', 'PROXY_PASSWORD']);
  expect(origin.from).toEqual([]);
});

test('pages reach nothing of this computer and its network but the environment’s own, by proxy or without', async () => {
  const { port } = await door([]);
  const targets = [
    `127.0.0.1:${origin.port}`,
    `localhost:${origin.port}`,
    `[::1]:${origin.port}`,
    '169.254.169.254:80',
  ];
  for (const way of ['direct', 'proxy']) {
    if (way === 'proxy') net.bind(1, await exit('127.0.0.41'));
    for (const target of [
      ...targets,
      '192.168.1.1:80',
      'router.local:80',
      '[::ffff:127.0.0.1]:80',
      '0.0.0.0:80',
    ]) {
      expect(await get(port, `http://${target}/`), target).toBe(503);
      expect((await tunnel(port, target)).line, target).toContain('503');
    }
  }
  expect(origin.from).toEqual([]);
});

test('at its end nobody comes in any more', async () => {
  const own = await door();
  await own.end();
  const late = connect(own.port, '127.0.0.1');
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
});
