import { request, type IncomingHttpHeaders } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../base/system-clock.ts';
import { startWebHost, type WebHost, type WebHostOptions } from '../webhost/web-host.ts';
import { memoryLog, tempDir } from './temp-engine.ts';

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Scripts that stand in for the built engine and sandbox. */
export const smallEngine = script('./small-engine.ts');
export const smallSandbox = script('./small-sandbox.ts');

/** A folder with a tiny built page and an empty DATA. */
export function hostFolders(): { root: string; pageDir: string; keyFile: string; remove(): void } {
  const folder = tempDir();
  const pageDir = join(folder.path, 'renderer');
  mkdirSync(pageDir);
  writeFileSync(
    join(pageDir, 'index.html'),
    '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__">',
  );
  const remove = folder.remove;
  return { root: join(folder.path, 'data'), pageDir, keyFile: join(folder.path, 'config', 'key'), remove };
}

/** A real web host with the small engine, on a free port. */
export function startTestHost(
  folders: Pick<WebHostOptions, 'root' | 'pageDir' | 'keyFile'>,
  changes: Partial<WebHostOptions> = {},
): Promise<WebHost> {
  return startWebHost({
    ...folders,
    space: 'real',
    port: null,
    version: '1',
    migrationsDir: folders.root,
    engineScript: smallEngine,
    sandboxScript: smallSandbox,
    browser: null,
    clock: systemClock,
    log: memoryLog(),
    onWindowClosed: () => {},
    ...changes,
  });
}

/** What a plain request was answered. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** Sends exactly what is said, any Host and Origin and any path, which `fetch` would not. */
export function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.alloc(0) });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Trades an address's token for a session, as the page does. */
export async function openSession(address: string): Promise<string> {
  const url = new URL(address);
  const body = JSON.stringify({ token: url.hash.replace('#token=', '') });
  const reply = await ask(Number(url.port), '/session', { method: 'POST', body });
  return (JSON.parse(reply.body.toString()) as { session: string }).session;
}
