import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { refusalCode } from './tunnel-failure.ts';

it.each([
  [594, 'ECONNREFUSED', 'PROXY_REFUSED'],
  [593, 'ENOTFOUND', 'PROXY_NAME'],
  [597, 'UPSTREAM407', 'PROXY_PASSWORD'],
  [504, 'Proxy connection timed out', 'PROXY_TIMEOUT'],
  [590, 'UPSTREAM403', 'PROXY_DENIED'],
  [590, 'UPSTREAM502', 'PROXY_TARGET'],
  [599, 'connect ECONNREFUSED 10.0.0.1:1080', 'PROXY_REFUSED'],
  [599, 'getaddrinfo ENOTFOUND gate.test', 'PROXY_NAME'],
  [599, 'getaddrinfo EAI_AGAIN gate.test', 'ENETUNREACH'],
  [599, 'connect ENETUNREACH 203.0.113.9:1080 - Local (0.0.0.0:0)', 'ENETUNREACH'],
  [599, 'connect EHOSTUNREACH 10.0.0.1:1080', 'PROXY_TIMEOUT'],
  [599, 'Socket closed', 'PROXY_RESET'],
  [599, 'Received invalid Socks5 initial handshake (no accepted authentication type)', 'PROXY_PASSWORD'],
  [599, 'Received invalid Socks5 initial handshake (invalid socks version)', 'PROXY_BROKEN'],
  [599, 'Socks5 proxy rejected connection - HostUnreachable', 'PROXY_TARGET'],
  [599, 'Socks5 proxy rejected connection - NotAllowed', 'PROXY_DENIED'],
  [599, 'Socks4 Proxy rejected connection - (Failed)', 'PROXY_TARGET'],
  [599, 'Socks4 Proxy rejected connection - (undefined)', 'PROXY_BROKEN'],
  [599, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'PROXY_TLS'],
  [599, 'HPE_INVALID_CONSTANT', 'PROXY_BROKEN'],
  [503, 'Service Unavailable', 'PROXY_BROKEN'],
])('what proxy-chain says (%i %s) is %s', (status, words, code) => {
  expect(refusalCode(status, words)).toBe(code);
});

it.each(['en', 'zh-Hans'])('every reason of a way through a proxy has plain words: %s', async (language) => {
  const file = new URL(`../../../resources/locales/${language}/panel.json`, import.meta.url);
  const { reason } = z
    .object({ reason: z.record(z.string(), z.string().min(1)) })
    .parse(JSON.parse(await readFile(file, 'utf8')));
  const broken = ['name', 'refused', 'password', 'timeout', 'reset', 'tls', 'denied', 'target', 'broken'];
  const stopped = ['ended', 'disabled', 'required'];
  expect(Object.keys(reason)).toEqual(
    expect.arrayContaining([
      'proxy',
      'exit-changed',
      ...[...broken, ...stopped].map((one) => `proxy-${one}`),
    ]),
  );
});
