import { at } from '../json.ts';
import { asId } from '../readers.ts';
import { makeSellerCentre } from '../seller-centre.ts';

/** What the chat answers whom it does not know [C]. */
const NOT_KNOWN = 'token not found';

/** Shopee's seller centre; sources and certainty: `reference/webchat.md` 1.1 and 2. */
export const shopeeSellerCentre = makeSellerCentre({
  homes: {
    // [B]
    ID: 'https://seller.shopee.co.id/',
    MY: 'https://seller.shopee.com.my/',
    TH: 'https://seller.shopee.co.th/',
    PH: 'https://seller.shopee.ph/',
    BR: 'https://seller.shopee.com.br/',
    CN: 'https://seller.shopee.cn/',
    // [C]
    SG: 'https://seller.shopee.sg/',
    TW: 'https://seller.shopee.tw/',
    VN: 'https://seller.shopee.vn/',
    // [D]
    CL: 'https://seller.shopee.cl/',
    CO: 'https://seller.shopee.com.co/',
    MX: 'https://seller.shopee.com.mx/',
  },
  domains: [
    'shopee.co.id',
    'shopee.com.my',
    'shopee.co.th',
    'shopee.ph',
    'shopee.com.br',
    'shopee.cn',
    'shopee.sg',
    'shopee.tw',
    'shopee.vn',
    'shopee.cl',
    'shopee.com.co',
    'shopee.com.mx',
  ],
  // The older and the newer form [B].
  sellerHost: /^(?:seller|banhang|accounts)\.shopee\./,
  signInPath: /^\/(?:account\/signin|seller\/login)(?:\/|$)/,
  challengePath: /\/verify\/traffic(?:\/|$)/, // [C]
  // Home, chat pages of both forms [B], the portal [C].
  insidePath: /^\/(?:$|portal(?:\/|$)|(?:new-)?webchat\/)/,
  sessionCookies: ['SPC_SC_SESSION', 'SPC_SC_TK'], // [B]
  // The chat's own sign-in, of the full page [B], the portal and cross-border [C].
  tellingPath: /^\/webchat\/api\/coreapi\/v1\.2\/(?:mini\/)?(?:cbsc\/)?login$/,
  readAnswer: ({ body }) => {
    const message = at(body, 'message');
    if (typeof message === 'string' && message.toLowerCase() === NOT_KNOWN) {
      return { status: 'signed-out', sure: 'firm' };
    }
    const isKnown = typeof at(body, 'token') === 'string' && asId(at(body, 'user', 'id')) !== null;
    return isKnown ? { status: 'signed-in', sure: 'firm' } : null;
  },
  // `shop.id` is the shop; `shop.user_id` and `user.id` are accounts [C].
  readShop: (signal) => {
    const shopId = signal.kind === 'answer' ? asId(at(signal.body, 'shop', 'id')) : null;
    return shopId === null ? null : { shopId, site: null };
  },
});
