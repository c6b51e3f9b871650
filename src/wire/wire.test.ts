import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { systemClock } from '../base/system-clock.ts';
import type { FeedEvent } from '../contract/feeds.ts';
import type { Method } from '../contract/index.ts';
import { sampleHandlers } from '../testing/small-handlers.ts';
import { connectWire, type WireClient } from './client.ts';
import { memoryPortPair } from './memory-port.ts';
import { messagePort } from './message-port.ts';
import type { Port } from './port.ts';
import { serve, type Connection } from './server.ts';
import { socketPort } from './socket-port.ts';

// Real processes and sockets: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

interface Joined {
  readonly page: Port;
  readonly engine: Port;
  end(): Promise<void> | void;
}

function overChannel(): Joined {
  const { port1, port2 } = new MessageChannel();
  return { page: messagePort(port1), engine: messagePort(port2), end: () => port1.close() };
}

/** The two ends of one message channel, shaped as Electron's MessagePortMain. */
function overEmitters(): Joined {
  const { port1, port2 } = new MessageChannel();
  const electron = (port: typeof port1): Parameters<typeof messagePort>[0] => ({
    postMessage: (text) => port.postMessage(text),
    start: () => port.start(),
    close: () => port.close(),
    on: (event: string, listener: (event: { data: unknown }) => void) =>
      port.on(event, (data: unknown) => listener({ data })),
  });
  return {
    page: messagePort(electron(port1)),
    engine: messagePort(electron(port2)),
    end: () => port1.close(),
  };
}

