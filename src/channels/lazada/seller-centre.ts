import { at, isList } from '../json.ts';
import { asId } from '../readers.ts';
import { makeSellerCentre } from '../seller-centre.ts';

const domains: Readonly<Record<string, string>> = {
  SG: 'lazada.sg',
  MY: 'lazada.com.my',
  TH: 'lazada.co.th',
  PH: 'lazada.com.ph',
  ID: 'lazada.co.id',
  VN: 'lazada.vn',
};

/** Lazada's seller centre; sources and certainty: `reference/webchat.md` 1.2. */
export const lazadaSellerCentre = makeSellerCentre({
  homes: {
    // [B]
    ...Object.fromEntries(
      Object.entries(domains).map(([site, name]) => [site, `https://sellercenter.${name}/`]),
    ),
    // [C]
    CN: 'https://gsp.lazada-seller.cn/portal/home/index',
  },
  domains: [...Object.values(domains), 'lazada-seller.cn'],
  // [B], and a landing seen as well and the cross-border one [C].
  sellerHost: /^(?:sellercenter[^.]*|gsp)\.lazada/,
  signInPath: /^\/(?:apps\/seller\/login|apps\/register\/index|page\/login)(?:\/|$)/,
  challengePath: /_____tmd_____\/punish/, // [C for a sister platform, D here]
  insidePath: /^\/(?:$|apps\/(?:home|im)(?:\/|$)|portal(?:\/|$))/, // [C], `apps/home` [D]
  sessionCookies: ['asc_uid', 'CSRFT'], // [C]
  // Calls of the page's gateway [D].
  tellingPath: /^\/h5\/mtop\./,
  readAnswer: ({ body }) => {
    const words = wordsOf(body);
    // The page renews its token and asks again: no sign of anything [C].
    if (words.includes('FAIL_SYS_TOKEN_')) return null;
    // [C for a sister platform, D here]
    if (/RGV587_ERROR|FAIL_SYS_USER_VALIDATE/.test(words)) return { status: 'challenge', sure: 'firm' };
    if (words.includes('FAIL_SYS_SESSION_EXPIRED')) return { status: 'signed-out', sure: 'firm' };
    return words.includes('SUCCESS') ? { status: 'signed-in', sure: 'weak' } : null;
  },
  readShop: (signal, url) => {
    const site = Object.entries(domains).find(([, name]) => url.hostname.endsWith(`.${name}`))?.[0] ?? null;
    // Where the page names its seller is not known [D].
    const shopId = signal.kind === 'answer' ? asId(at(signal.body, 'data', 'sellerId')) : null;
    const own = signal.kind === 'answer' ? at(signal.body, 'data', 'site') : undefined;
    const said = typeof own === 'string' && /^[a-z]{2}$/i.test(own) ? own.toUpperCase() : null;
    // Where the address tells, it counts.
    const shop = { shopId, site: site ?? said };
    return shop.shopId === null && shop.site === null ? null : shop;
  },
});

function wordsOf(body: Parameters<typeof at>[0]): string {
  const ret = at(body, 'ret');
  return isList(ret) ? ret.filter((word) => typeof word === 'string').join(' ') : '';
}
