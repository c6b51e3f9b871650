import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../base/time.ts';
import { textAnswer, type Answer } from '../hosting/answer.ts';
import type { Desk } from '../hosting/desk.ts';
import type { HostLog } from '../hosting/log.ts';
import { openPageFiles } from '../hosting/page.ts';
import { isOurs } from './request-guard.ts';
import { createRoutes } from './routes.ts';
import type { Sessions } from './sessions.ts';
import { createSockets } from './socket.ts';

export interface WebServerOptions {
  /** The built page. */
  readonly pageDir: string;
  /** The port to try first; 0 or a taken one leads to a free one. */
  readonly port: number;
  readonly sessions: Sessions;
  readonly controlSecret: string;
  readonly desk: Pick<Desk, 'attach' | 'dataDir' | 'folderOf'>;
  readonly clock: Clock;
  readonly log: HostLog;
  openWindow(): boolean;
  /** Called whenever a page connects or goes, with how many there are. */
  onPages(count: number): void;
}

/** The web host's listening side. */
export interface WebServer {
  readonly port: number;
  /** A fresh address that opens Counterdesk, with a token that works once. */
  address(): string;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/** Serves page, media, uploads and the socket on 127.0.0.1 alone. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { sessions, desk, clock, log } = options;
  const server = createServer();
  const port = await listen(server, options.port);
  const address = (): string => `http://127.0.0.1:${port}/#token=${sessions.issueToken()}`;

  const page = await openPageFiles(options.pageDir, [`ws://127.0.0.1:${port}`]);
  const route = createRoutes({
    page,
    sessions,
    controlSecret: options.controlSecret,
    dataDir: () => desk.dataDir,
    folderOf: desk.folderOf,
    address,
    openWindow: () => options.openWindow(),
  });
  const sockets = createSockets({ sessions, desk, clock, port: () => port, onCount: options.onPages });

  server.on('request', (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const answered = isOurs(request, port)
      ? route(request, path)
      : Promise.resolve(textAnswer(403, 'Not from here'));
    answered
      .catch((error: unknown) => {
        log.error('request failed', { path, error: String(error) });
        return textAnswer(500, 'Something went wrong');
      })
      .then((answer) => send(response, answer, request.method === 'HEAD'))
      .catch((error: unknown) => log.warn('answer not sent', { path, error: String(error) }));
  });
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => sockets.upgrade(request, socket, head));

  return {
    port,
    address,
    close: () =>
      new Promise((resolve) => {
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, answer: Answer, headOnly: boolean): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
  response.end(headOnly ? undefined : answer.body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (port !== 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
        listen(server, 0).then(resolve, reject);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
