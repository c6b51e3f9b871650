import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundlePlatform, BundleShop } from '../../contract/bundle.ts';
import { tiktokRows } from '../../testing/read-all.ts';
import { callTiktok, command, shopAt, type Answer, type SignedCall } from '../../testing/sandbox-client.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';

let sandbox: RunningSandbox;
let app: BundlePlatform;
let shop: BundleShop;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 'tiktok', writeEveryMs: null, answers: false });
  ({ app, shop } = shopAt(sandbox, 'tiktok'));
});
afterAll(() => sandbox.stop());

const service = (path: string, call: SignedCall = {}): Promise<Answer> =>
  callTiktok(app, shop, `/customer_service/202309${path}`, call);
const list = (call: SignedCall = {}): Promise<Answer> =>
  service('/conversations', { params: { page_size: '20' }, ...call });
const post = (path: string, body: unknown): Promise<Answer> => service(path, { method: 'POST', body });
const text = (content: string): object => ({ type: 'TEXT', content: JSON.stringify({ content }) });

async function newest(): Promise<string> {
  return String((await list()).list('data.conversations')[0]?.['id']);
}

describe('letting calls in', () => {
  it.each<[string, SignedCall, number]>([
    ['a wrong signature', { sign: '0'.repeat(64) }, 106001],
    ['a clock six minutes slow', { now: Date.now() - 360_000 }, 36009004],
    ['a clock 40 seconds fast', { now: Date.now() + 40_000 }, 36009004],
    ['a foreign app', { system: { app_key: 'x' } }, 36009004],
    ['an unknown token', { token: 'nope' }, 36009004],
    ['no cipher', { system: { shop_cipher: '' } }, 106013],
    ['another shop’s cipher', { system: { shop_cipher: 'ROW_other' } }, 101000],
    ['a page too large', { params: { page_size: '21' } }, 45101001],
    ['no page size', { params: {} }, 45101001],
  ])('refuses %s', async (_what, call, code) => {
    expect((await list(call)).at('code')).toBe(code);
  });

  it('takes a clock four minutes slow; refuses bad paths and methods', async () => {
    expect((await list({ now: Date.now() - 240_000 })).at('code')).toBe(0);
    expect((await service('/nothing')).at('code')).toBe(36009009);
    expect((await service('/conversations', { method: 'PUT' })).at('code')).toBe(36009010);
  });

  it('names the token’s shop, without a cipher only', async () => {
    const path = '/authorization/202309/shops';
    const shops = await callTiktok(app, shop, path, { system: { shop_cipher: '' } });
    expect(shops.list('data.shops')[0]).toMatchObject({ id: shop.shopId, region: 'MY', cipher: shop.cipher });
    expect((await callTiktok(app, shop, path)).at('code')).toBe(36009004);
  });
});

describe('reading', () => {
  it('pages through every conversation once', async () => {
    const ids = (await tiktokRows(app, shop, '/conversations', 'conversations', { page_size: '7' })).map(
      (one) => one['id'],
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
  });

  it('pages through every message once, both ways, invisible ones among them', async () => {
    const conversations = await tiktokRows(app, shop, '/conversations', 'conversations', { page_size: '20' });
    const roles = new Set<unknown>();
    let hidden = 0;
    for (const { id } of conversations.slice(0, 15)) {
      const path = `/conversations/${String(id)}/messages`;
      const down = await tiktokRows(app, shop, path, 'messages', { page_size: '10' });
      const up = await tiktokRows(app, shop, path, 'messages', {
        page_size: '7',
        sort_order: 'ASC',
        sort_field: 'index',
      });
      expect(up.map((one) => one['id']).toReversed()).toEqual(down.map((one) => one['id']));
      const thread = await command(
        sandbox,
        'GET',
        `/thread?shopId=${shop.shopId}&conversationId=${String(id)}`,
      );
      expect(up.map((one) => one['id'])).toEqual(thread.list('messages').map((one) => one['id']));
      const indexes = up.map((one) => BigInt(String(one['index'])));
      expect(indexes.every((index, at) => at === 0 || index > (indexes[at - 1] ?? 0n))).toBe(true);
      hidden += down.filter((one) => one['is_visible'] === false).length;
      for (const one of down) roles.add((one['sender'] as { role: string }).role);
    }
    expect([...roles].map(String).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'BUYER',
      'CUSTOMER_SERVICE',
      'ROBOT',
      'SHOP',
      'SYSTEM',
    ]);
    expect(hidden).toBeGreaterThan(0);
  });

  it('refuses pages of eleven, and a page token that is not its own', async () => {
    const path = `/conversations/${await newest()}/messages`;
    expect((await service(path, { params: { page_size: '11' } })).at('code')).toBe(45101001);
    expect((await service(path, { params: { page_size: '5', page_token: 'abc' } })).at('code')).toBe(
      45101001,
    );
  });
});

