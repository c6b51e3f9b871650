import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { platformIds } from '../contract/models.ts';
import { channelFor } from './registry.ts';
import { readAnswerText, type SellerSignal } from './seller-centre.ts';

const answer = (url: string, body: unknown, headers: Record<string, string> = {}): SellerSignal => ({
  kind: 'answer',
  url,
  status: 200,
  headers,
  body: readAnswerText(JSON.stringify(body)),
});
const page = (url: string): SellerSignal => ({ kind: 'page', url });
const LOGIN = 'https://seller.shopee.co.id/webchat/api/coreapi/v1.2/mini/login';
const MTOP = 'https://sellercenter.lazada.vn/h5/mtop.some.call/1.0/';
const METRICS = 'https://seller-my.tiktok.com/api/v1/shop_im/shop/user/get_shop_live_metrics?shop_region=MY';

describe('what is seen says', () => {
  test.each([
    ['shopee', page('https://seller.shopee.co.id/account/signin?next=%2F'), 'signed-out weak'],
    ['shopee', page('https://accounts.shopee.co.id/seller/login?next=x'), 'signed-out weak'],
    ['shopee', page('https://seller.shopee.co.id/verify/traffic?type=1'), 'challenge firm'],
    ['shopee', page('https://seller.shopee.co.id/new-webchat/conversations'), 'signed-in weak'],
    ['shopee', page('https://seller.shopee.co.id/edu'), null],
    ['shopee', { kind: 'cookies', names: ['SPC_SC_SESSION', 'SPC_SC_TK', 'x'] }, 'signed-in weak'],
    ['shopee', { kind: 'cookies', names: ['x'] }, 'signed-out weak'],
    ['shopee', { kind: 'cookies', names: ['SPC_SC_TK'] }, null],
    ['shopee', answer(LOGIN, { message: 'token not found' }), 'signed-out firm'],
    ['shopee', answer(LOGIN, { token: 't', user: { id: 1 }, shop: { id: 2 } }), 'signed-in firm'],
    ['shopee', answer('https://seller.shopee.co.id/other', { message: 'token not found' }), null],
    ['lazada', page('https://sellercenter.lazada.vn/apps/seller/login?redirect_url=x'), 'signed-out weak'],
    ['lazada', page('https://sellercenter.lazada.vn//x/_____tmd_____/punish?x5'), 'challenge firm'],
    ['lazada', answer(MTOP, { ret: ['FAIL_SYS_TOKEN_EXOIRED::x'] }), null],
    ['lazada', answer(MTOP, { ret: ['FAIL_SYS_SESSION_EXPIRED::x'] }), 'signed-out firm'],
    ['lazada', answer(MTOP, { ret: ['RGV587_ERROR::SM'] }), 'challenge firm'],
    ['lazada', answer(MTOP, { ret: ['SUCCESS::ok'] }), 'signed-in weak'],
    ['tiktok', page('https://seller-my.tiktok.com/account/login'), 'signed-out weak'],
    ['tiktok', answer(METRICS, { code: 98001002 }), 'signed-out firm'],
    ['tiktok', answer(METRICS, { code: 0 }), 'signed-in firm'],
    ['tiktok', answer(METRICS, { code: 0 }, { 'bdturing-verify': '{}' }), 'challenge firm'],
  ] as const)('%s %j: %s', (platform, signal, expected) => {
    const said = channelFor(platform).sellerCentre.readSignIn(signal);
    expect(said === null ? null : `${said.status} ${said.sure}`).toBe(expected);
  });

  test('which shop it is, ids beyond 2^53 digit by digit', () => {
    const text = '{"token":"t","user":{"id":1},"shop":{"id":9007199254740993}}';
    const signal: SellerSignal = {
      kind: 'answer',
      url: LOGIN,
      status: 200,
      headers: {},
      body: readAnswerText(text),
    };
    expect(channelFor('shopee').sellerCentre.readShop(signal)).toEqual({
      shopId: '9007199254740993',
      site: null,
    });
    const metrics = answer(METRICS, { code: 0, data: { shop_live_metrics: [{ oec_shop_id: '749' }] } });
    expect(channelFor('tiktok').sellerCentre.readShop(metrics)).toEqual({ shopId: '749', site: 'MY' });
    const two = { code: 0, data: { shop_live_metrics: [{ oec_shop_id: '1' }, { oec_shop_id: '2' }] } };
    expect(channelFor('tiktok').sellerCentre.readShop(answer(METRICS, two))).toEqual({
      shopId: null,
      site: 'MY',
    });
    expect(channelFor('lazada').sellerCentre.readShop(page('https://sellercenter.lazada.vn/'))).toEqual({
      shopId: null,
      site: 'VN',
    });
  });
});

test('garbage says nothing and throws nothing', () => {
  const anyUrl = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.constantFrom(LOGIN, MTOP, METRICS, 'javascript:1', 'data:,'),
  );
  const signal: fc.Arbitrary<SellerSignal> = fc.oneof(
    fc.record({ kind: fc.constant('page' as const), url: anyUrl }),
    fc.record({ kind: fc.constant('cookies' as const), names: fc.array(fc.string()) }),
    fc.record({
      kind: fc.constant('answer' as const),
      url: anyUrl,
      status: fc.integer(),
      headers: fc.dictionary(fc.string(), fc.string()),
      body: fc.oneof(fc.json(), fc.string()).map(readAnswerText),
    }),
  );
  fc.assert(
    fc.property(signal, fc.constantFrom(...platformIds), (one, platform) => {
      const { readSignIn, readShop, isTelling } = channelFor(platform).sellerCentre;
      readSignIn(one);
      readShop(one);
      if (one.kind !== 'cookies') isTelling(one.url);
    }),
  );
});
