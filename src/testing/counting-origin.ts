import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { testTls } from './test-tls.ts';

/** A server that notes who connects to it: nothing of ours but a proxy comes from another address than 127.0.0.1. */
export interface CountingOrigin {
  /** Without a slash at its end. */
  readonly base: string;
  readonly port: number;
  /** The address each connection came from, in order. */
  readonly from: string[];
  /** The requests, in order. */
  readonly asked: { readonly from: string; readonly method: string; readonly path: string }[];
  /** Connections that came from this computer itself. */
  direct(): number;
  stop(): Promise<void>;
}

/** Starts one; `/hang` is never answered, everything else as `answer` says, or with "answer". */
export async function startOrigin(
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    void response.end('answer'),
  isTls = false,
): Promise<CountingOrigin> {
  const from: string[] = [];
  const asked: CountingOrigin['asked'] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url: path = '' } = request;
    asked.push({ from: request.socket.remoteAddress ?? '', method, path });
    if (path !== '/hang') answer(request, response);
  };
  const server: Server = isTls ? createTlsServer(testTls, listener) : createServer(listener);
  server.on('connection', (socket) => from.push(socket.remoteAddress ?? ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `${isTls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    from,
    asked,
    direct: () => from.filter((address) => address === '127.0.0.1').length,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
