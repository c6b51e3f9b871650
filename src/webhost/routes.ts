import type { IncomingMessage } from 'node:http';
import { jsonAnswer, textAnswer, type Answer } from '../hosting/answer.ts';
import { answerMediaOf, MAX_UPLOAD_BYTES, storeMedia } from '../hosting/media.ts';
import type { PageFiles } from '../hosting/page.ts';
import type { Space } from '../contract/system.ts';
import { PATHS } from '../wire/handshake.ts';
import { bearer, readBody } from './request-guard.ts';
import { sameText, type Sessions } from './sessions.ts';

/** What another start on the same data may ask of this host, with the secret from `host.json`. */
export const CONTROL_PATHS = { address: '/control/address', open: '/control/open' } as const;

export interface RouteOptions {
  readonly page: PageFiles;
  readonly sessions: Sessions;
  readonly controlSecret: string;
  /** The data folder that is open now; null: none is yet. */
  dataDir(): string | null;
  folderOf(space: Space): string;
  /** A fresh address with a token. */
  address(): string;
  /** Opens a window on a fresh address; false when this host opens none. */
  openWindow(): boolean;
}

const MAX_TOKEN_BODY = 2_000;

/** Answers one request that has passed the Host and Origin check. */
export function createRoutes(
  options: RouteOptions,
): (request: IncomingMessage, path: string) => Promise<Answer> {
  const { page, sessions, controlSecret } = options;
  const unauthorized = (): Answer => textAnswer(401, 'No session', { 'www-authenticate': 'Bearer' });
  const hasSession = (request: IncomingMessage): boolean => sessions.isValid(bearer(request));

  const session = async (request: IncomingMessage): Promise<Answer> => {
    const body = await readBody(request, MAX_TOKEN_BODY);
    const made = body === null ? null : sessions.exchange(readToken(body.toString('utf8')));
    return made === null ? unauthorized() : jsonAnswer(200, { session: made });
  };

  const upload = async (request: IncomingMessage): Promise<Answer> => {
    if (!hasSession(request)) return unauthorized();
    const bytes = await readBody(request, MAX_UPLOAD_BYTES);
    if (bytes === null) return textAnswer(413, 'Too large', { connection: 'close' });
    const dataDir = options.dataDir();
    if (dataDir === null) return textAnswer(503, 'Not open yet');
    const stored = await storeMedia(dataDir, bytes);
    return stored === null ? textAnswer(415, 'Not a PNG, JPEG, GIF or WebP') : jsonAnswer(200, stored);
  };

  const control = (request: IncomingMessage, path: string): Answer => {
    if (!sameText(bearer(request), controlSecret)) return unauthorized();
    const opened = path === CONTROL_PATHS.open && options.openWindow();
    return jsonAnswer(200, { address: opened ? null : options.address(), opened });
  };

  return async (request, path) => {
    const { method } = request;
    const reads = method === 'GET' || method === 'HEAD';
    switch (path) {
      case PATHS.session:
        return method === 'POST' ? session(request) : notAllowed('POST');
      case PATHS.upload:
        return method === 'POST' ? upload(request) : notAllowed('POST');
      case PATHS.socket:
        return reads ? unauthorized() : notAllowed('GET');
      case CONTROL_PATHS.address:
      case CONTROL_PATHS.open:
        return method === 'POST' ? control(request, path) : notAllowed('POST');
    }
    if (path.startsWith(PATHS.media)) {
      if (!reads) return notAllowed('GET, HEAD');
      return hasSession(request)
        ? answerMediaOf(options.folderOf, path.slice(PATHS.media.length))
        : unauthorized();
    }
    const file = await page.answer(path);
    if (file === null) return textAnswer(404, 'Not found');
    return reads ? file : notAllowed('GET, HEAD');
  };
}

function notAllowed(allow: string): Answer {
  return textAnswer(405, 'Method not allowed', { allow });
}

/** The token of a `POST /session`; empty when the body is anything else. */
function readToken(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    const token: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'token') : undefined;
    return typeof token === 'string' ? token : '';
  } catch {
    return '';
  }
}
