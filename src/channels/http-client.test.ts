import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '../base/errors.ts';
import { createHttpClient } from './http-client.ts';
import type { HttpClient, HttpRequest } from './http.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

/** A server that does as told with each connection, and counts the bytes it read. */
async function rawServer(behave: (socket: Socket) => void): Promise<{ url: string; heard: () => string }> {
  let heard = '';
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('data', (data: Buffer) => (heard += data.toString('latin1')));
    behave(socket);
  });
  const port = await listen(server);
  open.push(() => Promise.resolve(sockets.forEach((socket) => socket.destroy())));
  return { url: `http://127.0.0.1:${String(port)}/path?secret=geheim`, heard: () => heard };
}

async function webServer(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${String(await listen(createHttpServer(listener)))}/`;
}

function clientOver(
  dispatcher: Dispatcher = new Agent({ connectTimeout: 2000 }),
  timeoutMs = 5000,
): HttpClient {
  open.push(() => dispatcher.destroy());
  return createHttpClient(dispatcher, { timeoutMs, maxAnswerBytes: 64 * 1024 });
}

/** The code and reason of a failure, once as a send and once as a read. */
async function failures(client: HttpClient, url: string, rest: Partial<HttpRequest> = {}): Promise<string[]> {
  const outcomes: string[] = [];
  for (const effect of ['send', 'read'] as const) {
    const outcome = client.request({ method: 'POST', url, body: '{"a":1}', effect, ...rest });
    const error: unknown = await outcome.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(CodedError);
    if (!(error instanceof CodedError)) continue;
    expect(error.message).not.toContain('geheim');
    outcomes.push(`${error.code} ${error.details?.reason ?? ''}`);
  }
  return outcomes;
}

const onData = (act: (socket: Socket) => void) => (socket: Socket) => socket.once('data', () => act(socket));

describe('an answer', () => {
  it('is handed on whatever its status, headers in lower case, text as UTF-8', async () => {
    const url = await webServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        response.writeHead(503, { 'X-Mixed-Case': 'Yes', 'Retry-After': '7' });
        response.end(`${request.method ?? ''} ${String(request.headers['x-test'])} ${body} สวัสดี`);
      });
    });
    const request = { method: 'POST', url, headers: { 'x-test': 'v' }, body: 'ä', effect: 'send' } as const;
    const answer = await clientOver().request(request);
    expect(answer).toMatchObject({ status: 503, text: 'POST v ä สวัสดี' });
    expect(answer.headers).toMatchObject({ 'x-mixed-case': 'Yes', 'retry-after': '7' });
  });

  it('is not followed to another place, and early hints are passed over', async () => {
    const url = await webServer((_, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' });
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end('moved');
    });
    expect(await clientOver().request({ method: 'GET', url, effect: 'read' })).toMatchObject({
      status: 302,
      text: 'moved',
    });
  });
});

describe('a request that was never written', () => {
  it('is unreachable: refused port', async () => {
    const port = await listen(createServer());
    await open.pop()?.();
    expect(await failures(clientOver(), `http://127.0.0.1:${String(port)}/`)).toEqual([
      'unreachable refused',
      'unreachable refused',
    ]);
  });

  it('is unreachable: no such name', async () => {
    expect(await failures(clientOver(), 'http://no-such-host.invalid/')).toEqual([
      'unreachable name',
      'unreachable name',
    ]);
  });

  it('is unreachable: TLS to a port that speaks none', async () => {
    const plain = await rawServer(onData((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await failures(clientOver(), plain.url.replace('http:', 'https:'))).toEqual([
      'unreachable tls',
      'unreachable tls',
    ]);
  });

  it('is unreachable: TLS that never answers, by our time-out; nothing is written later', async () => {
    const silent = await rawServer(() => undefined);
    const client = clientOver(new Agent({ connectTimeout: 60_000 }), 150);
    expect(await failures(client, silent.url.replace('http:', 'https:'))).toEqual([
      'unreachable timeout',
      'unreachable timeout',
    ]);
    expect(silent.heard()).not.toContain('POST');
  });

  it('is unreachable: what the connector of its exit says of a proxy', async () => {
    for (const [code, reason] of [
      ['PROXY_NAME', 'proxy-name'],
      ['ENETUNREACH', 'network'],
    ]) {
      const agent = new Agent({ connect: (_, done) => done(Object.assign(new Error('No'), { code }), null) });
      expect(await failures(clientOver(agent), 'https://platform.example/')).toEqual([
        `unreachable ${reason}`,
        `unreachable ${reason}`,
      ]);
    }
  });

  it('is unreachable when cancelled in the queue, and is not written once the connection is free', async () => {
    const busy = await rawServer(() => undefined);
    const client = clientOver(new Agent({ connections: 1, pipelining: 1 }), 1000);
    const first = client.request({ method: 'GET', url: busy.url, effect: 'read' }).catch(() => null);
    await expect.poll(() => busy.heard()).toContain('GET');
    expect(await failures(client, busy.url, { timeoutMs: 50 })).toEqual([
      'unreachable timeout',
      'unreachable timeout',
    ]);
    await first;
    await client.request({ method: 'PUT', url: busy.url, effect: 'read', timeoutMs: 300 }).catch(() => null);
    expect(busy.heard()).toContain('PUT');
    expect(busy.heard()).not.toContain('POST');
  });

  it('is unreachable when its exit was closed meanwhile', async () => {
    const agent = new Agent();
    const client = clientOver(agent);
    await agent.close();
    expect(await failures(client, 'http://127.0.0.1:9/')).toEqual([
      'unreachable exit-changed',
      'unreachable exit-changed',
    ]);
  });

  it('is invalid where the address or a header can be none', async () => {
    const client = clientOver();
    expect(await failures(client, 'file:///etc/passwd')).toEqual(['invalid ', 'invalid ']);
    expect(await failures(client, 'nonsense')).toEqual(['invalid ', 'invalid ']);
    const headers = { 'x-bad': 'a\r\nb: c' };
    expect(await failures(client, 'http://127.0.0.1:9/', { headers })).toEqual(['invalid ', 'invalid ']);
  });
});

