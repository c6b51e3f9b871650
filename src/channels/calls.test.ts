import { describe, expect, it } from 'vitest';
import { cannedHttp, cannedStore } from '../testing/canned-http.ts';
import type { HttpRequest } from './http.ts';
import { lazada } from './lazada/index.ts';
import { signLazada } from './lazada/sign.ts';
import { shopee } from './shopee/index.ts';
import { tiktok } from './tiktok/index.ts';

const conversation = { remoteId: '7494560109732334261', buyerId: '98765432109876543210' };
const text = { kind: 'text', text: 'Ya, "ada" 😀 & lebih' } as const;

function only(requests: readonly HttpRequest[]): { request: HttpRequest & { body?: string }; url: URL } {
  expect(requests).toHaveLength(1);
  const [request] = requests;
  if (request === undefined) throw new Error('nothing was sent');
  const { body, ...rest } = request;
  if (body instanceof Uint8Array) throw new Error('bytes were sent');
  return { request: body === undefined ? rest : { ...rest, body }, url: new URL(request.url) };
}

describe('Shopee calls', () => {
  it('send with the buyer as a bare number of any length, signed in the query', async () => {
    const http = cannedHttp(
      '{"error":"","response":{"message_id":"2300000000000000001","conversation_id":123456789012345678,"created_timestamp":1700000003}}',
    );
    const receipt = await shopee.send(cannedStore(http), conversation, text);
    expect(receipt).toEqual({
      remoteId: '2300000000000000001',
      at: 1_700_000_003_000,
      sequence: '2300000000000000001',
    });
    const { request, url } = only(http.requests);
    expect(request).toMatchObject({ method: 'POST', effect: 'send' });
    expect(request.body).toBe(
      `{"to_id":98765432109876543210,"message_type":"text","content":{"text":${JSON.stringify(text.text)}}}`,
    );
    expect(url.pathname).toBe('/api/v2/sellerchat/send_message');
    expect([...url.searchParams.keys()].toSorted()).toEqual([
      'access_token',
      'partner_id',
      'shop_id',
      'sign',
      'timestamp',
    ]);
    expect(url.searchParams.get('timestamp')).toBe('1700000000');
  });

  it('refuses to send where the buyer is unknown', async () => {
    const http = cannedHttp('{}');
    await expect(shopee.send(cannedStore(http), { remoteId: '1', buyerId: '' }, text)).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(http.requests).toEqual([]);
  });

  it('page conversations backwards by nanoseconds, newest first, until `more` ends', async () => {
    const one = (id: string, nano: string): string =>
      `{"conversation_id":${id},"to_id":5,"to_name":"n","unread_count":"3","last_message_timestamp":${nano}}`;
    const list = [
      one('900719925474099399', '1700000000000000001'),
      one('2', '1700000001000000001'),
      '7',
      '{}',
    ];
    const page = (more: boolean): string =>
      `{"error":"","response":{"page_result":{"more":${String(more)},"next_cursor":{"next_message_time_nano":"17"}},"conversations":[${list.join(',')}]}}`;
    const http = cannedHttp(page(true));
    const first = await shopee.listConversations(cannedStore(http), null);
    expect(first.items.map((item) => [item.remoteId, item.lastMessageAt, item.unread])).toEqual([
      ['2', 1_700_000_001_000, 3],
      ['900719925474099399', 1_700_000_000_000, 3],
    ]);
    expect(first.next).toBe('17');
    expect(only(http.requests).url.searchParams.get('next_timestamp_nano')).toBe('1700086400000000000');
    // A cursor that doesn't move would go round for ever.
    expect((await shopee.listConversations(cannedStore(cannedHttp(page(true))), '17')).next).toBeNull();
    expect((await shopee.listConversations(cannedStore(cannedHttp(page(false))), null)).next).toBeNull();
  });

  it('refresh at the token address and count its life from now', async () => {
    const http = cannedHttp('{"error":"","access_token":"a2","refresh_token":"r2","expire_in":14400}');
    expect(await shopee.refreshToken(cannedStore(http))).toEqual({
      accessToken: 'a2',
      refreshToken: 'r2',
      accessTokenExpiresAt: 1_700_014_400_000,
      refreshTokenExpiresAt: 1_702_592_000_000,
    });
    const { request, url } = only(http.requests);
    expect(url.origin + url.pathname).toBe('https://auth.example/api/v2/auth/access_token/get');
    expect(request.body).toBe('{"refresh_token":"refresh-token","partner_id":1000001,"shop_id":880012345}');
  });

  it('know that shops in Taiwan can not send', async () => {
    const http = cannedHttp('{"error":"","response":{"conversation_id":"1"}}');
    expect((await shopee.getConversation(cannedStore(http, { site: 'TW' }), '1')).canSend).toBe(false);
  });
});

