import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundlePlatform, BundleShop } from '../../contract/bundle.ts';
import { shopeeConversations, shopeeMessages } from '../../testing/read-all.ts';
import {
  callShopee,
  command,
  journalOf,
  shopAt,
  type Answer,
  type SignedCall,
} from '../../testing/sandbox-client.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';

let sandbox: RunningSandbox;
let app: BundlePlatform;
let shop: BundleShop;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 'shopee', writeEveryMs: null, answers: false });
  ({ app, shop } = shopAt(sandbox, 'shopee'));
});
afterAll(() => sandbox.stop());

const chat = (name: string, call: SignedCall = {}): Promise<Answer> =>
  callShopee(app, shop, `/api/v2/sellerchat/${name}`, call);
const post = (name: string, body: unknown): Promise<Answer> => chat(name, { method: 'POST', body });
const LIST = { direction: 'latest', type: 'all' };

async function newest(): Promise<Record<string, unknown>> {
  const [first] = (await chat('get_conversation_list', { params: LIST })).list('response.conversations');
  if (first === undefined) throw new Error('no conversation');
  return first;
}

describe('letting calls in', () => {
  it.each<[string, SignedCall, number, string]>([
    ['a wrong signature', { sign: '0'.repeat(64) }, 403, 'error_sign'],
    ['a foreign app', { system: { partner_id: '999' } }, 403, 'invalid_partner_id'],
    ['a clock six minutes slow', { now: Date.now() - 360_000 }, 200, 'error_param'],
    ['a clock six minutes fast', { now: Date.now() + 360_000 }, 200, 'error_param'],
    ['a shop of someone else', { system: { shop_id: '12345' } }, 403, 'shop_no_linked'],
    ['an unknown token', { token: 'nope' }, 403, 'invalid_acceess_token'],
    ['a page too large', { params: { ...LIST, page_size: '61' } }, 200, 'error_param'],
    ['no direction', { params: { type: 'all' } }, 200, 'error_param'],
  ])('refuses %s', async (_what, call, status, error) => {
    const answer = await chat('get_conversation_list', { params: LIST, ...call });
    expect([answer.status, answer.at('error')]).toEqual([status, error]);
    expect(answer.at('request_id')).toEqual(expect.any(String));
  });

  it('refuses the other shop of the app with this one’s token, and unknown calls', async () => {
    const other = shopAt(sandbox, 'shopee', 1).shop;
    const answer = await callShopee(app, other, '/api/v2/sellerchat/get_unread_conversation_count', {
      token: shop.accessToken,
    });
    expect(answer.at('error')).toBe('invalid_acceess_token');
    expect((await chat('no_such_call')).status).toBe(404);
  });
});

describe('reading', () => {
  it('pages through every conversation once, newest first', async () => {
    const ids = await shopeeConversations(app, shop, 7);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
    expect(await shopeeConversations(app, shop, 60)).toEqual(ids);
  });

  it('gives conversations with nanoseconds, text ids and number accounts', async () => {
    const first = await newest();
    expect(first['conversation_id']).toMatch(/^\d{18}$/);
    expect(first['to_id']).toEqual(expect.any(Number));
    const answer = await chat('get_conversation_list', { params: LIST });
    expect(answer.text).toMatch(/"last_message_timestamp":\d{19}[,}]/);
  });

  it('pages through every message once, newest first', async () => {
    for (const id of (await shopeeConversations(app, shop, 60)).slice(0, 12)) {
      const ids = (await shopeeMessages(app, shop, id, 9)).map((one) => String(one['message_id']));
      const thread = await command(sandbox, 'GET', `/thread?shopId=${shop.shopId}&conversationId=${id}`);
      expect(ids).toEqual(
        thread
          .list('messages')
          .map((one) => one['id'])
          .toReversed(),
      );
    }
  });

  it('finds one conversation, and says when there is none', async () => {
    const { conversation_id } = await newest();
    const found = await chat('get_one_conversation', {
      params: { conversation_id: String(conversation_id) },
    });
    expect(found.at('response.conversation_id')).toBe(conversation_id);
    const none = await chat('get_one_conversation', { params: { conversation_id: '1' } });
    expect(none.at('error')).toBe('resource_not_found');
    const noMessages = await chat('get_message', { params: { conversation_id: '1' } });
    expect(noMessages.at('error')).toBe('resource_not_found');
  });
});

