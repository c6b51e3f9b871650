/** A process that prints a connection bundle as the sandbox does and waits; `--fail` ends instead. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

if (process.argv.includes('--fail')) process.exit(4);
const server = createServer((_request, response) => response.end(String(process.pid)));
server.listen(0, '127.0.0.1', () => {
  const admin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = { key: 'sandbox', name: 'Sandbox' };
  process.stdout.write(
    `${JSON.stringify({ environment, admin, platforms: [], args: process.argv.slice(2) })}\n`,
  );
});
