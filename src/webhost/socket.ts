import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Clock } from '../base/time.ts';
import type { Desk } from '../hosting/desk.ts';
import { CLOSE, PATHS, readSessionFrame, type StartFailedFrame } from '../wire/handshake.ts';
import { socketPort } from '../wire/socket-port.ts';
import { isOurs } from './request-guard.ts';
import type { Sessions } from './sessions.ts';

/**
 * Longer frames end the connection here; shorter ones the engine refuses with an error code where they are too long for
 * what they ask. The longest it takes, a list of 8 million characters, has 24 million bytes at most.
 */
const MAX_FRAME_BYTES = 24 * 1024 * 1024;
/** Time for the first frame. In milliseconds. */
const FIRST_FRAME_MS = 5_000;
/** Connections that have not shown a session yet. */
const MAX_UNPROVEN = 20;

export interface SocketOptions {
  readonly sessions: Sessions;
  readonly desk: Pick<Desk, 'attach'>;
  readonly clock: Clock;
  port(): number;
  /** Called whenever a page connects or goes. */
  onCount(pages: number): void;
}

/** The pages' sockets. */
export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Pages with a session, connected now. */
  readonly pages: number;
  /** Ends all of them. */
  close(): void;
}

/** Takes upgrades on `/socket`, checks the session in the first frame and attaches the page to the engine. */
export function createSockets(options: SocketOptions): Sockets {
  const { sessions, desk, clock } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  let unproven = 0;
  let pages = 0;

  const admit = (socket: WebSocket): void => {
    pages += 1;
    options.onCount(pages);
    socket.once('close', () => {
      pages -= 1;
      options.onCount(pages);
    });
    desk.attach(socketPort(socket, CLOSE.engineGone), (startFailed) => {
      const frame: StartFailedFrame = { startFailed };
      socket.send(JSON.stringify(frame));
      socket.close(CLOSE.startFailed);
    });
  };

  const welcome = (socket: WebSocket): void => {
    unproven += 1;
    const decide = (session: string | null): void => {
      unproven -= 1;
      cancel();
      socket.off('message', first);
      socket.off('close', gone);
      if (session !== null && sessions.isValid(session)) admit(socket);
      else socket.close(CLOSE.unauthorized);
    };
    const first = (data: RawData, isBinary: boolean): void =>
      decide(isBinary || !Buffer.isBuffer(data) ? null : readSessionFrame(data.toString('utf8')));
    const gone = (): void => decide(null);
    const cancel = clock.after(FIRST_FRAME_MS, gone);
    socket.on('error', () => {});
    socket.on('message', first);
    socket.on('close', gone);
  };

  return {
    get pages() {
      return pages;
    },
    upgrade(request, socket, head) {
      socket.on('error', () => {});
      if (!isOurs(request, options.port())) return refuse(socket, '403 Forbidden');
      if (request.url !== PATHS.socket) return refuse(socket, '404 Not Found');
      if (unproven >= MAX_UNPROVEN) return refuse(socket, '503 Service Unavailable');
      return server.handleUpgrade(request, socket, head, welcome);
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
