import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundlePlatform, BundleShop } from '../../contract/bundle.ts';
import { lazadaRows } from '../../testing/read-all.ts';
import { callLazada, command, shopAt, type Answer, type SignedCall } from '../../testing/sandbox-client.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';
import { signLazada } from './sign.ts';

let sandbox: RunningSandbox;
let app: BundlePlatform;
let shop: BundleShop;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 'lazada', writeEveryMs: null, answers: false });
  ({ app, shop } = shopAt(sandbox, 'lazada'));
});
afterAll(() => sandbox.stop());

const page = (): Record<string, string> => ({ start_time: String(Date.now()), page_size: '20' });
const sessions = (call: SignedCall = {}): Promise<Answer> =>
  callLazada(app, shop, '/im/session/list', { params: page(), ...call });
const post = (path: string, params: Record<string, string>): Promise<Answer> =>
  callLazada(app, shop, path, { method: 'POST', params });

async function newest(): Promise<string> {
  return String((await sessions()).list('data.session_list')[0]?.['session_id']);
}

describe('letting calls in', () => {
  it.each<[string, SignedCall, string]>([
    ['a wrong signature', { sign: 'A'.repeat(64) }, 'IncompleteSignature'],
    ['a clock three hours off', { now: Date.now() - 3 * 3_600_000 }, 'InvalidParameter'],
    ['a foreign app', { system: { app_key: '1' } }, 'InvalidParameter'],
    ['an unknown token', { token: 'nope' }, 'IllegalAccessToken'],
    ['a page too large', { params: { ...page(), page_size: '21' } }, 'InvalidParameter'],
    ['no start time', { params: { page_size: '20' } }, 'MissingParameter'],
  ])('refuses %s', async (_what, call, code) => {
    const answer = await sessions(call);
    expect([answer.status, answer.at('code')]).toEqual([200, code]);
    expect(answer.at('type')).toBe('ISV');
  });

  it('takes the time as ISO text, and the path with or without /rest', async () => {
    const iso = await sessions({ system: { timestamp: new Date().toISOString() } });
    expect(iso.at('code')).toBe('0');
    const params = new Map(
      Object.entries({
        ...page(),
        app_key: app.appKey,
        access_token: shop.accessToken,
        sign_method: 'sha256',
        timestamp: String(Date.now()),
      }),
    );
    params.set('sign', signLazada(app.appSecret, '/im/session/list', params));
    const bare = await fetch(`${app.api}/im/session/list?${new URLSearchParams([...params]).toString()}`);
    expect(await bare.json()).toMatchObject({ code: '0', success: true });
    expect((await callLazada(app, shop, '/im/nothing')).at('code')).toBe('InvalidApiPath');
  });
});

describe('reading', () => {
  it('pages through every session and message once', async () => {
    const ids = (await lazadaRows(app, shop, 'session', 7)).map((one) => String(one['session_id']));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
    for (const session_id of ids.slice(0, 12)) {
      const rows = await lazadaRows(app, shop, 'message', 9, { session_id });
      const thread = await command(
        sandbox,
        'GET',
        `/thread?shopId=${shop.shopId}&conversationId=${session_id}`,
      );
      expect(rows.map((one) => one['message_id'])).toEqual(
        thread
          .list('messages')
          .map((one) => one['id'])
          .toReversed(),
      );
    }
  });

  it('prints numbers bare on one site and as text on the other', async () => {
    expect((await sessions()).at('data.has_more')).toBe(true);
    const other = shopAt(sandbox, 'lazada', 1).shop;
    const texts = await callLazada(app, other, '/im/session/list', { params: page() });
    expect([texts.at('data.has_more'), texts.at('success')]).toEqual(['true', 'true']);
    expect(texts.list('data.session_list')[0]?.['unread_count']).toEqual(expect.any(String));
  });

  it('shows recalled, blocked and automatic messages as such', async () => {
    const rows: Record<string, unknown>[] = [];
    for (const session of await lazadaRows(app, shop, 'session', 20)) {
      rows.push(
        ...(await lazadaRows(app, shop, 'message', 20, { session_id: String(session['session_id']) })),
      );
    }
    expect(rows.some((one) => one['status'] === 1)).toBe(true);
    expect(rows.some((one) => one['process_msg'] !== '')).toBe(true);
    expect(rows.some((one) => one['auto_reply'] === true)).toBe(true);
    for (const row of rows) expect(JSON.parse(String(row['content']))).toEqual(expect.any(Object));
  });
});

