import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { COMMON_HEADERS, type Answer } from './answer.ts';

/** Stands in the built page wherever a nonce belongs; replaced in every answer. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

/** The built page and its files. */
export interface PageFiles {
  /** `path` as in an address, from `/`; null when the build has no such file. */
  answer(path: string): Promise<Answer | null>;
}

/**
 * Serves the files of the built page, found by listing the folder: what is asked for is only ever looked up among
 * them, so no path can lead out. They are read once, so that a running host keeps serving the page it began with when
 * the build is made anew. `connectTo` are further addresses the page may speak to (its own origin always may).
 * Throws when there is no built page.
 */
export async function openPageFiles(folder: string, connectTo: readonly string[] = []): Promise<PageFiles> {
  const files = await readFiles(folder);
  const index = files.get('/index.html');
  if (index === undefined) throw new Error(`There is no built page in ${folder}; run "npm run build".`);
  const html = index.toString('utf8');

  const answer = (path: string): Answer | null => {
    if (path === '/' || path === '/index.html') return pageAnswer(html, connectTo);
    const body = files.get(path);
    if (body === undefined) return null;
    const headers = {
      ...COMMON_HEADERS,
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      // The build names what lies under /assets/ after its content.
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    return { status: 200, headers, body };
  };
  return { answer: (path) => Promise.resolve(answer(path)) };
}

/** The folder's regular files by their path in an address; none when there is no such folder. */
async function readFiles(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, await readFile(path));
  }
  return files;
}

function pageAnswer(html: string, connectTo: readonly string[]): Answer {
  const nonce = randomBytes(18).toString('base64');
  return {
    status: 200,
    headers: {
      ...COMMON_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(nonce, connectTo),
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    },
    body: Buffer.from(html.replaceAll(NONCE_PLACEHOLDER, nonce)),
  };
}

/** Everything comes from the page's own origin; style elements made by script carry the nonce. */
export function contentSecurityPolicy(nonce: string, connectTo: readonly string[] = []): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' blob:`,
    `font-src 'self'`,
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
