import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '../../base/time.ts';
import { readBody } from '../http/body.ts';
import { sendBody, sendJson } from '../http/deliver.ts';
import type { Commits } from '../journal/commits.ts';
import type { Effect } from '../world/effects.ts';
import type { Shop } from '../world/model.ts';
import { SESSION_MS, type SellerSession } from '../world/seller-desk.ts';
import type { World } from '../world/world.ts';
import { NASTY_NAME, script, STYLE } from './assets.ts';
import { challengePage, homePage, PAGE_HEADERS, plainPage, productPage, signInPage } from './pages.ts';
import { sellerWays, type SellerWays } from './ways.ts';

/** How a platform's seller centres misbehave for now. */
export interface SellerManner {
  delayMs: number;
  isBroken: boolean;
}

export interface SellerParts {
  readonly world: World;
  readonly commits: Commits;
  readonly clock: Clock;
  /** The shop whose site this address is. */
  readonly shop: Shop;
  /** Where the other sites of the platform are, by shop key. */
  readonly urlOf: (shop: Shop) => string;
  readonly manner: SellerManner;
}

/** Wrong passwords in a row before a person is asked to prove to be one. */
const MAX_WRONG = 5;
const SESSION_SECONDS = SESSION_MS / 1000;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly session: SellerSession | null;
}

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly effects?: readonly Effect[];
}

/** Answers one seller-centre address: one site of one platform. */
export function sellerListener(parts: SellerParts): RequestListener {
  const desk = new SellerAddress(parts);
  return (request, response) => {
    desk.handle(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { message: 'internal error' });
    });
  };
}

class SellerAddress {
  readonly #parts: SellerParts;
  readonly #ways: SellerWays;
  #wrong = 0;