describe('writing', () => {
  it('sends, recalls and marks read', async () => {
    const session_id = await newest();
    const sent = await post('/im/message/send', { session_id, template_id: '1', txt: 'Dạ còn hàng ạ & rẻ' });
    expect(sent.at('code')).toBe('0');
    const message_id = String(sent.at('data.message_id'));
    const [top] = await lazadaRows(app, shop, 'message', 20, { session_id });
    expect(top).toMatchObject({
      message_id,
      content: JSON.stringify({ txt: 'Dạ còn hàng ạ & rẻ' }),
      from_account_type: 2,
    });
    expect((await post('/im/message/recall', { session_id, message_id })).at('success')).toBe(true);
    expect((await lazadaRows(app, shop, 'message', 20, { session_id }))[0]?.['status']).toBe(1);
    expect(
      (await post('/im/session/read', { session_id, last_read_message_id: message_id })).at('err_code'),
    ).toBe('0');
    const read = await callLazada(app, shop, '/im/session/get', { params: { session_id } });
    expect(read.at('data.unread_count')).toBe(0);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no text', { template_id: '1' }, 'MissingParameter'],
    [
      'a picture without a size',
      { template_id: '3', img_url: 'https://x.example/a.png' },
      'MissingParameter',
    ],
    ['an unknown template', { template_id: '77' }, 'InvalidParameter'],
  ])('refuses %s', async (_what, params, code) => {
    expect((await post('/im/message/send', { session_id: await newest(), ...params })).at('code')).toBe(code);
  });

  it('refuses unknown sessions in the second layer, and opens one by its order', async () => {
    const none = await post('/im/message/send', { session_id: '1', template_id: '1', txt: 'x' });
    expect([none.at('code'), none.at('success')]).toEqual(['0', false]);
    expect(
      (await callLazada(app, shop, '/im/session/open', { params: { order_id: '1' } })).at('err_code'),
    ).toBe('-22');
    for (const session of await lazadaRows(app, shop, 'session', 20)) {
      const id = String(session['session_id']);
      const rows = await lazadaRows(app, shop, 'message', 20, { session_id: id });
      const order = rows.find((one) => one['template_id'] === 10007);
      if (order === undefined) continue;
      const { orderId } = JSON.parse(String(order['content'])) as { orderId: string };
      expect(
        (await callLazada(app, shop, '/im/session/open', { params: { order_id: orderId } })).at('session_id'),
      ).toBe(id);
      return;
    }
    throw new Error('no order in any session');
  });

  it('refreshes tokens without moving the end of the refresh token', async () => {
    const { shop: own } = shopAt(sandbox, 'lazada', 1);
    const params = { refresh_token: own.refreshToken };
    const answer = await callLazada(app, null, '/auth/token/refresh', { params });
    expect(answer.at('code')).toBe('0');
    const end = Date.now() + Number(answer.at('refresh_expires_in')) * 1000;
    expect(Math.abs(end - own.refreshTokenExpiresAt)).toBeLessThan(5000);
    expect(answer.list('country_user_info_list')[0]).toMatchObject({ seller_id: own.shopId, country: 'ph' });
    const wrong = await callLazada(app, null, '/auth/token/refresh', { params: { refresh_token: 'x' } });
    expect(wrong.at('code')).toBe('IllegalRefreshToken');
  });
});
