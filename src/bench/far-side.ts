/** A server and a proxy before it, as a process of their own, for the benchmark of the forwarder. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'proxy-chain';

const origin = createServer((_, response) => response.end('x'.repeat(2_000)));
const proxy = new Server({ port: 0, host: '127.0.0.1' });
await proxy.listen();
await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
process.send?.({ origin: (origin.address() as AddressInfo).port, proxy: proxy.port });
