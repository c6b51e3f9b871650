import { CLOSE, PATHS, SESSION_STORAGE_KEY, type SessionFrame } from '../../wire/handshake.ts';
import { socketPort } from '../../wire/socket-port.ts';
import { systemClock } from '../../base/system-clock.ts';
import type { Attempt } from './link.ts';
import { openLink } from './open-link.ts';
import { uploadTo, type UploadOutcome } from './upload.ts';

/** A host on this machine takes a socket at once; a line to nobody would be waited for as long as a start takes. */
const OPEN_MS = 5_000;

/** The token the host printed in the page's address; null once it was exchanged. */
function tokenInAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('token');
}

/** Exchanges the address's token for a session; rejects when the host can't be reached. */
async function exchangeToken(token: string): Promise<void> {
  const answer = await fetch(PATHS.session, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (answer.ok) {
    const { session } = (await answer.json()) as SessionFrame;
    sessionStorage.setItem(SESSION_STORAGE_KEY, session);
  } else if (answer.status >= 500) {
    throw new Error(`The host answered ${answer.status}.`);
  }
  // A token works once. A refused one is dropped too: the session of this tab may still hold.
  history.replaceState(history.state, '', location.pathname + location.search);
}

/** Reaches the engine through the web host's socket. */
export async function connectToWebHost(): Promise<Attempt> {
  const token = tokenInAddress();
  try {
    if (token !== null) await exchangeToken(token);
  } catch {
    return { kind: 'unreachable' };
  }
  const session = sessionStorage.getItem(SESSION_STORAGE_KEY);
  if (session === null) return { kind: 'no-session' };

  const socket = new WebSocket(new URL(PATHS.socket, location.href.replace(/^http/, 'ws')));
  let code = 0;
  socket.addEventListener('close', (event) => (code = event.code));
  const port = socketPort(socket);
  systemClock.after(OPEN_MS, () => {
    if (socket.readyState === WebSocket.CONNECTING) port.close();
  });
  port.post(JSON.stringify({ session } satisfies SessionFrame));
  const attempt = await openLink(port, systemClock);
  if (attempt.kind !== 'unreachable' || code !== CLOSE.unauthorized) return attempt;
  sessionStorage.removeItem(SESSION_STORAGE_KEY);
  return { kind: 'no-session' };
}

/** A stored picture; rejects when it can't be had. */
export async function fetchFromWebHost(picture: string, signal: AbortSignal): Promise<Blob> {
  const session = sessionStorage.getItem(SESSION_STORAGE_KEY) ?? '';
  const headers = { authorization: `Bearer ${session}` };
  const answer = await fetch(PATHS.media + picture, { headers, signal });
  if (!answer.ok) throw new Error(`The host answered ${answer.status}.`);
  return answer.blob();
}

/** Puts a picture into the open data folder. */
export function uploadToWebHost(bytes: Blob): Promise<UploadOutcome> {
  const session = sessionStorage.getItem(SESSION_STORAGE_KEY) ?? '';
  return uploadTo(PATHS.upload, bytes, { authorization: `Bearer ${session}` });
}