describe('writing', () => {
  it('takes a text, answers a bare conversation number, and shows it', async () => {
    const { conversation_id, to_id } = await newest();
    const sent = await post('send_message', { to_id, message_type: 'text', content: { text: 'Halo kak' } });
    expect(sent.text).toContain(`"conversation_id":${String(conversation_id)},`);
    const [top] = await shopeeMessages(app, shop, String(conversation_id), 25);
    expect(top).toMatchObject({
      message_id: sent.at('response.message_id'),
      content: { text: 'Halo kak' },
      from_shop_id: Number(shop.shopId),
      source: 'openapi',
    });
  });

  it('takes a sticker', async () => {
    const { to_id } = await newest();
    const content = { sticker_id: '0007', sticker_package_id: 'br_shoppito' };
    const sent = await post('send_message', { to_id, message_type: 'sticker', content });
    expect([sent.at('error'), sent.at('response.message_type')]).toEqual(['', 'sticker']);
  });

  it.each<[string, unknown, string]>([
    ['image', { image_url: 'https://cf.shopee.example/file/1' }, 'param_error'],
    ['item', { item_id: 123 }, 'resource_not_found'],
    ['order', { order_sn: '2411209K7X' }, 'resource_not_found'],
    ['voucher', { voucher_id: 1, voucher_code: 'A' }, 'resource_not_found'],
    ['voucher', { voucher_id: 1 }, 'param_error'],
  ])('refuses a %s that the shop does not have', async (message_type, content, error) => {
    const { to_id } = await newest();
    expect((await post('send_message', { to_id, message_type, content })).at('error')).toBe(error);
  });

  it.each<[string, object, string]>([
    ['no content', { message_type: 'text' }, 'error_param'],
    ['empty text', { message_type: 'text', content: { text: '' } }, 'param_error'],
    ['601 characters', { message_type: 'text', content: { text: 'x'.repeat(601) } }, 'message_too_long'],
    ['an unknown type', { message_type: 'song', content: {} }, 'param_error'],
    ['a stranger', { to_id: 5, message_type: 'text', content: { text: 'x' } }, 'user_is_forbidden'],
    ['a body that is no object', [1], 'error_param'],
  ])('refuses %s', async (_what, body, error) => {
    const { to_id } = await newest();
    const whole = Array.isArray(body) ? body : { to_id, ...body };
    expect((await post('send_message', whole)).at('error')).toBe(error);
  });

  it('marks read and unread, pins, and counts', async () => {
    const { conversation_id, latest_message_id } = await newest();
    const id = String(conversation_id);
    const state = async (): Promise<unknown[]> => {
      const one = await chat('get_one_conversation', { params: { conversation_id: id } });
      return [Number(one.at('response.unread_count')) > 0, one.at('response.pinned')];
    };
    await post('read_conversation', { conversation_id: id, last_read_message_id: latest_message_id });
    await post('unpin_conversation', { conversation_id: id });
    expect(await state()).toEqual([false, false]);
    const before = (await chat('get_unread_conversation_count')).at('response.total_unread_count');
    await post('unread_conversation', `{"conversation_id":${id}}`);
    await post('pin_conversation', { conversation_id: id });
    expect(await state()).toEqual([true, true]);
    expect((await chat('get_unread_conversation_count')).at('response.total_unread_count')).toBe(
      Number(before) + 1,
    );
  });
});

describe('tokens', () => {
  it('trades a refresh token once, and blots tokens out of the journal', async () => {
    const { shop: own } = shopAt(sandbox, 'shopee', 1);
    const body = {
      refresh_token: own.refreshToken,
      partner_id: Number(app.appKey),
      shop_id: Number(own.shopId),
    };
    const refresh = (): Promise<Answer> =>
      callShopee(app, null, '/api/v2/auth/access_token/get', { method: 'POST', body });
    const first = await refresh();
    expect([first.at('error'), first.at('expire_in')]).toEqual(['', 14_400]);
    const token = String(first.at('access_token'));
    const count = await callShopee(app, own, '/api/v2/sellerchat/get_unread_conversation_count', { token });
    expect(count.at('error')).toBe('');
    expect((await refresh()).at('error')).toBe('error_auth');
    const journal = JSON.stringify(await journalOf(sandbox));
    for (const secret of [own.refreshToken, token, own.accessToken]) expect(journal).not.toContain(secret);
  });
});
