import { at, isList } from '../json.ts';
import { asId } from '../readers.ts';
import { makeSellerCentre } from '../seller-centre.ts';

/** Signed out, in the answers of the seller's own host [B]. */
const SIGNED_OUT = '98001002';

/** TikTok Shop's seller centre; sources and certainty: `reference/webchat.md` 1.3 and 4. */
export const tiktokSellerCentre = makeSellerCentre({
  homes: {
    // [B]
    ...Object.fromEntries(
      ['US', 'MY', 'TH', 'PH', 'VN', 'SG', 'BR', 'MX'].map((site) => [
        site,
        `https://seller-${site.toLowerCase()}.tiktok.com/`,
      ]),
    ),
    GB: 'https://seller-uk.tiktok.com/',
    ID: 'https://seller-id.tokopedia.com/',
    CN: 'https://seller.tiktokshopglobalselling.com/',
  },
  domains: ['tiktok.com', 'tokopedia.com', 'tiktokshopglobalselling.com', 'tiktokglobalshop.com'],
  sellerHost: /^seller[^.]*\./,
  signInPath: /^\/account\/login(?:\/|$)/, // [B]
  challengePath: null,
  // Home [C], chat [B].
  insidePath: /^\/(?:homepage|chat\/inbox)(?:\/|$)/,
  sessionCookies: ['sessionid', 'sessionid_ss'], // [C]
  tellingPath: /^\/api\/v1\/shop_im\//, // [B]
  readAnswer: ({ headers, body }) => {
    if (headers['bdturing-verify'] !== undefined) return { status: 'challenge', sure: 'firm' }; // [C]
    const code = asId(at(body, 'code'));
    if (code === SIGNED_OUT) return { status: 'signed-out', sure: 'firm' };
    return code === '0' ? { status: 'signed-in', sure: 'firm' } : null;
  },
  readShop: (signal, url) => {
    const region = url.searchParams.get('shop_region') ?? '';
    const site = /^[a-z]{2}$/i.test(region) ? region.toUpperCase() : null;
    const metrics = signal.kind === 'answer' ? at(signal.body, 'data', 'shop_live_metrics') : undefined;
    // More than one shop at once says nothing of which one the page works as.
    const shopId = isList(metrics) && metrics.length === 1 ? asId(at(metrics[0], 'oec_shop_id')) : null;
    return shopId === null && site === null ? null : { shopId, site };
  },
});
