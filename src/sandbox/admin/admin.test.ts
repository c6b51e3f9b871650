import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callLazada, callShopee, command, shopAt } from '../../testing/sandbox-client.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 'admin', writeEveryMs: null, answers: false });
});
afterAll(() => sandbox.stop());

describe('the command address', () => {
  it('makes a buyer write, in a conversation named or not', async () => {
    const { shop } = shopAt(sandbox, 'lazada', 1);
    const world = await command(sandbox, 'GET', '/world');
    const shops = world.list('shops');
    const conversations = shops.find((one) => one['shopId'] === shop.shopId)?.['conversations'] as {
      conversationId: string;
    }[];
    const conversationId = conversations.at(-1)?.conversationId;
    const order = { platform: 'lazada', shopId: shop.shopId, conversationId, text: 'Hello po' };
    const written = await command(sandbox, 'POST', '/buyer', order);
    expect(written.json).toMatchObject({
      conversationId,
      shopId: shop.shopId,
      messageId: expect.any(String) as string,
    });
    const { app } = shopAt(sandbox, 'lazada');
    const params = { start_time: String(Date.now() + 1000), page_size: '1' };
    const list = await callLazada(app, shop, '/im/session/list', { params });
    expect(list.list('data.session_list')[0]).toMatchObject({
      session_id: conversationId,
      summary: 'Hello po',
    });
    expect((await command(sandbox, 'POST', '/buyer', { platform: 'shopee', text: 'x' })).status).toBe(200);
  });

  it.each<[string, string, unknown, number]>([
    ['POST', '/buyer', { platform: 'shopee' }, 400],
    ['POST', '/buyer', { platform: 'shopee', text: 'x', conversationId: '1' }, 404],
    ['POST', '/faults', '{broken', 400],
    ['GET', '/journal?since=x', undefined, 400],
    ['GET', '/thread?shopId=1&conversationId=1', undefined, 404],
    ['GET', '/constructor', undefined, 404],
    ['POST', '/faults', 'x'.repeat(1024 * 1024 + 1), 413],
  ])('refuses %s %s with a sentence', async (method, path, body, status) => {
    const answer =
      typeof body === 'string' ? await raw(method, path, body) : await command(sandbox, method, path, body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({ error: expect.stringMatching(/\.$/) as string });
  });

  it('tells a caller its address and a place, where the bundle says', async () => {
    const { lookup } = sandbox.bundle;
    expect(lookup).toBe(`${sandbox.adminUrl}/lookup`);
    expect((await command(sandbox, 'GET', '/lookup')).json).toMatchObject({
      query: '127.0.0.1',
      countryCode: 'MY',
      city: 'Kuala Lumpur',
    });
  });

  it('serves no page of a browser', async () => {
    const foreign = await fetch(`${sandbox.adminUrl}/world`, { headers: { origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${sandbox.adminUrl}/world`, { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});

async function raw(method: string, path: string, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${sandbox.adminUrl}${path}`, { method, body });
  return { status: response.status, text: await response.text() };
}

describe('pictures', () => {
  it('are PNGs of the size the message says; some are gone or no pictures', async () => {
    const { app, shop } = shopAt(sandbox, 'shopee');
    const list = await callShopee(app, shop, '/api/v2/sellerchat/get_conversation_list', {
      params: { direction: 'latest', type: 'all', page_size: '60' },
    });
    const avatars = list.list('response.conversations').map((one) => String(one['to_avatar']));
    expect(avatars).toContain('');
    const avatar = avatars.find((url) => url !== '') ?? '';
    const bytes = Buffer.from(await (await fetch(avatar)).arrayBuffer());
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([128, 128]);
    const base = `${app.api}/file/`;
    expect((await fetch(`${base}00aa11-64x64-g.png`)).status).toBe(404);
    expect((await fetch(`${base}../../etc/passwd`)).status).toBe(404);
    expect(await (await fetch(`${base}00aa11-64x64-p.png`)).text()).toContain('<!doctype html>');
  });
});

describe('a body too large', () => {
  it('is refused by a platform’s port too, and the port lives', async () => {
    const { app, shop } = shopAt(sandbox, 'shopee');
    const big = await callShopee(app, shop, '/api/v2/sellerchat/send_message', {
      method: 'POST',
      body: 'x'.repeat(1024 * 1024 + 1),
    });
    expect(big.status).toBe(413);
    // As many clients do: everything is sent before the answer is looked at.
    const length = 8 * 1024 * 1024;
    const socket = connect(Number(new URL(app.api).port), '127.0.0.1');
    let answered = '';
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.write(`POST /any HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`);
      socket.write(Buffer.alloc(length), () => {
        socket.on('data', (bytes: Buffer) => (answered += bytes.toString('latin1')));
        socket.on('end', resolve);
      });
    });
    socket.destroy();
    expect(answered).toContain('HTTP/1.1 413');
    expect(
      (await callShopee(app, shop, '/api/v2/sellerchat/get_unread_conversation_count')).at('error'),
    ).toBe('');
  });
});
