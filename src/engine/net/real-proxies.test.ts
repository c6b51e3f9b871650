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
