import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BundlePlatform, BundleShop } from '../../contract/bundle.ts';
import {
  callLazada,
  callShopee,
  callTiktok,
  command,
  journalOf,
  shopAt,
  type Answer,
} from '../../testing/sandbox-client.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import type { RequestEntry } from '../journal/entry.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';

let clock: FakeClock;
let sandbox: RunningSandbox;
let app: BundlePlatform;
let shop: BundleShop;
let conversationId: string;
let toId: number;

const list = (): Promise<Answer> =>
  callShopee(app, shop, '/api/v2/sellerchat/get_conversation_list', {
    params: { direction: 'latest', type: 'all' },
    now: clock.now(),
  });
const send = (text: string): Promise<Answer> =>
  callShopee(app, shop, '/api/v2/sellerchat/send_message', {
    method: 'POST',
    body: { to_id: toId, message_type: 'text', content: { text } },
    now: clock.now(),
  });
const fault = (order: object): Promise<Answer> =>
  command(sandbox, 'POST', '/faults', { platform: 'shopee', ...order });

/** How often the sandbox holds this text: what really happened, whatever was answered. */
async function held(text: string): Promise<number> {
  const thread = await command(
    sandbox,
    'GET',
    `/thread?shopId=${shop.shopId}&conversationId=${conversationId}`,
  );
  return thread.list('messages').filter((one) => (one['content'] as { text?: string }).text === text).length;
}

async function lastEntry(): Promise<RequestEntry> {
  const entry = (await journalOf(sandbox)).at(-1);
  if (entry?.kind !== 'request') throw new Error('the last entry is no request');
  return entry;
}

beforeAll(async () => {
  clock = fakeClock(Date.now());
  sandbox = await startSandbox({ seed: 'faults', writeEveryMs: null, answers: false, clock });
  ({ app, shop } = shopAt(sandbox, 'shopee'));
  const [first] = (await list()).list('response.conversations');
  [conversationId, toId] = [String(first?.['conversation_id']), Number(first?.['to_id'])];
});
afterAll(() => sandbox.stop());
beforeEach(() => command(sandbox, 'DELETE', '/faults'));