  constructor(parts: SellerParts) {
    this.#parts = parts;
    this.#ways = sellerWays[parts.shop.platform];
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { manner, clock } = this.#parts;
    const body = await readBody(request, 64 * 1024);
    const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
    if (body === null || url === null) return sendJson(response, 400, { message: 'bad request' });
    const asked: Asked = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      form: new URLSearchParams(body.toString('utf8')),
      session: this.#sessionOf(request),
    };
    const answer = manner.isBroken ? { status: 500, body: '<h1>500</h1>' } : this.#answer(asked, request);
    this.#note(asked, answer, request.socket.remoteAddress ?? '');
    if (manner.delayMs > 0) clock.after(manner.delayMs, () => send(response, answer));
    else send(response, answer);
  }

  #sessionOf(request: IncomingMessage): SellerSession | null {
    const cookies = new Map(
      (request.headers.cookie ?? '').split(/; */).map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [name, value.join('=')] as const;
      }),
    );
    const token = cookies.get(this.#ways.hiddenCookies[0] ?? '');
    return token === undefined
      ? null
      : this.#parts.world.sellers.byToken(this.#parts.shop.platform, decode(token), this.#parts.clock.now());
  }

  /** Before the answer goes out, as everything that happens here. */
  #note({ method, path, session }: Asked, { status, effects = [] }: Answer, from: string): void {
    const { platform, site } = this.#parts.shop;
    this.#parts.commits.commit({
      kind: 'seller',
      at: this.#parts.clock.now(),
      platform,
      site,
      from,
      method,
      path: path.slice(0, 300),
      user: session?.user.name ?? null,
      status,
      effects,
    });
  }

  #answer(asked: Asked, request: IncomingMessage): Answer {
    const { method, path } = asked;
    // Forms of other pages change nothing here.
    if (method === 'POST' && isForeign(request)) return { status: 403, body: '<h1>403</h1>' };
    // A link that is only followed changes nothing either.
    if (path.startsWith('/sandbox/') && method !== 'POST') return { status: 405, body: '<h1>405</h1>' };
    if (path === '/sandbox.css') return { status: 200, type: 'text/css', body: STYLE };
    if (path === '/sandbox.js') return { status: 200, type: 'text/javascript', body: script(this.#ways) };
    if (path === this.#ways.signIn) return method === 'POST' ? this.#signIn(asked) : this.#form(asked, null);
    if (path === '/sandbox/verified') return this.#verified(asked);
    if (path === this.#ways.challenge) return this.#html(challengePage(this.#frame, this.#next(asked)));
    if (path.startsWith('/product/')) return this.#product(path.slice('/product/'.length));
    const shop = this.#shopOf(asked);
    if (path === this.#ways.call.path) return this.#who(asked.session, shop);
    if (asked.session === null || shop === null) return this.#away(asked);
    return this.#inside(asked, asked.session, shop);
  }

  #inside(asked: Asked, session: SellerSession, shop: Shop): Answer {
    const { world } = this.#parts;
    switch (asked.path) {
      case '/sandbox/sign-out':
        return { ...to(this.#ways.signIn), effects: [{ kind: 'seller-out', session: session.number }] };
      case '/sandbox/shop': {
        const chosen = world.shop(shop.platform, asked.form.get('shop') ?? '');
        const isOwn = chosen !== undefined && session.user.shops.includes(chosen.key);
        return isOwn
          ? {
              ...to(this.#ways.home),
              effects: [{ kind: 'seller-shop', session: session.number, shop: chosen.key }],
            }
          : to(this.#ways.home);
      }
      case '/files/orders.csv':
        return file('orders.csv', 'order,amount\n1,10\n', 'text/csv');
      case '/files/invoice':
        return file(NASTY_NAME, 'invoice', 'application/octet-stream');
      case this.#ways.home: {
        const isDue = world.sellers.isDue(session.user);
        if (isDue && this.#ways.challenge !== null) {
          return to(`${this.#ways.challenge}?next=${encodeURIComponent(this.#ways.home)}`);
        }
        return this.#home(session, shop, isDue);
      }
      case '/':
        return to(this.#ways.home);
      default:
        return { ...this.#html(plainPage(this.#frame, 'Not found', 'There is no such page.')), status: 404 };
    }
  }

  get #frame(): Parameters<typeof challengePage>[0] {
    const { platform, site } = this.#parts.shop;
    return { platform, ways: this.#ways, site };
  }

  /** Which shop a session works as at this address; null: it has none here. */
  #shopOf({ session, query }: Asked): Shop | null {
    const { shop, world } = this.#parts;
    if (session === null) return null;
    const isOwn = (one: Shop): boolean => session.user.shops.includes(one.key);
    const region = shop.platform === 'tiktok' ? query.get('shop_region')?.toUpperCase() : undefined;
    const wanted = world
      .shopsOf(shop.platform)
      .find((one) => one.key === session.shop || (region !== undefined && one.site === region));
    const shown = wanted ?? shop;
    return isOwn(shown) ? shown : null;
  }

  #who(session: SellerSession | null, shop: Shop | null): Answer {
    const { unknown, challenged, known } = this.#ways;
    if (session === null || shop === null) return json(unknown.status, unknown.body);
    if (this.#parts.world.sellers.isDue(session.user)) {
      return { ...json(challenged.status, challenged.body), headers: challenged.headers };
    }
    return json(200, known(shop, session.user.name));
  }

  #home(session: SellerSession, shop: Shop, isChallenged: boolean): Answer {
    const { world, urlOf } = this.#parts;
    const shops = world
      .shopsOf(shop.platform)
      .filter((one) => session.user.shops.includes(one.key))
      .map((one) => ({ shop: one, url: `${urlOf(one)}${this.#ways.home}?shop_region=${one.site}` }));
    return this.#html(homePage({ ...this.#frame, user: session.user, shop, shops, isChallenged }));
  }

  #away({ path, query }: Asked): Answer {
    const search = query.size === 0 ? '' : `?${query.toString()}`;
    return to(`${this.#ways.signIn}?next=${encodeURIComponent(`${path}${search}`)}`);
  }

  #form(asked: Asked, problem: string | null): Answer {
    const { sellers } = this.#parts.world;
    const users = sellers.users.filter(({ shops }) => shops.includes(this.#parts.shop.key));
    const answer = this.#html(signInPage(this.#frame, this.#next(asked), users, problem));
    return problem === null ? answer : { ...answer, status: 401 };
  }

  #signIn(asked: Asked): Answer {
    const { world, shop } = this.#parts;
    const user = world.sellers.user(shop.platform, asked.form.get('name') ?? '');
    if (this.#wrong >= MAX_WRONG) {
      if (this.#ways.challenge !== null) return to(this.#ways.challenge);
      return this.#html(challengePage(this.#frame, this.#next(asked)));
    }
    if (user === undefined || user.password !== asked.form.get('password')) {
      this.#wrong += 1;
      return this.#form(asked, 'Name or password is wrong.');
    }
    if (!user.shops.includes(shop.key)) return this.#form(asked, 'This account has no shop on this site.');
    this.#wrong = 0;
    const token = encodeURIComponent(world.sellers.tokenOf(world.sellers.next));
    const cookie = (name: string, more: string): string =>
      `${name}=${token}; Path=/; Max-Age=${SESSION_SECONDS}; SameSite=Lax${more}`;
    return {
      ...to(this.#next(asked)),
      headers: {
        location: this.#next(asked),
        'set-cookie': [
          ...this.#ways.hiddenCookies.map((name) => cookie(name, '; HttpOnly')),
          ...this.#ways.openCookies.map((name) =>
            cookie(name, '').replace(token, String(world.sellers.next)),
          ),
        ],
      },
      effects: [{ kind: 'seller-in', platform: shop.platform, user: user.name, at: this.#parts.clock.now() }],
    };
  }

  #verified(asked: Asked): Answer {
    this.#wrong = 0;
    const due = asked.session?.user.shops ?? [];
    return {
      ...to(this.#next(asked)),
      effects: due.map((shop): Effect => ({ kind: 'seller-verify', shop, isDue: false })),
    };
  }

  /** Where to go on: a path of this very address, nothing else. */
  #next({ form, query }: Asked): string {
    const wanted = form.get('next') ?? query.get('next') ?? '';
    const base = 'http://here.invalid';
    const url = URL.parse(wanted, base);
    const isOwn = wanted.startsWith('/') && url?.origin === base;
    return isOwn ? `${url.pathname}${url.search}` : this.#ways.home;
  }

  #product(itemId: string): Answer {
    const product = this.#parts.shop.products.find((one) => one.itemId === decode(itemId));
    if (product === undefined) {
      return { ...this.#html(plainPage(this.#frame, 'Not found', 'There is no such product.')), status: 404 };
    }
    return this.#html(productPage(this.#frame, product.title, product.price));
  }

  #html(body: string): Answer {
    return { status: 200, body };
  }
}

function to(location: string): Answer {
  return { status: 303, headers: { location } };
}

function json(status: number, body: object): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}

function file(name: string, body: string, type: string): Answer {
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
  return { status: 200, type, body, headers: { 'content-disposition': disposition } };
}

function send(response: ServerResponse, { status, type, body = '', headers = {} }: Answer): void {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries({ ...PAGE_HEADERS, ...headers })) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  sendBody(response, status, type ?? 'text/html; charset=utf-8', body);
}

function isForeign({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && headers.origin !== `http://${headers.host}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
