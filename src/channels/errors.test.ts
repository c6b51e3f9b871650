import { describe, expect, it } from 'vitest';
import { CodedError } from '../base/errors.ts';
import { cannedHttp, cannedStore } from '../testing/canned-http.ts';
import { channelFor } from './registry.ts';
import type { Channel } from './channel.ts';

type Platform = Channel['facts']['platform'];
const conversation = { remoteId: '7494560109732334261', buyerId: '70001' };

/** Code and reason of a send and of a read that get this answer; `ok` where they pass. */
async function outcomes(platform: Platform, text: string, status = 200, headers = {}): Promise<string[]> {
  const store = cannedStore(cannedHttp(text, status, headers));
  const channel = channelFor(platform);
  const calls = [
    channel.send(store, conversation, { kind: 'text', text: 'hi' }),
    channel.listMessages(store, conversation, null),
  ];
  return Promise.all(
    calls.map((call) =>
      call.then(
        () => 'ok',
        (error: unknown) => {
          if (!(error instanceof CodedError)) throw error;
          const wait = error.details?.retryAfterMs;
          return `${error.code} ${error.details?.reason ?? ''}${wait === undefined ? '' : ` ${String(wait)}`}`;
        },
      ),
    ),
  );
}

const same = (outcome: string): string[] => [outcome, outcome];
const unclear = (reason: string): string[] => [`ambiguous ${reason}`, `unreachable ${reason}`];
const shopee = (error: string, message = ''): string => JSON.stringify({ error, message, request_id: 'r' });
const gateway = (code: string, message = '', type = 'ISV'): string => JSON.stringify({ code, type, message });
const tiktok = (code: number, message = ''): string => JSON.stringify({ code, message, request_id: 'r' });

describe.each(['shopee', 'lazada', 'tiktok'] as const)('%s: what is no refusal', (platform) => {
  it.each([
    ['nothing', '', 200],
    ['HTML', '<html>502 Bad Gateway</html>', 502],
    ['a list', '[]', 200],
    ['cut JSON', '{"error":"","code":0,"respo', 200],
    ['an envelope without its code', '{"message":"ok"}', 200],
    ['fields of other kinds', '{"error":{},"code":{}}', 200],
    ['HTML with 403', '<html>blocked</html>', 403],
    ['deep nesting', '['.repeat(10_000), 200],
  ])('%s', async (_, text, status) => {
    expect(await outcomes(platform, text, status)).toEqual(unclear('unreadable_answer'));
  });

  it('a good envelope under a failing status, and a send accepted without an id', async () => {
    const good = '{"error":"","code":"0","response":{},"data":{}}';
    expect(await outcomes(platform, good, 500)).toEqual(unclear('unreadable_answer'));
    expect(await outcomes(platform, good)).toEqual(['ambiguous unreadable_answer', 'ok']);
  });
});

describe('Shopee errors', () => {
  it.each([
    ['error_auth', same('auth-expired error_auth')],
    ['invalid_acceess_token', same('auth-expired invalid_acceess_token')],
    ['shop_no_linked', same('auth-expired shop_no_linked')],
    ['error_rate_limit', same('rate-limited error_rate_limit 1000')],
    // 22:13:20 UTC is 06:13:20 at UTC+8; midnight is 17:46:40 away.
    ['error_limit', same('rate-limited daily_limit 64000000')],
    ['error_server', unclear('error_server')],
    ['system_busy', unclear('system_busy')],
    ['internal_server_error', unclear('internal_server_error')],
    ['error_sign', same('rejected wrong_signature')],
    ['reach_5_message_limit', same('rejected reply_limit')],
    ['message_is_censored', same('rejected sensitive_content')],
    ['resource_not_found', same('not-found resource_not_found')],
    ['brand_new_error', same('rejected brand_new_error')],
    // Names nobody has written down, that speak of the platform's own trouble.
    ['error_inner', unclear('error_inner')],
    ['error_system_error', unclear('error_system_error')],
    ['constructor', same('rejected constructor')],
  ])('%s, under 200 and 403 alike', async (error, expected) => {
    expect(await outcomes('shopee', shopee(error))).toEqual(expected);
    expect(await outcomes('shopee', shopee(error), 403)).toEqual(expected);
  });

  it('tells a wrong clock from other wrong parameters', async () => {
    expect(await outcomes('shopee', shopee('error_param', 'Timestamp is expired'))).toEqual(
      same('rejected clock_skew'),
    );
    expect(await outcomes('shopee', shopee('error_param', 'bad id'))).toEqual(
      same('rejected wrong_parameter'),
    );
  });

  it('does not believe an unknown code that comes with a server error', async () => {
    expect(await outcomes('shopee', shopee('brand_new_error'), 502)).toEqual(unclear('brand_new_error'));
  });
});

