import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../base/system-clock.ts';
import { pngBytes } from '../testing/pictures.ts';
import { ask, hostFolders, openSession, startTestHost } from '../testing/web-host.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { connectWire, type WireClient } from '../wire/client.ts';
import { readStartFailed } from '../wire/handshake.ts';
import { socketPort } from '../wire/socket-port.ts';
import type { WebHost } from './web-host.ts';

// Real processes and sockets: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folders = hostFolders();
let host: WebHost;
let session: string;
let port: number;

beforeAll(async () => {
  host = await startTestHost(folders);
  port = host.port;
  session = await openSession(host.address());
});
afterAll(async () => {
  await host.close();
  folders.remove();
});

const bearer = (secret: string): Record<string, string> => ({ authorization: `Bearer ${secret}` });
const png = Buffer.concat([pngBytes(30, 20), Buffer.alloc(100_000, 7)]);
const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

function openSocket(...first: (string | Buffer)[]): {
  socket: WebSocket;
  closed: Promise<number>;
  seen: string[];
} {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`);
  const seen: string[] = [];
  socket.on('message', (data: Buffer) => seen.push(data.toString()));
  socket.on('open', () => {
    for (const frame of first) socket.send(frame);
  });
  const closed = once(socket, 'close').then(([code]) => code as number);
  return { socket, closed, seen };
}

function openPage(): { client: WireClient; socket: WebSocket } {
  const { socket } = openSocket(JSON.stringify({ session }));
  const client = connectWire(socketPort(socket), {
    onFeed: () => {},
    timers: systemClock,
    timeoutMs: 100_000,
  });
  return { client, socket };
}

describe('what anyone may have', () => {
  it('the page, under a strict policy', async () => {
    const reply = await ask(port, '/?from=start');
    expect(reply.status).toBe(200);
    const nonce = /content="([^"]+)"/.exec(reply.body.toString())?.[1] ?? 'none';
    expect(reply.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(reply.headers['content-security-policy']).toContain(`ws://127.0.0.1:${port}`);
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    ['/nothing', 'GET', 404],
    ['/../../../etc/passwd', 'GET', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 'GET', 404],
    ['/', 'POST', 405],
    ['/', 'DELETE', 405],
    ['/session', 'GET', 405],
    ['/upload', 'GET', 405],
    ['/socket', 'POST', 405],
    ['/media/x', 'PUT', 405],
    ['/control/address', 'GET', 405],
  ])('%s by %s: %i', async (path, method, status) => {
    expect((await ask(port, path, { method })).status).toBe(status);
  });

  it('HEAD, without the body', async () => {
    const reply = await ask(port, '/', { method: 'HEAD' });
    expect([reply.status, reply.body.length]).toEqual([200, 0]);
  });
});

describe('a foreign Host or Origin', () => {
  const own = (): Record<string, string> => ({ host: `127.0.0.1:${port}` });
  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '127.0.0.1.evil.example'])(
    'Host %s: 403',
    async (name) => {
      for (const path of ['/', '/socket', '/media/x', '/nothing']) {
        expect((await ask(port, path, { headers: { host: name } })).status).toBe(403);
      }
      expect((await ask(port, '/socket', { headers: { ...upgrade, host: name } })).status).toBe(403);
    },
  );
  it.each(['http://evil.example', 'null', 'http://localhost', 'https://127.0.0.1', 'file://'])(
    'Origin %s: 403',
    async (origin) => {
      const headers = { ...own(), origin, ...bearer(session) };
      expect((await ask(port, '/', { headers })).status).toBe(403);
      for (const path of ['/session', '/upload']) {
        expect((await ask(port, path, { method: 'POST', headers, body: '{}' })).status).toBe(403);
      }
      expect((await ask(port, '/socket', { headers: { ...headers, ...upgrade } })).status).toBe(403);
    },
  );
  it('our own is let through', async () => {
    const headers = { ...own(), origin: `http://127.0.0.1:${port}` };
    expect((await ask(port, '/', { headers })).status).toBe(200);
    expect((await ask(port, '/socket', { headers: { ...headers, ...upgrade } })).status).toBe(101);
    expect((await ask(port, '/other', { headers: { ...headers, ...upgrade } })).status).toBe(404);
  });
});

