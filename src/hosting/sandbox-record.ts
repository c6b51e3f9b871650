import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connectionBundleSchema, type ConnectionBundle } from '../contract/bundle.ts';

/** How to connect to the practice space's sandbox, as it said at its last start; tests find its admin address here. */
const pathIn = (practiceDir: string): string => join(practiceDir, 'sandbox.json');

/** Keeps the bundle, readable by its owner alone. */
export async function writeSandboxRecord(practiceDir: string, bundle: ConnectionBundle): Promise<void> {
  await writeFile(pathIn(practiceDir), JSON.stringify(bundle), { mode: 0o600 });
}

/**
 * Arguments for a sandbox whose world lives in this folder. The first port is the one it had last: the addresses of
 * pictures in stored messages name it. The sandbox takes it and the three after it.
 */
export async function sandboxArguments(practiceDir: string): Promise<{ lasting: string[]; port: string[] }> {
  await mkdir(practiceDir, { recursive: true, mode: 0o700 });
  const port = (await lastPort(practiceDir)) ?? (await freePort());
  return { lasting: ['--journal', join(practiceDir, 'sandbox.jsonl')], port: ['--port', String(port)] };
}

async function lastPort(practiceDir: string): Promise<number | null> {
  try {
    const { admin } = connectionBundleSchema.parse(JSON.parse(await readFile(pathIn(practiceDir), 'utf8')));
    return admin === undefined ? null : Number(new URL(admin).port);
  } catch {
    return null;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(Math.min(port, 65_532)));
    });
  });
}

/** Whether two bundles lead to the same places; tokens change by themselves. */
export function sameAddresses(one: ConnectionBundle, other: ConnectionBundle): boolean {
  const addresses = (bundle: ConnectionBundle): string =>
    JSON.stringify(
      bundle.platforms.map(({ platform, api, auth, gateways }) => [platform, api, auth, gateways]),
    );
  return addresses(one) === addresses(other);
}
