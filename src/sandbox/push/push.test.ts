import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlatformId } from '../../contract/models.ts';
import { channelFor } from '../../channels/registry.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { lazadaRows } from '../../testing/read-all.ts';
import { callLazada, command, journalOf, shopAt } from '../../testing/sandbox-client.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

let sandbox: RunningSandbox;
let clock: FakeClock;
let server: Server;
let url: string;
let received: Received[];
let status: number;

beforeEach(async () => {
  received = [];
  status = 200;
  clock = fakeClock(Date.now());
  sandbox = await startSandbox({ seed: 'push', writeEveryMs: null, answers: false, clock });
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  await sandbox.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const listen = (platform: PlatformId): Promise<unknown> =>
  command(sandbox, 'POST', '/push', { platform, url });
const write = (platform: PlatformId): Promise<unknown> =>
  command(sandbox, 'POST', '/buyer', { platform, text: 'Halo' });

async function outcomes(): Promise<string[]> {
  const entries = (await journalOf(sandbox)).filter((entry) => entry.kind === 'push');
  return entries.map(({ attempt, outcome }) => `${attempt} ${outcome}`);
}

describe('pushes', () => {
  it.each<PlatformId>(['shopee', 'lazada', 'tiktok'])(
    '%s: signed so that the channel reads them',
    async (platform) => {
      await listen(platform);
      await write(platform);
      await waitUntil('it came', () => received.length === 1);
      const { app, shop } = shopAt(sandbox, platform);
      const [push] = received;
      const event = channelFor(platform).readPush(app, {
        headers: push?.headers ?? {},
        url,
        body: push?.body ?? '',
      });
      expect(event).toMatchObject({
        kind: 'message',
        shopId: shop.shopId,
        message: { author: 'buyer', text: 'Halo' },
      });
      const forged = (): unknown =>
        channelFor(platform).readPush(app, { headers: {}, url, body: push?.body ?? '' });
      expect(forged).toThrow();
    },
  );

  it('are repeated as documented until taken', async () => {
    await listen('shopee');
    status = 500;
    await write('shopee');
    for (const [attempt, wait] of [
      [1, 1000],
      [2, 2000],
      [3, 3000],
    ] as const) {
      await waitUntil(`attempt ${attempt}`, async () => (await outcomes()).length === attempt);
      clock.advanceAtOnce(wait - 1);
      expect(received).toHaveLength(attempt);
      if (attempt === 3) status = 200;
      clock.advanceAtOnce(1);
    }
    await waitUntil('the last', async () => (await outcomes()).length === 4);
    expect((await outcomes()).map((outcome) => outcome[0])).toEqual(['1', '2', '3', '4']);
  });

  it('can be lost, and sent twice', async () => {
    await listen('tiktok');
    await command(sandbox, 'POST', '/faults', { kind: 'push-lost', platform: 'tiktok' });
    await write('tiktok');
    await command(sandbox, 'POST', '/faults', { kind: 'push-twice', platform: 'tiktok' });
    await write('tiktok');
    await waitUntil('both came', async () => (await outcomes()).length === 3);
    expect((await outcomes()).map((outcome) => outcome[0])).toEqual(['0', '1', '1']);
    expect(received[0]?.body).toBe(received[1]?.body);
  });

  it('tell Lazada’s reads and recalls', async () => {
    const { app, shop } = shopAt(sandbox, 'lazada');
    const now = clock.now();
    const [session] = await lazadaRows(app, shop, 'session', 20);
    const session_id = String(session?.['session_id']);
    await listen('lazada');
    const post = (path: string, params: Record<string, string>): ReturnType<typeof callLazada> =>
      callLazada(app, shop, path, { method: 'POST', params: { session_id, ...params }, now });
    const sent = await post('/im/message/send', { template_id: '1', txt: 'x' });
    const message_id = String(sent.at('data.message_id'));
    await post('/im/message/recall', { message_id });
    await post('/im/session/read', { last_read_message_id: message_id });
    await waitUntil('all came', () => received.length === 3);
    const bodies = received.map(
      ({ body }) => JSON.parse(body) as { message_type: number; data: Record<string, unknown> },
    );
    expect(bodies.map(({ message_type, data }) => [message_type, data['status']])).toEqual([
      [2, 0],
      [2, 1],
      [19, undefined],
    ]);
    expect(bodies[2]?.data).toMatchObject({ session_id, unread_count: 0 });
  });
});
