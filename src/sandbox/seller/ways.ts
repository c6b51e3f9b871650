import type { PlatformId } from '../../contract/models.ts';
import { bareNumber } from '../api/json.ts';
import type { Shop } from '../world/model.ts';

/** What of a seller centre differs from platform to platform; where it is from: `reference/webchat.md`, 1 to 4. */
export interface SellerWays {
  readonly title: string;
  readonly signIn: string;
  readonly home: string;
  /** Null: no page of its own, it lies over the one that was asked for. */
  readonly challenge: string | null;
  /** Names of the cookies of a session; the first ones can't be read by the page's scripts. */
  readonly hiddenCookies: readonly string[];
  readonly openCookies: readonly string[];
  /** The call by which its page learns who it works as. */
  readonly call: { readonly method: 'GET' | 'POST'; readonly path: string };
  /** What that call answers. */
  known(shop: Shop, user: string): object;
  readonly unknown: { readonly status: number; readonly body: object };
  readonly challenged: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: object;
  };
}

export const sellerWays: Readonly<Record<PlatformId, SellerWays>> = {
  shopee: {
    title: 'Shopee',
    signIn: '/account/signin',
    home: '/',
    challenge: '/verify/traffic',
    hiddenCookies: ['SPC_SC_SESSION'],
    openCookies: ['SPC_SC_TK', 'SPC_SC_UD', 'SPC_CDS'],
    call: { method: 'POST', path: '/webchat/api/coreapi/v1.2/mini/login' },
    known: (shop, user) => ({
      token: 'sandbox',
      user: { id: bareNumber(shop.sellerId), name: user },
      shop: { id: bareNumber(shop.shopId), user_id: bareNumber(shop.sellerId) },
    }),
    unknown: { status: 403, body: { message: 'token not found' } },
    challenged: { status: 403, headers: {}, body: { message: 'verify' } },
  },
  lazada: {
    title: 'Lazada',
    signIn: '/apps/seller/login',
    home: '/apps/home',
    challenge: '/_____tmd_____/punish',
    hiddenCookies: ['asc_uid_enc', 'TID'],
    openCookies: ['asc_uid', 'CSRFT'],
    call: { method: 'GET', path: '/h5/mtop.sandbox.seller.shop.get/1.0/' },
    known: (shop) => ({
      ret: ['SUCCESS::ok'],
      data: { sellerId: shop.sellerId, site: shop.site.toLowerCase() },
    }),
    unknown: { status: 200, body: { ret: ['FAIL_SYS_SESSION_EXPIRED::Session expired'], data: {} } },
    challenged: { status: 200, headers: {}, body: { ret: ['FAIL_SYS_USER_VALIDATE', 'RGV587_ERROR::SM'] } },
  },
  tiktok: {
    title: 'TikTok Shop',
    signIn: '/account/login',
    home: '/homepage',
    challenge: null,
    hiddenCookies: ['sessionid', 'sessionid_ss'],
    openCookies: ['SHOP_ID'],
    call: { method: 'GET', path: '/api/v1/shop_im/shop/user/get_shop_live_metrics' },
    known: (shop) => ({
      code: 0,
      message: 'success',
      data: { shop_live_metrics: [{ oec_shop_id: shop.shopId, unread_count: 0, queue_length: 0 }] },
    }),
    unknown: { status: 200, body: { code: 98001002, message: 'not login' } },
    challenged: {
      status: 200,
      headers: { 'bdturing-verify': '{"type":"verify"}' },
      body: { code: 10000, message: 'verify' },
    },
  },
};
