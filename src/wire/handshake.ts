import { startFailures, type StartFailure } from './host-link.ts';

/**
 * How a page comes to its engine in the web host. The page and the host share these constants.
 *
 * 1. The address is `http://127.0.0.1:PORT/#token=TOKEN`. The token works once and for a short while:
 *    `POST /session` with JSON `{"token": TOKEN}` answers 200 and JSON `{"session": SESSION}`, or 401.
 *    The page takes the token out of the address (`history.replaceState`) and keeps SESSION in `sessionStorage`
 *    under `SESSION_STORAGE_KEY`; it outlives reloads and restarts of the host.
 * 2. The page opens `ws://127.0.0.1:PORT/socket` and sends, as its first text frame, `{"session": SESSION}`.
 *    There is no answer to it: frames of the wire (`connectWire(socketPort(socket), …)`) may follow at once, and are
 *    kept until the engine is ready. If the session is wrong or late the socket closes with `CLOSE.unauthorized`.
 * 3. When the engine can't start, the host sends one text frame, a `StartFailedFrame`, and closes with
 *    `CLOSE.startFailed`. Connecting again makes the host try again; a page does that only when asked to.
 * 4. When the engine goes away (crash, restart, another space) the socket closes with `CLOSE.engineGone`, when the host
 *    goes away with 1001 or without a code: the page says so and connects again with backoff.
 * 5. `/media/<space>/<sha256>` and `POST /upload` take `Authorization: Bearer SESSION`.
 */
export const SESSION_STORAGE_KEY = 'counterdesk.session';

export const PATHS = { session: '/session', socket: '/socket', media: '/media/', upload: '/upload' } as const;

/** Close codes of the socket, in the range left to applications. */
export const CLOSE = {
  /** The first frame did not hold a valid session, or did not come in time: open Counterdesk anew. */
  unauthorized: 4401,
  /** The frame before says why: show it, don't reconnect by itself. */
  startFailed: 4500,
  /** The engine ended; it is being started again: reconnect. */
  engineGone: 4503,
} as const;

/** The first frame a page sends. */
export interface SessionFrame {
  readonly session: string;
}

/** Why there is no engine, told to a page before its port closes; the same over Electron's port. */
export interface StartFailedFrame {
  readonly startFailed: { readonly reason: StartFailure; readonly message: string };
}

/** Reads a `StartFailedFrame`; null for every other frame. Give each text frame to it before the wire. */
export function readStartFailed(text: string): StartFailedFrame['startFailed'] | null {
  if (!text.startsWith('{"startFailed"')) return null;
  try {
    const { startFailed } = JSON.parse(text) as Partial<StartFailedFrame>;
    if (typeof startFailed?.message !== 'string') return null;
    const reason = startFailures.find((known) => known === startFailed.reason) ?? 'other';
    return { reason, message: startFailed.message };
  } catch {
    return null;
  }
}

/** Reads the first frame of a page; null unless it holds a session. */
export function readSessionFrame(text: string): string | null {
  if (text.length > 2000) return null;
  try {
    const frame = JSON.parse(text) as Partial<SessionFrame> | null;
    return typeof frame?.session === 'string' ? frame.session : null;
  } catch {
    return null;
  }
}
