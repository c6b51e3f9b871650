import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proxyProtocols } from '../../contract/proxies.ts';
import { upstreamUrl, type Upstream } from './upstream.ts';

const upstream: Upstream = { protocol: 'socks5', host: 'gate.test', port: 1080, username: 'user' };

test('names are left to the proxy, whatever a list calls its protocol', () => {
  const schemes = proxyProtocols.map((protocol) => upstreamUrl({ ...upstream, protocol }, '')?.split(':')[0]);
  expect(schemes).toEqual(['http', 'https', 'socks4a', 'socks5h']);
});

test('an address of version 6 stands in brackets, no credentials leave no @', () => {
  expect(upstreamUrl({ ...upstream, host: '2001:db8::1', username: '' }, '')).toBe(
    'socks5h://[2001:db8::1]:1080',
  );
});

test('credentials come back as they are, whatever they hold', () => {
  const text = fc.string({ unit: 'binary', maxLength: 50 });
  fc.assert(
    fc.property(text, text, (username, password) => {
      const url = upstreamUrl({ ...upstream, username }, password);
      const { username: name, password: secret, host } = new URL(url ?? '');
      expect([name, secret].map(decodeURIComponent)).toEqual([username, password]);
      expect(host).toBe('gate.test:1080');
    }),
  );
});

test('what a protocol can not carry is refused before it is tried', () => {
  const long = 'x'.repeat(256);
  expect(upstreamUrl({ ...upstream, username: long }, 'p')).toBe(null);
  expect(upstreamUrl(upstream, long)).toBe(null);
  expect(upstreamUrl(upstream, 'ü'.repeat(128))).toBe(null);
  expect(upstreamUrl({ ...upstream, protocol: 'http', username: 'a:b' }, 'p')).toBe(null);
  expect(upstreamUrl({ ...upstream, protocol: 'socks4', username: 'a\0b' }, '')).toBe(null);
  expect(upstreamUrl({ ...upstream, host: 'no host' }, 'p')).toBe(null);
});