describe('Lazada calls', () => {
  it('go to the gateway of the site, under /rest, signed without it, as a form', async () => {
    const http = cannedHttp('{"code":"0","data":{"message_id":"m1","current_time":"1700000004000"}}');
    const base = cannedStore(http);
    const app = { ...base.app, gateways: { TH: 'https://th.example' } };
    const receipt = await lazada.send(
      { ...base, site: 'TH', app },
      { remoteId: '1_2_3_1_103', buyerId: '3' },
      text,
    );
    expect(receipt).toEqual({ remoteId: 'm1', at: 1_700_000_004_000, sequence: '' });
    const { request, url } = only(http.requests);
    expect(url.href).toBe('https://th.example/rest/im/message/send');
    const form = Object.fromEntries(new URLSearchParams(request.body));
    expect(form).toMatchObject({
      session_id: '1_2_3_1_103',
      template_id: '1',
      txt: text.text,
      access_token: 'access-token',
    });
    expect(form['sign']).toBe(signLazada('app-secret', '/im/message/send', form));
  });

  it('page by time and last id', async () => {
    const answer = {
      code: '0',
      data: { has_more: 'true', next_start_time: '1699', last_message_id: 'm9', message_list: [] },
    };
    const http = cannedHttp(JSON.stringify(answer));
    const page = await lazada.listMessages(cannedStore(http), conversation, '1700 m1');
    expect(page).toEqual({ items: [], next: '1699 m9' });
    expect(Object.fromEntries(only(http.requests).url.searchParams)).toMatchObject({
      start_time: '1700',
      last_message_id: 'm1',
      page_size: '20',
    });
    expect((await lazada.listMessages(cannedStore(http), conversation, '1699 m9')).next).toBeNull();
  });

  it('refresh without an access token; a refresh life of 0 ends now', async () => {
    const answer = {
      code: '0',
      access_token: 'a2',
      refresh_token: 'r2',
      expires_in: '604800',
      refresh_expires_in: '0',
    };
    const http = cannedHttp(JSON.stringify(answer));
    const token = await lazada.refreshToken(cannedStore(http));
    expect(token).toMatchObject({
      accessTokenExpiresAt: 1_700_604_800_000,
      refreshTokenExpiresAt: 1_700_000_000_000,
    });
    const { request, url } = only(http.requests);
    expect(url.href).toBe('https://auth.example/rest/auth/token/refresh');
    expect(request.body).not.toContain('access_token=');
  });
});

describe('TikTok Shop calls', () => {
  it('send JSON text inside JSON, with the token in a header', async () => {
    const http = cannedHttp('{"code":0,"data":{"message_id":"7494560109732334299"}}');
    const receipt = await tiktok.send(cannedStore(http), conversation, text);
    expect(receipt).toEqual({ remoteId: '7494560109732334299', at: null, sequence: '' });
    const { request, url } = only(http.requests);
    expect(request.headers).toMatchObject({ 'x-tts-access-token': 'access-token' });
    expect(request.body).toBe(
      JSON.stringify({ type: 'TEXT', content: JSON.stringify({ content: text.text }) }),
    );
    expect(url.searchParams.get('shop_cipher')).toBe('ROW_cipher');
    expect(url.searchParams.has('access_token')).toBe(false);
  });

  it('take an id that is no number for what it is', async () => {
    const bad = { remoteId: '../../authorization', buyerId: '' };
    await expect(tiktok.send(cannedStore(cannedHttp('{}')), bad, text)).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('find one conversation in the list, or say that there is none', async () => {
    const list =
      '{"code":0,"data":{"next_page_token":"","conversations":[{"id":"11","can_send_message":false}]}}';
    expect(await tiktok.getConversation(cannedStore(cannedHttp(list)), '11')).toMatchObject({
      canSend: false,
    });
    await expect(tiktok.getConversation(cannedStore(cannedHttp(list)), '12')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('give up a list that has no end', async () => {
    const http = cannedHttp('');
    const endless = {
      ...http,
      request: (request: HttpRequest) => {
        http.requests.push(request);
        if (http.requests.length > 200) throw new Error('read for ever');
        const text = `{"code":0,"data":{"next_page_token":"${String(http.requests.length)}"}}`;
        return Promise.resolve({ status: 200, headers: {}, text });
      },
    };
    await expect(tiktok.getConversation(cannedStore(endless), '12')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('refresh unsigned and take the dates as moments', async () => {
    const data = {
      access_token: 'a2',
      refresh_token: 'r2',
      access_token_expire_in: 1700600000,
      refresh_token_expire_in: 1731000000,
    };
    const http = cannedHttp(JSON.stringify({ code: 0, data }));
    expect(await tiktok.refreshToken(cannedStore(http))).toEqual({
      accessToken: 'a2',
      refreshToken: 'r2',
      accessTokenExpiresAt: 1_700_600_000_000,
      refreshTokenExpiresAt: 1_731_000_000_000,
    });
    expect(only(http.requests).url.searchParams.has('sign')).toBe(false);
  });
});
