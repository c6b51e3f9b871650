import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { testTls } from '../testing/test-tls.ts';
import { probePage, SERVICE_WORKER } from './page.ts';

/** One request, as the site sees it. */
export interface Hit {
  /** The address it came from. */
  readonly from: string;
  /** Connections are numbered as they come. */
  readonly connection: number;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly cookie: string;
  readonly authorization: string;
  /** What a page posted; '' otherwise. */
  readonly body: string;
  readonly isSecure: boolean;
}

/** The site that stores visit. It counts what reaches it, and knows nothing of how. */
export interface Origin {
  readonly securePort: number;
  readonly plainPort: number;
  readonly hits: Hit[];
  /** Where each connection came from, requests in it or not. */
  readonly connections: string[];
  stop(): Promise<void>;
}

/** Connections that a page opens for the site's own name end here, secure or not, on IPv4 and IPv6 loopback. */
export async function startOrigin(): Promise<Origin> {
  const hits: Hit[] = [];
  const connections: string[] = [];
  const numbers = new WeakMap<Socket, number>();
  const number = (socket: Socket): void => {
    numbers.set(socket, connections.length);
    connections.push(plainAddress(socket.remoteAddress));
  };
  const listener =
    (isSecure: boolean): RequestListener =>
    (request, response) => {
      void readBody(request).then((body) => {
        const url = new URL(request.url ?? '/', 'http://x');
        hits.push({
          from: plainAddress(request.socket.remoteAddress),
          connection: numbers.get(request.socket) ?? -1,
          path: url.pathname,
          query: url.searchParams,
          cookie: request.headers.cookie ?? '',
          authorization: request.headers.authorization ?? '',
          body,
          isSecure,
        });
        answer(url, request, response);
      });
    };
  const secure = createTlsServer(testTls, listener(true));
  secure.on('secureConnection', number);
  const plain = createServer(listener(false));
  plain.on('connection', number);
  // Whoever knocks without speaking was here, too.
  secure.on('tlsClientError', (_, socket) => connections.push(plainAddress(socket.remoteAddress)));
  for (const server of [secure, plain]) server.on('upgrade', (_, socket) => socket.destroy());
  return {
    securePort: await listen(secure),
    plainPort: await listen(plain),
    hits,
    connections,
    stop: async () => {
      for (const server of [secure, plain]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** On every loopback address, so that nothing that is tried is missed. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  return (server.address() as AddressInfo).port;
}

function plainAddress(address = ''): string {
  return address.replace(/^::ffff:/, '');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // It was cut off: that it came counts.
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(url: URL, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = url;
  const store = searchParams.get('store') ?? '';
  response.setHeader('alt-svc', 'h3=":443"; ma=60');
  switch (pathname) {
    case '/page':
      response.setHeader('content-type', 'text/html');
      return void response.end(probePage);
    case '/worker.js':
      response.setHeader('content-type', 'text/javascript');
      return void response.end(SERVICE_WORKER);
    case '/hsts':
      response.setHeader('strict-transport-security', 'max-age=600');
      return void response.end('safe');
    case '/auth': {
      if (request.headers.authorization !== undefined) return void response.end('in');
      response.writeHead(401, { 'www-authenticate': 'Basic realm="shop"' });
      return void response.end('who?');
    }
    case '/redirect':
      response.writeHead(302, { location: searchParams.get('to') ?? '/' });
      return void response.end();
    case '/file':
      response.setHeader('content-disposition', `attachment; filename="canary-${store}.txt"`);
      return void response.end(`canary ${store}`);
    default:
      response.setHeader('access-control-allow-origin', '*');
      response.end('ok');
  }
}
