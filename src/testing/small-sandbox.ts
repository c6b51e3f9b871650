/** A process that prints a connection bundle as the sandbox does and waits; `SMALL_SANDBOX=fail` makes it end, `in-use` as if another one ran;
 * with `other-world` it takes a journal that is there for one of another version. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SANDBOX_EXIT } from '../contract/bundle.ts';

const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
if (process.env['SMALL_SANDBOX'] === 'fail') process.exit(4);
if (process.env['SMALL_SANDBOX'] === 'in-use') process.exit(SANDBOX_EXIT.inUse);
const journal = process.argv[process.argv.indexOf('--journal') + 1] ?? '';
if (process.env['SMALL_SANDBOX'] === 'other-world' && existsSync(journal))
  process.exit(SANDBOX_EXIT.otherWorld);
const server = createServer((_request, response) => response.end(String(process.pid)));
server.on('error', () => process.exit(5));
server.listen(process.argv.includes('--port') ? port : 0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const platform = {
    platform: 'shopee',
    api: address,
    auth: address,
    gateways: {},
    appKey: 'key',
    appSecret: 'secret',
    pushSecret: 'secret',
    live: { mode: 'poll', minMs: 1000, maxMs: 1000 },
    settleMs: 1000,
    shops: [],
  };
  const environment = { key: 'sandbox', name: 'Sandbox' };
  process.stdout.write(`${JSON.stringify({ environment, admin: address, platforms: [platform] })}\n`);
});
