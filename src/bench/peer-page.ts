import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { tempDir } from '../testing/temp-engine.ts';

const SOURCE = fileURLToPath(new URL('peer', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** The plain react-virtuoso page, built as the product's page is and served on this machine. */
export interface PeerPage {
  readonly address: string;
  close(): Promise<void>;
}

export async function servePeer(): Promise<PeerPage> {
  const folder = tempDir();
  await build({
    root: SOURCE,
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder.path, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  });
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://peer').pathname);
    const file = join(folder.path, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (bytes) =>
        response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream').end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      folder.remove();
    },
  };
}