describe('a request that may have been read', () => {
  const cases: Readonly<Record<string, [string, (socket: Socket) => void]>> = {
    'a reset after the request': ['reset', onData((socket) => socket.resetAndDestroy())],
    'a silent close': ['reset', onData((socket) => socket.destroy())],
    'a body cut short of its length': [
      'reset',
      onData((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"error":')),
    ],
    'a cut chunked body': [
      'reset',
      onData((socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"err')),
    ],
    'an answer that is no HTTP': ['network', onData((socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'))],
    'no answer in time': ['timeout', () => undefined],
    'a body that never ends': [
      'timeout',
      onData((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"er')),
    ],
    'a body beyond the cap': [
      'too_large',
      onData((socket) =>
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n${'x'.repeat(80_000)}`),
      ),
    ],
  };

  it.each(Object.entries(cases))(
    'is ambiguous as a send, unreachable as a read: %s',
    async (_, [reason, behave]) => {
      const server = await rawServer(behave);
      const client = clientOver(undefined, 400);
      expect(await failures(client, server.url)).toEqual([`ambiguous ${reason}`, `unreachable ${reason}`]);
    },
  );

  it('is never repeated by the library: HTTP/2, where it would be, is not offered', async () => {
    const server = await rawServer(onData((socket) => socket.destroy()));
    const url = server.url.replace('http:', 'https:');
    await failures(clientOver(new Agent({ connect: { timeout: 2000 } })), url);
    expect(['\x08http/1.1', '\x02h2'].map((name) => server.heard().includes(name))).toEqual([true, false]);
  });

  it('trickles past the time-out', async () => {
    const server = await rawServer(
      onData((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n');
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    expect(await failures(clientOver(undefined, 300), server.url)).toEqual([
      'ambiguous timeout',
      'unreachable timeout',
    ]);
  });
});

describe('download', () => {
  it('gives the bytes with status and headers', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
    const url = await webServer((_, response) =>
      response.writeHead(200, { 'Content-Type': 'image/png' }).end(bytes),
    );
    const file = await clientOver().download(url, { maxBytes: 6, timeoutMs: 2000 });
    expect(file).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } });
    expect(Buffer.from(file.bytes)).toEqual(bytes);
  });

  it('stops at the cap, at the time-out and at addresses that are none', async () => {
    const url = await webServer((_, response) => response.end('0123456789'));
    const slow = await rawServer(() => undefined);
    const client = clientOver();
    const limits = { maxBytes: 9, timeoutMs: 200 };
    await expect(client.download(url, limits)).rejects.toMatchObject({
      code: 'rejected',
      details: { reason: 'too_large' },
    });
    await expect(client.download(slow.url, limits)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(client.download('data:text/plain,x', limits)).rejects.toMatchObject({ code: 'invalid' });
  });
});
