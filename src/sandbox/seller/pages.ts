import type { PlatformId } from '../../contract/models.ts';
import type { Shop } from '../world/model.ts';
import type { SellerUser } from '../world/seller-desk.ts';
import type { SellerWays } from './ways.ts';

/** Every page of the seller centres bears this: nothing else may run or be loaded in it. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

interface Frame {
  readonly platform: PlatformId;
  readonly ways: SellerWays;
  readonly site: string;
}

function page({ platform, ways, site }: Frame, title: string, body: string): string {
  return `<!doctype html>
<html lang="en" data-platform="${platform}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} - ${escaped(ways.title)} ${escaped(site)} (sandbox)</title>
<link rel="stylesheet" href="/sandbox.css">
<script src="/sandbox.js" defer></script>
</head>
<body>
<header><b>${escaped(ways.title)}</b> Seller Centre <span class="site">${escaped(site)}</span>
<em>Sandbox: a stand-in on this computer, not the marketplace</em></header>
<main>${body}</main>
</body>
</html>`;
}

export function signInPage(
  frame: Frame,
  next: string,
  users: readonly SellerUser[],
  problem: string | null,
): string {
  const rows = users
    .map((user) => `<tr><td>${escaped(user.name)}</td><td><code>${escaped(user.password)}</code></td></tr>`)
    .join('');
  const said = problem === null ? '' : `<p role="alert" class="problem">${escaped(problem)}</p>`;
  return page(
    frame,
    'Sign in',
    `<h1>Sign in</h1>${said}
<form method="post" class="card">
<input type="hidden" name="next" value="${escaped(next)}">
<label>Name <input name="name" autocomplete="username" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button>
</form>
<section class="card"><h2>Who can sign in here</h2>
<p>This is the sandbox, so it tells. The last one is a main account that holds every shop of the platform.</p>
<table><thead><tr><th>Name</th><th>Password</th></tr></thead><tbody>${rows}</tbody></table></section>`,
  );
}

/** A question only a person is to answer: here a button. */
export function challengeForm(next: string): string {
  return `<form method="post" action="/sandbox/verified" class="card challenge" role="dialog" aria-labelledby="verify">
<h1 id="verify">Please verify that you are a person</h1>
<p>The platform noticed unusual traffic.</p>
<input type="hidden" name="next" value="${escaped(next)}">
<button autofocus>I am a person</button>
</form>`;
}

export function challengePage(frame: Frame, next: string): string {
  return page(frame, 'Verification', challengeForm(next));
}

interface Home extends Frame {
  readonly user: SellerUser;
  readonly shop: Shop;
  /** Its user's shops, with where each is. */
  readonly shops: readonly { readonly shop: Shop; readonly url: string }[];
  /** A verification lies over it. */
  readonly isChallenged: boolean;
}

export function homePage(home: Home): string {
  const { shop, shops, user, ways } = home;
  const products = shop.products
    .slice(0, 6)
    .map((product) => `<li><a href="/product/${escaped(product.itemId)}">${escaped(product.title)}</a></li>`)
    .join('');
  return page(
    home,
    'Home',
    `${home.isChallenged ? challengeForm(ways.home) : ''}
<h1 id="shop" data-shop="${escaped(shop.shopId)}" data-site="${escaped(shop.site)}">${escaped(shop.name)} ${escaped(shop.site)}</h1>
<p>Signed in as <b id="user">${escaped(user.name)}</b>. This browser has been known here since <time id="since">...</time>.</p>
${shops.length > 1 ? switcher(home) : ''}
<section class="card"><h2>Products</h2><ul>${products}</ul></section>
<section class="card"><h2>Files</h2><ul>
<li><a href="/files/orders.csv" id="orders">Orders of today (CSV)</a></li>
<li><a href="/files/invoice" id="invoice">Invoice with a nasty name</a></li></ul></section>
<form method="post" action="/sandbox/sign-out"><button id="sign-out">Sign out</button></form>`,
  );
}

/** Shopee changes the shop on one page, Lazada and TikTok Shop go to another address. */
function switcher({ platform, shop, shops }: Home): string {
  if (platform !== 'shopee') {
    const tabs = shops
      .map((one) => {
        const current = one.shop === shop ? ' aria-current="page"' : '';
        return `<a href="${escaped(one.url)}"${current}>${escaped(one.shop.site)}</a>`;
      })
      .join(' ');
    return `<nav class="card" id="sites" aria-label="Sites">${tabs}</nav>`;
  }
  const options = shops
    .map((one) => {
      const chosen = one.shop === shop ? ' selected' : '';
      return `<option value="${escaped(one.shop.shopId)}"${chosen}>${escaped(one.shop.name)} ${escaped(one.shop.site)}</option>`;
    })
    .join('');
  return `<form method="post" action="/sandbox/shop" class="card"><label>Shop
<select name="shop" id="regionShopSelector">${options}</select></label> <button>Switch</button></form>`;
}

export function productPage(frame: Frame, title: string, price: string): string {
  return page(frame, title, `<h1>${escaped(title)}</h1><p>${escaped(price)}</p>`);
}

export function plainPage(frame: Frame, title: string, words: string): string {
  return page(frame, title, `<h1>${escaped(title)}</h1><p>${escaped(words)}</p>`);
}