describe('writing', () => {
  it('sends a text over its exact bytes, and marks read', async () => {
    const id = await newest();
    const sent = await post(`/conversations/${id}/messages`, text('Terima kasih “kak” 😊'));
    expect(sent.at('code')).toBe(0);
    const page = await service(`/conversations/${id}/messages`, { params: { page_size: '1' } });
    expect(page.list('data.messages')[0]).toMatchObject({
      id: sent.at('data.message_id'),
      type: 'TEXT',
      content: JSON.stringify({ content: 'Terima kasih “kak” 😊' }),
      sender: { role: 'CUSTOMER_SERVICE' },
    });
    expect((await post(`/conversations/${id}/messages/read`, '{}')).at('code')).toBe(0);
    expect((await list()).list('data.conversations').find((one) => one['id'] === id)?.['unread_count']).toBe(
      0,
    );
  });

  it.each<[string, unknown, number]>([
    ['content that is no text', { type: 'TEXT', content: { content: 'x' } }, 45101001],
    ['2001 characters', text('x'.repeat(2001)), 45101001],
    ['a video', { type: 'VIDEO', content: '{}' }, 45111001],
    ['a body that is no JSON', '{broken', 36009022],
  ])('refuses %s', async (_what, body, code) => {
    expect((await post(`/conversations/${await newest()}/messages`, body)).at('code')).toBe(code);
  });

  it('opens the conversation of an order’s buyer, and keeps the agent’s settings', async () => {
    const first = (await list()).list('data.conversations')[0];
    const [buyer] = (first?.['participants'] ?? []) as { user_id: string }[];
    const opened = await post('/conversations', { buyer_user_id: buyer?.user_id });
    expect(opened.at('data.conversation_id')).toBe(first?.['id']);
    expect((await post('/conversations', { buyer_user_id: '1' })).at('code')).toBe(45109003);
    expect((await post('/conversations/1/messages', text('x'))).at('code')).toBe(45101003);
    await service('/agents/settings', { method: 'PUT', body: { can_accept_chat: false } });
    expect((await service('/agents/settings')).at('data.can_accept_chat')).toBe(false);
  });

  it('refreshes tokens with absolute dates; an expired one is told from a wrong one', async () => {
    const query = new URLSearchParams({
      app_key: app.appKey,
      app_secret: app.appSecret,
      grant_type: 'refresh_token',
      refresh_token: shop.refreshToken,
    });
    const answer = (await (await fetch(`${app.auth}/api/v2/token/refresh?${query.toString()}`)).json()) as {
      data: Record<string, number | string>;
    };
    const days = (Number(answer.data['access_token_expire_in']) * 1000 - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 1);
    expect((await list({ token: String(answer.data['access_token']) })).at('code')).toBe(0);
    await command(sandbox, 'POST', '/faults', {
      kind: 'expire-token',
      platform: 'tiktok',
      shopId: shop.shopId,
    });
    expect((await list()).at('code')).toBe(105002);
    expect((await list()).at('code')).toBe(105002);
  });
});