async function overSocket(): Promise<Joined> {
  const http: Server = createServer();
  const server = new WebSocketServer({ server: http, maxPayload: 16_000_000 });
  const accepted = new Promise<Port>((resolve) => {
    server.once('connection', (socket) => resolve(socketPort(socket)));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const page = socketPort(new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`));
  const engine = await accepted;
  return {
    page,
    engine,
    end: async () => {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const transports: [string, () => Joined | Promise<Joined>][] = [
  [
    'memory',
    () => {
      const [page, engine] = memoryPortPair();
      return { page, engine, end: () => page.close() };
    },
  ],
  ['MessagePort', overChannel],
  ['MessagePortMain', overEmitters],
  ['WebSocket', overSocket],
];

const event: FeedEvent = { epoch: 'e', seq: 1, kind: 'drafts', ids: [7] };
const info = { version: '1', space: 'real', dataDir: '/', epoch: 'e', storeCount: 0 };

describe.each(transports)('wire over %s', (_name, join) => {
  let joined: Joined;
  let connection: Connection;
  let client: WireClient;
  let feed: FeedEvent[];
  let refused: unknown[];
  let logged: string[];

  const strange = (method: string, input: unknown): ReturnType<WireClient['call']> =>
    client.call(method as Method, input as never);

  beforeEach(async () => {
    joined = await join();
    feed = [];
    refused = [];
    logged = [];
    const log = {
      warn: (text: string) => void logged.push(text),
      error: (text: string, fields?: object) => void logged.push(text, JSON.stringify(fields)),
    };
    connection = serve(joined.engine, sampleHandlers, {
      log,
      timers: systemClock,
      timeoutMs: 100_000,
      maxInFlight: 5,
    });
    client = connectWire(joined.page, {
      onFeed: (each) => feed.push(each),
      onRefused: (error) => refused.push(error),
      timers: systemClock,
      timeoutMs: 100_000,
    });
  });
  afterEach(async () => {
    await joined.end();
  });

  it('answers calls, and keeps them apart', async () => {
    const texts = ['', 'สวัสดี', '你好 🙂', '"\\\n\u2028'];
    const calls = texts.map((text, index) => client.call('drafts.save', { conversationId: index + 1, text }));
    expect(await Promise.all(calls)).toEqual(
      texts.map((text, index) => ({ ok: true, value: { conversationId: index + 1, text, savedAt: 1 } })),
    );
    expect(await client.call('conversations.markRead', { conversationId: 1, messageId: 1 })).toEqual({
      ok: true,
      value: null,
    });
  });

  it('carries feed events in order', async () => {
    connection.emit(event);
    connection.emit({ ...event, seq: 2 });
    await client.call('system.info', {});
    expect(feed.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('names the field of a wrong input, without reaching the handler', async () => {
    expect(await strange('drafts.save', { conversationId: 'one', text: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'invalid', details: { field: 'conversationId' } },
    });
    expect(await strange('drafts.save', null)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  it.each(['nothing.here', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'then', '', '$close'])(
    'knows no method %j',
    async (method) => {
      expect(await strange(method, {})).toMatchObject({
        ok: false,
        error: { code: 'invalid', details: { reason: 'unknown-method' } },
      });
    },
  );

  it('passes coded errors on and keeps the rest to the log', async () => {
    expect(await client.call('drafts.get', { conversationId: 1 })).toEqual({
      ok: false,
      error: { code: 'not-found', message: 'No such conversation.', details: { reason: 'gone' } },
    });
    const internal = await client.call('stores.list', {});
    expect(internal).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(internal)).not.toContain('SECRET');
    expect(logged.join()).toContain('SECRET');
    expect(await client.call('settings.get', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  it('refuses too many calls at once, too long ones, and goes on', async () => {
    const stuck = Array.from({ length: 5 }, () => client.call('stores.syncNow', { storeId: 1 }));
    expect(await client.call('system.info', {})).toMatchObject({
      ok: false,
      error: { code: 'rate-limited' },
    });
    client.close();
    for (const result of await Promise.all(stuck))
      expect(result).toMatchObject({ error: { code: 'closed' } });
  });

  it('answers 10 MB with an error code and stays alive', async () => {
    const text = 'x'.repeat(10_000_000);
    expect(await client.call('drafts.save', { conversationId: 1, text })).toMatchObject({
      ok: false,
      error: { code: 'invalid', details: { reason: 'too-large' } },
    });
    joined.page.post(
      JSON.stringify({ m: 'drafts.save', a: [{ conversationId: 1, text }], t: 'q', i: 'mine' }),
    );
    joined.page.post(text);
    expect(await client.call('system.info', {})).toEqual({ ok: true, value: info });
    expect(refused).toMatchObject([{ code: 'invalid', details: { reason: 'too-large' } }]);
  });

  it('takes a whole list where a call may hold one, and nowhere else', async () => {
    const preview = (length: number) =>
      client.call('proxies.preview', { source: { kind: 'text', text: 'x'.repeat(length) }, zone: 'UTC' });
    const reason = (reason: string) => ({ error: { code: 'invalid', details: { reason } } });
    // The sample engine does not answer it: what matters is that it was read.
    expect(await preview(5_000_000)).toMatchObject(reason('unknown-method'));
    expect(await preview(8_000_000)).toMatchObject(reason('too-large'));
    const odd = { t: 'q', m: 'proxies.preview', a: ['x'.repeat(1_000_000)], i: 'mine' };
    joined.page.post(JSON.stringify(odd));
    expect(await client.call('system.info', {})).toEqual({ ok: true, value: info });
  });

  it('gives up on time-out and on abort', async () => {
    expect(await client.call('stores.syncNow', { storeId: 1 }, { timeoutMs: 10 })).toMatchObject({
      ok: false,
      error: { code: 'timed-out' },
    });
    const abort = new AbortController();
    const call = client.call('stores.syncNow', { storeId: 1 }, { signal: abort.signal });
    abort.abort();
    const aborted = { ok: false, error: { code: 'closed', details: { reason: 'aborted' } } };
    expect(await call).toMatchObject(aborted);
    expect(await client.call('system.info', {}, { signal: abort.signal })).toMatchObject(aborted);
  });

  it('lets nothing pend when the engine closes', async () => {
    const call = client.call('stores.syncNow', { storeId: 1 });
    const gone = new Promise<void>((resolve) => client.onClose(resolve));
    connection.close();
    expect(await call).toMatchObject({ ok: false, error: { code: 'closed' } });
    await gone;
    await connection.closed;
    expect(await client.call('system.info', {})).toMatchObject({ ok: false, error: { code: 'closed' } });
    connection.emit(event);
    expect(feed).toEqual([]);
  });

  it('lets the engine know when the page closes', async () => {
    client.close();
    await connection.closed;
  });

  it('survives any frame', async () => {
    const method = fc.constantFrom('system.info', 'drafts.save', '__proto__', 'constructor', 'stores.list');
    const almost = fc.record(
      {
        t: fc.constantFrom('q', 's', 'x', 1),
        i: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
        m: fc.oneof(method, fc.string(), fc.jsonValue()),
        a: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
        o: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const frame = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        '{',
        'null',
        '[]',
        '""',
        '[['.repeat(50_000),
        `{"t":"q","i":"1","m":"system.info","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
        '{"__proto__":{"t":"q"}}',
      ),
      almost.map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 20 }), async (frames) => {
        for (const each of frames) joined.page.post(each);
        expect(await client.call('drafts.get', { conversationId: 1 })).toMatchObject({
          error: { code: 'not-found' },
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a page', () => {
  it('survives any frame of its engine', async () => {
    const [page, engine] = memoryPortPair();
    const client = connectWire(page, { onFeed: () => {}, timers: systemClock, timeoutMs: 100_000 });
    const call = client.call('system.info', {});
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (frame) => {
        engine.post(frame);
        await Promise.resolve();
      }),
    );
    engine.close();
    expect(await call).toMatchObject({ ok: false, error: { code: 'closed' } });
  });

  it('does not take an answer of another shape for one', async () => {
    const [page, engine] = memoryPortPair();
    engine.onMessage((text) => {
      const { i } = JSON.parse(text) as { i: string };
      engine.post(JSON.stringify({ t: 's', i, r: { ok: 'yes' } }));
    });
    const client = connectWire(page, { onFeed: () => {}, timers: systemClock });
    expect(await client.call('system.info', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
  });
});