describe('Lazada errors', () => {
  it.each([
    [gateway('IllegalAccessToken'), same('auth-expired IllegalAccessToken')],
    [
      gateway('ApiCallLimit', 'this ban will last 3 seconds', 'SYSTEM'),
      same('rate-limited ApiCallLimit 3000'),
    ],
    [gateway('ApiCallLimit'), same('rate-limited ApiCallLimit 1300')],
    [gateway('ServiceTimeout', '', 'ISP'), unclear('ServiceTimeout')],
    [gateway('UnknownRuntimeException'), unclear('UnknownRuntimeException')],
    [gateway('SomethingNew', '', 'ISP'), unclear('SomethingNew')],
    [gateway('SomethingNew', 'it does not exist', 'ISP'), unclear('SomethingNew')],
    [gateway('SomethingNew', '', 'SYSTEM'), unclear('SomethingNew')],
    [gateway('SomethingNew', 'Remote service unavailable'), unclear('SomethingNew')],
    [gateway('ServiceTimeout', 'timestamp 1700000000000', 'ISP'), unclear('ServiceTimeout')],
    [gateway('IllegalAccessToken', 'it does not exist'), same('auth-expired IllegalAccessToken')],
    [gateway('SomethingNew'), same('rejected SomethingNew')],
    [gateway('IncompleteSignature'), same('rejected wrong_signature')],
    [gateway('InvalidParameter', 'The timestamp is outside the window'), same('rejected clock_skew')],
    [
      '{"code":"0","success":false,"err_code":"7","err_message":"session does not exist"}',
      same('not-found 7'),
    ],
    [gateway('SellerNotActive', '', 'ISP'), same('rejected shop_not_active')],
    [
      '{"code":"0","success":"false","err_code":"-22","err_message":"too old"}',
      same('rejected conversation_closed'),
    ],
    ['{"code":"0","success":false,"err_code":4711}', same('rejected 4711')],
    ['{"code":"0","success":false,"err_code":"0"}', unclear('unreadable_answer')],
  ])('%s', async (text, expected) => {
    expect(await outcomes('lazada', text)).toEqual(expected);
  });

  it('takes numbers and booleans as text or bare', async () => {
    const sent = { code: 0, success: 'true', err_code: 0, data: { message_id: 'm' } };
    expect(await outcomes('lazada', JSON.stringify(sent))).toEqual(same('ok'));
  });
});

describe('TikTok Shop errors', () => {
  it.each([
    [tiktok(105002), same('auth-expired 105002')],
    [tiktok(36009004, 'Invalid access token'), same('auth-expired 36009004')],
    [tiktok(36009004, 'timestamp expired'), same('rejected clock_skew')],
    [tiktok(36009004, 'sign is missing'), same('rejected wrong_signature')],
    [tiktok(106001), same('rejected wrong_signature')],
    [tiktok(36009002), same('rate-limited 36009002 1000')],
    [tiktok(45101004), same('rate-limited daily_limit 3600000')],
    [tiktok(36009003), unclear('36009003')],
    [tiktok(45101001), unclear('45101001')],
    [tiktok(45101003), same('not-found 45101003')],
    [tiktok(45101006), same('rejected sensitive_content')],
    [tiktok(45109001), same('rejected conversation_closed')],
    [tiktok(99999999), same('rejected 99999999')],
    [tiktok(99999999, 'Internal error'), unclear('99999999')],
  ])('%s', async (text, expected) => {
    expect(await outcomes('tiktok', text)).toEqual(expected);
  });

  it('knows HTTP 429 by itself, with its wait; 503 says nothing about a send', async () => {
    expect(await outcomes('tiktok', 'slow down', 429, { 'retry-after': '5' })).toEqual(
      same('rate-limited 429 5000'),
    );
    expect(await outcomes('tiktok', tiktok(36009002), 429)).toEqual(same('rate-limited 429 1000'));
    expect(await outcomes('tiktok', 'unavailable', 503)).toEqual(unclear('unreadable_answer'));
  });
});
