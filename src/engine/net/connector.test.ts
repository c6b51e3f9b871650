import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedConnector, type LookupAll } from './connector.ts';
import { isLocalAddress } from './local-address.ts';

test.each([
  ['127.0.0.1', '127.255.0.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ['169.254.169.254', '100.100.100.200', '192.0.0.192', '224.0.0.1', '255.255.255.255'],
  ['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'ff02::1', 'fec0::1'],
  ['::ffff:127.0.0.1', '::ffff:a00:1', '::127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b:1::1', '2002:7f00:1::'],
])('is local: %s …', (...addresses) => {
  for (const address of addresses) expect(isLocalAddress(address), address).toBe(true);
});

test('addresses of the internet are none of these, nor is a name', () => {
  const others = ['8.8.8.8', '172.32.0.1', '192.169.0.1', '198.18.0.4', '2606:4700::1111', '2002:808:808::'];
  for (const address of [...others, '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', 'localhost', '']) {
    expect(isLocalAddress(address), address).toBe(false);
  }
});

let server: Server;
let port: string;
let connections = 0;
beforeAll(async () => {
  server = createServer();
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = String((server.address() as AddressInfo).port);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const knows =
  (names: Readonly<Record<string, string[]>>): LookupAll =>
  (host, _options, done) =>
    done(
      null,
      (names[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

function connect(hostname: string, lookup: LookupAll, own = 'own.test'): Promise<string> {
  const connector = guardedConnector((host) => host === own, lookup);
  return new Promise((resolve) => {
    connector({ hostname, host: hostname, protocol: 'http:', port }, (error, socket) => {
      socket?.destroy();
      resolve(error === null ? 'open' : String(Reflect.get(error, 'code')));
    });
  });
}

test('a name is judged by what it stands for when it is connected to', async () => {
  const lookup = knows({ 'cdn.test': ['127.0.0.1'], 'both.test': ['::1', '127.0.0.1', '::ffff:10.0.0.1'] });
  expect(await connect('cdn.test', lookup)).toBe('ERR_LOCAL_ADDRESS');
  expect(await connect('both.test', lookup)).toBe('ERR_LOCAL_ADDRESS');
  expect(await connect('127.0.0.1', lookup)).toBe('ERR_LOCAL_ADDRESS');
  expect(connections).toBe(0);
  expect(await connect('127.0.0.1', lookup, '127.0.0.1')).toBe('open');
});
