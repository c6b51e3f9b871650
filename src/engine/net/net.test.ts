import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testNet, type TestNet } from '../../testing/test-net.ts';
import { createSkewMeter } from './skew.ts';

let server: Server;
let base: string;
let net: TestNet | null = null;
const ports: number[] = [];
const limits = { maxBytes: 1000, timeoutMs: 5_000 };

beforeEach(async () => {
  ports.length = 0;
  server = createServer((request, response) => {
    ports.push(request.socket.remotePort ?? 0);
    response.setHeader('date', new Date(Date.UTC(2026, 0, 5, 8)).toUTCString());
    if (request.url !== '/hang') response.end('answer');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  net = testNet(() => Date.UTC(2026, 0, 5, 7, 50));
});
afterEach(async () => {
  await net?.close();
  server.closeAllConnections();
  server.close();
});

const read = (accountId: number, path = '/'): Promise<string> => {
  const exit = net?.exitFor(accountId, null, [base]);
  return (
    exit?.request({ method: 'GET', url: `${base}${path}`, effect: 'read' }).then((answer) => answer.text) ??
    Promise.reject()
  );
};

test('an account keeps its connection, and two accounts never share one', async () => {
  for (const accountId of [1, 2, 1, 2]) expect(await read(accountId)).toBe('answer');
  expect(ports[2]).toBe(ports[0]);
  expect(ports[3]).toBe(ports[1]);
  expect(ports[0]).not.toBe(ports[1]);
});

test('what a route refuses goes nowhere: not at first, and not with a client from before', async () => {
  const early = net?.exitFor(1, null, [base]);
  await early?.request({ method: 'GET', url: base, effect: 'read' });
  const pending = read(1, '/hang').catch((error: unknown) => error);
  while (ports.length < 2) await new Promise((resolve) => setImmediate(resolve));
  for (const stop of ['ended', 'disabled', 'required'] as const) {
    net?.routes.set(1, { kind: 'refused', stop });
    const refusal = { code: 'unreachable', details: { reason: `proxy-${stop}` } };
    await expect(early?.request({ method: 'GET', url: base, effect: 'send' })).rejects.toMatchObject(refusal);
    await expect(early?.download(base, limits)).rejects.toMatchObject(refusal);
    await expect(read(1)).rejects.toMatchObject(refusal);
  }
  expect(await pending).toMatchObject({ code: 'unreachable' });
  expect(ports).toHaveLength(2);
  expect(await read(2)).toBe('answer');
});

test('the connections of an account end at once when it is told so: a send in flight may have arrived', async () => {
  const exit = net?.exitFor(1, null, [base]);
  const ask = async (effect: 'send' | 'read'): Promise<unknown> =>
    exit?.request({ method: 'POST', url: `${base}/hang`, effect }).catch((error: unknown) => error);
  const pending = [ask('send'), ask('read')];
  while (ports.length < 2) await new Promise((resolve) => setImmediate(resolve));
  net?.end([1, 99]);
  expect((await Promise.all(pending)).map((error) => Reflect.get(Object(error), 'code'))).toEqual([
    'ambiguous',
    'unreachable',
  ]);
  expect(await read(1)).toBe('answer');
});

test("the server's clock is read from its answers", async () => {
  expect(net?.skewMs(base)).toBe(0);
  await read(1);
  expect(net?.skewMs(`${base}/any/path`)).toBe(600_500);
});

test('of several servers those in the middle say what time it is', () => {
  const at = Date.UTC(2026, 0, 5);
  const meter = createSkewMeter({ now: () => at, elapsed: () => 0 });
  expect(meter.ofMost()).toBe(0);
  const skews = { a: 86_400_000, b: 60_000, c: 61_000, d: -86_400_000 };
  for (const [host, skew] of Object.entries(skews)) {
    meter.learn(`http://${host}/`, 0, 0, new Date(at + skew).toUTCString());
  }
  expect(meter.ofMost()).toBe(61_500);
});

test('small differences, slow answers and odd dates are no skew', () => {
  const at = Date.UTC(2026, 0, 5);
  const meter = createSkewMeter({ now: () => at, elapsed: () => at });
  meter.learn('http://a/x', at, at + 100, new Date(at + 2_000).toUTCString());
  expect(meter.of('http://a/')).toBe(0);
  meter.learn('http://a/x', at, at + 6_000, new Date(at + 900_000).toUTCString());
  meter.learn('http://a/x', at, at, 'yesterday');
  meter.learn('http://a/x', at, at, undefined);
  expect(meter.of('http://a/')).toBe(0);
  meter.learn('http://a/x', at, at, new Date(at - 60_000).toUTCString());
  expect(meter.of('http://a/y')).toBe(-59_500);
});

test('what is known of a server holds when our clock is set, and over a sleep', () => {
  const at = Date.UTC(2026, 0, 5);
  const ours = { now: at, elapsed: 50_000 };
  const meter = createSkewMeter({ now: () => ours.now, elapsed: () => ours.elapsed });
  const theirs = (): number => ours.now + meter.of('http://a/');
  meter.learn('http://a/x', 50_000, 50_000, new Date(at).toUTCString());
  expect(meter.of('http://a/')).toBe(0);
  ours.now += 1_800_000;
  expect(theirs()).toBe(at + 500);
  ours.elapsed += 20_000;
  ours.now -= 86_400_000;
  expect(theirs()).toBe(at + 20_500);
  // Asleep for an hour: both clocks went on.
  ours.elapsed += 3_600_000;
  expect(theirs()).toBe(at + 3_620_500);
});

test('nothing leaves after the end', async () => {
  const exit = net?.exitFor(1, null, [base]);
  await net?.close();
  await expect(exit?.request({ method: 'GET', url: base, effect: 'read' })).rejects.toMatchObject({
    code: 'unreachable',
  });
});

test('an address of a message reaches nothing on this computer or its network but the environment itself', async () => {
  const port = (server.address() as AddressInfo).port;
  const exit = net?.exitFor(1, null, ['https://api.platform.test']);
  for (const host of [
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '2130706433',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
  ]) {
    const refusal = { code: 'rejected', details: { reason: 'local_address' } };
    await expect(exit?.download(`http://${host}:${port}/`, limits), host).rejects.toMatchObject(refusal);
  }
  await expect(exit?.download(`http://localhost:${port}/`, limits)).rejects.toMatchObject({
    code: 'unreachable',
  });
  await expect(exit?.request({ method: 'GET', url: base, effect: 'read' })).rejects.toMatchObject({
    code: 'unreachable',
  });
  expect(ports).toEqual([]);
  const own = net?.exitFor(1, null, [`${base}/api`]);
  expect(Buffer.from((await own?.download(`${base}/picture`, limits))?.bytes ?? []).toString()).toBe(
    'answer',
  );
  await expect(own?.download(`http://127.0.0.1:${port + 1}/`, limits)).rejects.toMatchObject({
    code: 'rejected',
  });
  await expect(net?.exitFor(2, null, []).download(base, limits)).rejects.toMatchObject({ code: 'rejected' });
});