describe('the session', () => {
  it('comes for a token, once', async () => {
    const token = new URL(host.address()).hash.replace('#token=', '');
    const body = JSON.stringify({ token });
    const statuses = [];
    for (let index = 0; index < 2; index += 1) {
      statuses.push((await ask(port, '/session', { method: 'POST', body })).status);
    }
    expect(statuses).toEqual([200, 401]);
  });

  it.each(['', '{', 'null', '{"token":null}', '{"token":""}', '{"token":"guess"}', 'x'.repeat(100_000)])(
    'comes for nothing else: %#',
    async (body) => {
      expect((await ask(port, '/session', { method: 'POST', body })).status).toBe(401);
    },
  );

  it('is asked for at socket, media, upload and control', async () => {
    const wrong = ['', 'guess', `${session}x`, session.slice(0, -2), `9${session}`, '.', 'a.b.c'];
    for (const headers of [{}, { authorization: session }, ...wrong.map(bearer)]) {
      const asked = [
        await ask(port, '/socket', { headers }),
        await ask(port, `/media/real/${'a'.repeat(64)}`, { headers }),
        await ask(port, '/upload', { method: 'POST', headers, body: png }),
        await ask(port, '/control/address', { method: 'POST', headers }),
        await ask(port, '/control/open', { method: 'POST', headers }),
      ];
      expect(asked.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    }
  });

  it.each([
    '{',
    'null',
    '[]',
    '{"session":1}',
    '{"session":"guess"}',
    'x'.repeat(1_000_000),
    Buffer.alloc(9),
  ])('is asked for in the first frame of a socket: %#', async (first) => {
    expect(await openSocket(first).closed).toBe(4401);
  });
});

describe('media and uploads', () => {
  it('stores a picture and gives it back', async () => {
    const reply = await ask(port, '/upload', { method: 'POST', headers: bearer(session), body: png });
    const { hash } = JSON.parse(reply.body.toString()) as { hash: string };
    expect(hash).toBe(createHash('sha256').update(png).digest('hex'));
    const media = await ask(port, `/media/real/${hash}`, { headers: bearer(session) });
    expect([media.status, media.headers['content-type']]).toEqual([200, 'image/png']);
    expect(media.body.equals(png)).toBe(true);
    const bad = [`${hash}x`, hash.toUpperCase(), `../media/${hash}`, '', '..', `${hash}/..`];
    const names = [hash, `other/${hash}`, `practice/${hash}`, ...bad.map((name) => `real/${name}`)];
    for (const name of names) {
      expect((await ask(port, `/media/${name}`, { headers: bearer(session) })).status).toBe(404);
    }
  });

  it('gives back the pictures of the space that is not open: a page may have asked just before it was left', async () => {
    const hash = createHash('sha256').update(png).digest('hex');
    const left = join(folders.root, 'practice', 'media');
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, hash), png);
    const picture = await ask(port, `/media/practice/${hash}`, { headers: bearer(session) });
    expect(picture.body.equals(png)).toBe(true);
  });

  it('takes pictures only, and not too large ones', async () => {
    const post = { method: 'POST', headers: bearer(session) };
    expect((await ask(port, '/upload', { ...post, body: '<svg/>' })).status).toBe(415);
    expect((await ask(port, '/upload', { ...post, body: '' })).status).toBe(415);
    const large = Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]);
    expect((await ask(port, '/upload', { ...post, body: large })).status).toBe(413);
  });
});

describe('the socket', () => {
  it('carries calls to the engine and survives its end', async () => {
    const first = openPage();
    const info = await first.client.call('system.info', {});
    expect(info).toMatchObject({ ok: true, value: { space: 'real' } });
    const epoch = info.ok ? info.value.epoch : '';
    const code = once(first.socket, 'close').then(([value]) => value as number);
    process.kill(Number(epoch.replace('epoch-', '')), 'SIGKILL');
    expect(await code).toBe(4503);
    const second = openPage();
    const after = await second.client.call('system.info', {});
    expect(after).toMatchObject({ ok: true });
    expect(after.ok && after.value.epoch).not.toBe(epoch);
    second.client.close();
  });

  it('answers 10 MB with an error code', async () => {
    const { socket, seen } = openSocket(JSON.stringify({ session }), 'x'.repeat(10_000_000));
    await waitUntil('it is refused', () => seen.length > 0);
    expect(JSON.parse(seen[0] ?? '')).toMatchObject({ m: 'refused', a: [{ code: 'invalid' }] });
    socket.close();
  });

  it('survives what is no WebSocket and no HTTP', async () => {
    const raw = connect(port, '127.0.0.1');
    raw.on('error', () => {});
    const head = Object.entries({ host: `127.0.0.1:${port}`, ...upgrade }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    raw.write(`GET /socket HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
    raw.write(Buffer.alloc(1000, 0xff));
    await once(raw.resume(), 'close');
    const noise = connect(port, '127.0.0.1');
    noise.on('error', () => {});
    noise.write(Buffer.alloc(1000, 0xfe));
    await once(noise.resume(), 'close');
    expect((await ask(port, '/')).status).toBe(200);
  });
});

describe('a start that fails', () => {
  it('is told to the page, and tried again when the page comes back', async () => {
    const others = hostFolders();
    process.env['SMALL_ENGINE'] = 'fail';
    const failing = await startTestHost(others);
    try {
      expect(failing.startState).toMatchObject({ kind: 'failed', reason: 'newer-database' });
      const secret = await openSession(failing.address());
      const connectOnce = async (): Promise<{ code: number; seen: string[] }> => {
        const socket = new WebSocket(`ws://127.0.0.1:${failing.port}/socket`);
        const seen: string[] = [];
        socket.on('message', (data: Buffer) => seen.push(data.toString()));
        socket.on('open', () => socket.send(JSON.stringify({ session: secret })));
        const [code] = (await once(socket, 'close')) as [number];
        return { code, seen };
      };
      const { code, seen } = await connectOnce();
      expect(code).toBe(4500);
      expect(seen.map(readStartFailed)).toEqual([
        { reason: 'newer-database', message: 'Made by a newer version.' },
      ]);
      delete process.env['SMALL_ENGINE'];
      const socket = new WebSocket(`ws://127.0.0.1:${failing.port}/socket`);
      socket.on('open', () => socket.send(JSON.stringify({ session: secret })));
      const client = connectWire(socketPort(socket), { onFeed: () => {}, timers: systemClock });
      await waitUntil('it is ready', async () => {
        const result = await client.call('system.info', {});
        return result.ok;
      });
    } finally {
      delete process.env['SMALL_ENGINE'];
      await failing.close();
      others.remove();
    }
  });
});
