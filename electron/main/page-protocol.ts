import { protocol, type Session } from 'electron';
import { jsonAnswer, textAnswer, type Answer } from '../../src/hosting/answer.ts';
import { answerMediaOf, MAX_UPLOAD_BYTES, storeMedia } from '../../src/hosting/media.ts';
import type { Desk } from '../../src/hosting/desk.ts';
import type { PageFiles } from '../../src/hosting/page.ts';
import { PAGE_ORIGIN, PAGE_SCHEME } from '../../src/wire/electron-handshake.ts';
import { PATHS } from '../../src/wire/handshake.ts';

/** Makes the page's scheme an origin like https. Only possible before Electron is ready. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges }]);
}

async function takeUpload(request: Request, dataDir: string | null): Promise<Answer> {
  if (dataDir === null) return textAnswer(503, 'Not open yet');
  if (Number(request.headers.get('content-length')) > MAX_UPLOAD_BYTES) return textAnswer(413, 'Too large');
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MAX_UPLOAD_BYTES) return textAnswer(413, 'Too large');
  const stored = await storeMedia(dataDir, bytes);
  return stored === null ? textAnswer(415, 'Not a picture') : jsonAnswer(200, stored);
}

async function answerRequest(
  request: Request,
  page: PageFiles,
  { dataDir, folderOf }: Pick<Desk, 'dataDir' | 'folderOf'>,
): Promise<Answer> {
  const url = new URL(request.url);
  if (`${url.protocol}//${url.host}` !== PAGE_ORIGIN) return textAnswer(404, 'Not found');
  const { pathname } = url;
  if (request.method === 'POST' && pathname === PATHS.upload) return takeUpload(request, dataDir);
  if (request.method !== 'GET') return textAnswer(405, 'Not allowed');
  if (pathname.startsWith(PATHS.media)) return answerMediaOf(folderOf, pathname.slice(PATHS.media.length));
  return (await page.answer(pathname)) ?? textAnswer(404, 'Not found');
}

/** Answers the page's own scheme: the built page, stored pictures and uploads. The desk is asked at every request. */
export function servePage(session: Session, page: PageFiles, desk: Pick<Desk, 'dataDir' | 'folderOf'>): void {
  session.protocol.handle(PAGE_SCHEME, async (request) => {
    const { status, headers, body } = await answerRequest(request, page, desk);
    return new Response(Buffer.from(body), { status, headers });
  });
}