describe('faults on command', () => {
  it('delays the answer, not the effect', async () => {
    await fault({ kind: 'delay', path: 'send', ms: 3000 });
    let answered = false;
    const answer = send('delayed').then((it) => {
      answered = true;
      return it;
    });
    await waitUntil('it was accepted', async () => (await held('delayed')) === 1);
    expect(answered).toBe(false);
    clock.advanceAtOnce(3000);
    expect((await answer).at('error')).toBe('');
  });

  it.each(['drop-after-accept', 'cut-body'])('%s: accepted, and no answer', async (kind) => {
    await fault({ kind, path: 'send' });
    await expect(send(kind)).rejects.toThrow();
    expect(await held(kind)).toBe(1);
    expect(await lastEntry()).toMatchObject({
      fault: kind,
      status: null,
      messageId: expect.any(String) as string,
    });
  });

  it('cut-before: no answer, and nothing happened', async () => {
    await fault({ kind: 'cut-before', path: 'send' });
    await expect(send('cut')).rejects.toThrow();
    expect(await held('cut')).toBe(0);
    expect(await lastEntry()).toMatchObject({ fault: 'cut-before', outcome: 'cut', messageId: null });
  });

  it.each([
    ['error', {}, 'error_server'],
    ['error', { code: 'system_busy' }, 'system_busy'],
    ['refuse', {}, 'message_is_censored'],
    ['rate-limit', {}, 'error_rate_limit'],
  ])('%s %o: refused in the platform’s words', async (kind, more, error) => {
    await fault({ kind, path: 'send', ...more });
    expect((await send(`refused ${error}`)).at('error')).toBe(error);
    expect(await held(`refused ${error}`)).toBe(0);
    expect((await send(`fine ${error}`)).at('error')).toBe('');
  });

  it('error with accept: refused, and it happened', async () => {
    await fault({ kind: 'error', path: 'send', accept: true });
    expect((await send('both')).at('error')).toBe('error_server');
    expect(await held('both')).toBe(1);
  });

  it.each(['refuse', 'rate-limit'])('%s: a refusal is never a lie, accept or not', async (kind) => {
    await fault({ kind, path: 'send', accept: true });
    expect((await send(`true ${kind}`)).at('error')).not.toBe('');
    expect(await held(`true ${kind}`)).toBe(0);
  });

  it('http-500: a page of HTML', async () => {
    await fault({ kind: 'http-500', path: '/api/v2/sellerchat/send' });
    const answer = await send('html');
    expect([answer.status, answer.json]).toEqual([500, undefined]);
    expect(await held('html')).toBe(0);
  });

  it('garbage: accepted, and half of the JSON', async () => {
    await fault({ kind: 'garbage', path: 'send' });
    const answer = await send('torn');
    expect([answer.status, answer.json]).toEqual([200, undefined]);
    expect(await held('torn')).toBe(1);
  });

  it('odd-fields: sound JSON with fields missing or of another type', async () => {
    const good = (await list()).list('response.conversations');
    await fault({ kind: 'odd-fields', path: 'list' });
    const odd = (await list()).list('response.conversations');
    expect(odd).toHaveLength(good.length);
    expect(odd[1]).toMatchObject({ conversation_id: good[1]?.['conversation_id'] });
    expect(Object.keys(odd[0] ?? {}).length + Object.keys(odd[6] ?? {}).length).toBeLessThanOrEqual(
      2 * Object.keys(good[0] ?? {}).length,
    );
    expect(odd[0]).not.toMatchObject(good[0] ?? {});
  });

  it('accept-late: no answer, and it shows later', async () => {
    await fault({ kind: 'accept-late', path: 'send', ms: 5000 });
    await expect(send('late')).rejects.toThrow();
    expect(await held('late')).toBe(0);
    clock.advanceAtOnce(4999);
    expect(await held('late')).toBe(0);
    clock.advanceAtOnce(1);
    expect(await held('late')).toBe(1);
    const [top] = (
      await callShopee(app, shop, '/api/v2/sellerchat/get_message', {
        params: { conversation_id: conversationId },
        now: clock.now(),
      })
    ).list('response.messages');
    expect(top?.['created_timestamp']).toBe(Math.floor(clock.now() / 1000));
  });

  it('expire-token: dead until refreshed', async () => {
    await fault({ kind: 'expire-token', shopId: shop.shopId });
    expect([(await list()).at('error'), (await list()).at('error')]).toEqual(['error_auth', 'error_auth']);
    const body = {
      refresh_token: shop.refreshToken,
      partner_id: Number(app.appKey),
      shop_id: Number(shop.shopId),
    };
    const fresh = await callShopee(app, null, '/api/v2/auth/access_token/get', {
      method: 'POST',
      body,
      now: clock.now(),
    });
    shop = {
      ...shop,
      accessToken: String(fresh.at('access_token')),
      refreshToken: String(fresh.at('refresh_token')),
    };
    expect((await list()).at('error')).toBe('');
  });

  it('away: nobody listens, until the time is over', async () => {
    await fault({ kind: 'away', ms: 10_000 });
    await expect(list()).rejects.toThrow();
    clock.advanceAtOnce(10_000);
    await waitUntil('it is back', () =>
      list().then(
        () => true,
        () => false,
      ),
    );
    await fault({ kind: 'away' });
    await expect(list()).rejects.toThrow();
    await command(sandbox, 'DELETE', '/faults');
    expect((await list()).at('error')).toBe('');
  });

  it('away: comes back later when someone else has its port at the time, and lives on', async () => {
    await fault({ kind: 'away', ms: 10_000 });
    const stranger = createServer().listen(Number(new URL(app.api).port), '127.0.0.1');
    await once(stranger, 'listening');
    clock.advanceAtOnce(10_000);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advanceAtOnce(5_000);
    expect((await command(sandbox, 'GET', '/world')).status).toBe(200);
    stranger.close();
    await once(stranger, 'close');
    await waitUntil('it is back', () => {
      clock.advanceAtOnce(1_000);
      return list().then(
        () => true,
        () => false,
      );
    });
  });

  it('pictures: only where they are meant, and only what a picture can meet', async () => {
    const avatars = (await list()).list('response.conversations').map((one) => String(one['to_avatar']));
    const picture = avatars.find((url) => url !== '') ?? '';
    await fault({ kind: 'http-500', times: null });
    await fault({ kind: 'garbage', path: 'image', times: null });
    expect((await fetch(picture)).status).toBe(200);
    await command(sandbox, 'DELETE', '/faults');

    await fault({ kind: 'http-500', path: 'image' });
    await fault({ kind: 'cut-before', path: '/file/' });
    await fault({ kind: 'delay', path: 'image', ms: 3000 });
    const broken = await fetch(picture);
    expect([broken.status, broken.headers.get('content-type')]).toEqual([500, 'text/html']);
    expect(await lastEntry()).toMatchObject({ call: 'image', fault: 'http-500', status: 500 });
    await expect(fetch(picture)).rejects.toThrow();
    expect(await lastEntry()).toMatchObject({ call: 'image', fault: 'cut-before', status: null });

    let answered = false;
    const answer = fetch(picture).then((it) => {
      answered = true;
      return it;
    });
    await waitUntil('it is on its way', async () => (await lastEntry()).fault === 'delay');
    expect(answered).toBe(false);
    clock.advanceAtOnce(3000);
    expect((await answer).status).toBe(200);
    expect((await fetch(picture)).status).toBe(200);
  });

  it('counts how often, picks the store, and speaks each platform’s words', async () => {
    await fault({ kind: 'error', path: 'list', times: 2, shopId: shop.shopId });
    const other = shopAt(sandbox, 'shopee', 1).shop;
    const elsewhere = await callShopee(app, other, '/api/v2/sellerchat/get_unread_conversation_count', {
      now: clock.now(),
    });
    expect(elsewhere.at('error')).toBe('');
    expect([(await list()).at('error'), (await list()).at('error'), (await list()).at('error')]).toEqual([
      'error_server',
      'error_server',
      '',
    ]);
    await command(sandbox, 'POST', '/faults', { kind: 'rate-limit', times: null });
    const lazada = shopAt(sandbox, 'lazada');
    expect(
      (await callLazada(lazada.app, lazada.shop, '/im/session/list', { now: clock.now() })).at('code'),
    ).toBe('ApiCallLimit');
    const tiktok = shopAt(sandbox, 'tiktok');
    const limited = await callTiktok(tiktok.app, tiktok.shop, '/customer_service/202309/conversations', {
      now: clock.now(),
    });
    expect([limited.status, limited.at('code')]).toEqual([429, 36009002]);
    expect((await list()).at('error')).toBe('error_rate_limit');
    expect((await command(sandbox, 'GET', '/faults')).list('faults')[0]).toMatchObject({
      kind: 'rate-limit',
      hits: 3,
    });
  });

  it.each([
    [[], 'A fault is a JSON object.'],
    [{ kind: 'nonsense' }, 'kind must be one of'],
    [{ kind: 'delay', platform: 'ebay' }, 'platform must be one of'],
    [{ kind: 'delay', times: 0 }, 'times must be'],
    [{ kind: 'delay', ms: -1 }, 'ms must be'],
    [{ kind: 'away' }, 'away needs a platform'],
  ])('refuses the order %o', async (order, sentence) => {
    const answer = await command(sandbox, 'POST', '/faults', order);
    expect([answer.status, answer.at('error')]).toEqual([400, expect.stringContaining(sentence)]);
  });
});
