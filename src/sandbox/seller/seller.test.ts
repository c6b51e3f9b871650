import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { channelFor } from '../../channels/registry.ts';
import { readAnswerText, type SellerSignal } from '../../channels/seller-centre.ts';
import { platformIds, type PlatformId } from '../../contract/models.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempDir } from '../../testing/temp-engine.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';
import { sellerWays } from './ways.ts';

let folder: ReturnType<typeof tempDir>;
let sandbox: RunningSandbox;
const start = (): Promise<RunningSandbox> =>
  startSandbox({ seed: 'sellers', writeEveryMs: null, journalFile: join(folder.path, 'journal') });

beforeEach(async () => {
  folder = tempDir();
  sandbox = await start();
});
afterEach(async () => {
  await sandbox.stop();
  folder.remove();
});

/** A browser as far as cookies and redirects go. */
class Visitor {
  readonly cookies = new Map<string, string>();
  at = '';

  async go(url: string, form?: Readonly<Record<string, string>>, method?: string): Promise<Response> {
    const headers = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const body = form === undefined ? undefined : new URLSearchParams(form);
    const asked = { headers, redirect: 'manual', ...(body === undefined ? {} : { body }) } as const;
    const answer = await fetch(url, { ...asked, method: method ?? (body === undefined ? 'GET' : 'POST') });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (answer.status === 303 && location !== null) return this.go(new URL(location, url).href);
    this.at = url;
    return answer;
  }

  signals(answer: { url: string; status: number; headers: Headers; text: string }): SellerSignal[] {
    const headers = Object.fromEntries(answer.headers);
    const body = readAnswerText(answer.text);
    return [
      { kind: 'page', url: this.at },
      { kind: 'cookies', names: [...this.cookies.keys()] },
      { kind: 'answer', url: answer.url, status: answer.status, headers, body },
    ];
  }
}

const platformOf = (platform: PlatformId) => {
  const found = sandbox.bundle.platforms.find((one) => one.platform === platform);
  if (found === undefined) throw new Error('no platform');
  const [shop, other] = found.shops;
  if (shop === undefined || other === undefined) throw new Error('no shops');
  const home = found.sellerCentres[shop.site] ?? '';
  const sellers = (sandbox.bundle.sellers ?? []).filter((one) => one.platform === platform);
  const [own, , main] = sellers;
  if (own === undefined || main === undefined) throw new Error('no sellers');
  return {
    shop,
    other,
    home,
    own,
    main,
    origin: new URL(home).origin,
    otherHome: found.sellerCentres[other.site] ?? '',
  };
};
const command = (body: object): Promise<Response> =>
  fetch(`${sandbox.adminUrl}/sellers`, { method: 'POST', body: JSON.stringify(body) });

describe.each(platformIds)('%s', (platform) => {
  const { call, signIn } = sellerWays[platform];
  const facts = channelFor(platform).sellerCentre;
  /** What the page's own call says, as a watcher reads it. */
  const look = async (visitor: Visitor, origin: string) => {
    const url = `${origin}${call.path}`;
    const answer = await fetch(url, {
      method: call.method,
      headers: { cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    expect(facts.isTelling(url)).toBe(true);
    const seen = { url, status: answer.status, headers: answer.headers, text: await answer.text() };
    return visitor.signals(seen).map((signal) => ({
      said: facts.readSignIn(signal)?.status ?? null,
      shop: facts.readShop(signal),
    }));
  };
  const said = (seen: Awaited<ReturnType<typeof look>>): (string | null)[] => seen.map((one) => one.said);

  test('from signing in to signing out, as the channel reads it', async () => {
    const { home, origin, own, shop } = platformOf(platform);
    const visitor = new Visitor();
    await visitor.go(home);
    expect(new URL(visitor.at).pathname).toBe(signIn);
    expect(said(await look(visitor, origin))).toEqual(['signed-out', 'signed-out', 'signed-out']);

    const page = await visitor.go(visitor.at, { name: own.name, password: own.password, next: '/' });
    expect(await page.text()).toContain(`Signed in as <b id="user">${own.name}`);
    const inside = await look(visitor, origin);
    expect(said(inside)).toEqual(['signed-in', 'signed-in', 'signed-in']);
    const seller = platform === 'lazada' ? shop.sellerId : shop.shopId;
    expect(inside.at(-1)?.shop?.shopId).toBe(seller);

    await visitor.go(`${origin}/sandbox/sign-out`, {});
    expect(said(await look(visitor, origin)).filter((one) => one === 'signed-out')).toHaveLength(2);
  });

  test('a session that is ended, and a verification that is wanted, by command', async () => {
    const { home, origin, own, shop } = platformOf(platform);
    const visitor = new Visitor();
    await visitor.go(`${origin}${signIn}`, { name: own.name, password: own.password });
    await command({ platform, shopId: shop.shopId, do: 'verify' });
    const asked = await (await visitor.go(home)).text();
    expect(asked).toContain('I am a person');
    expect(said(await look(visitor, origin))).toContain('challenge');
    const verified = await visitor.go(`${origin}/sandbox/verified`, { next: '/' });
    expect(await verified.text()).not.toContain('I am a person');
    await command({ platform, shopId: shop.shopId, do: 'end' });
    expect(said(await look(visitor, origin)).at(-1)).toBe('signed-out');
  });

  test('a main account works as either of its shops, another one only as its own', async () => {
    const { origin, own, main, other, otherHome } = platformOf(platform);
    const single = new Visitor();
    await single.go(`${origin}${signIn}`, { name: own.name, password: own.password });
    await single.go(otherHome);
    expect(new URL(single.at).pathname).toBe(signIn);
    const visitor = new Visitor();
    await visitor.go(`${origin}${signIn}`, { name: main.name, password: main.password });
    const at = platform === 'lazada' ? new URL(otherHome).origin : origin;
    if (platform === 'shopee') await visitor.go(`${origin}/sandbox/shop`, { shop: other.shopId });
    const home = `${at}${sellerWays[platform].home}?shop_region=${other.site}`;
    expect(await (await visitor.go(home)).text()).toContain(`data-shop="${other.shopId}"`);
  });
});

test('a session outlives the sandbox, and its journal holds no password and no token', async () => {
  const { origin, own, home } = platformOf('shopee');
  const visitor = new Visitor();
  await visitor.go(`${origin}/account/signin`, { name: own.name, password: own.password });
  await sandbox.stop();
  const journal = readFileSync(join(folder.path, 'journal'), 'utf8');
  expect(journal).not.toContain(own.password);
  for (const value of visitor.cookies.values()) if (value.length > 8) expect(journal).not.toContain(value);
  expect(journal).toContain('"kind":"seller-in"');
  expect(journal).toMatch(/"kind":"seller","at":\d+,"platform":"shopee","site":"ID","from":"127\.0\.0\.1"/);
  sandbox = await start();
  const again = platformOf('shopee');
  expect(again.home).not.toBe('');
  await visitor.go(again.home);
  expect(new URL(visitor.at).pathname).toBe('/');
  expect(home).toBeTruthy();
});

test('wrong passwords are counted, and then a person is asked for', async () => {
  const { origin, own } = platformOf('shopee');
  const visitor = new Visitor();
  for (let time = 0; time < 5; time += 1) {
    const answer = await visitor.go(`${origin}/account/signin`, { name: own.name, password: 'wrong' });
    expect(answer.status).toBe(401);
  }
  await visitor.go(`${origin}/account/signin`, { name: own.name, password: own.password });
  expect(new URL(visitor.at).pathname).toBe('/verify/traffic');
  await visitor.go(`${origin}/sandbox/verified`, {});
  await visitor.go(`${origin}/account/signin`, { name: own.name, password: own.password });
  expect(new URL(visitor.at).pathname).toBe('/');
});

test('nothing that is put in comes out as markup, and nobody is sent elsewhere', async () => {
  const { origin, own } = platformOf('shopee');
  const nasty = '"><script>alert(1)</script>';
  const form = await (
    await new Visitor().go(`${origin}/account/signin?next=${encodeURIComponent(nasty)}`)
  ).text();
  expect(form).not.toContain('<script>alert');
  for (const next of ['https://else.test/', '//else.test/', '/\\else.test', 'javascript:alert(1)']) {
    const visitor = new Visitor();
    await visitor.go(`${origin}/account/signin`, { name: own.name, password: own.password, next });
    expect(new URL(visitor.at).origin).toBe(origin);
  }
  const foreign = await fetch(`${origin}/account/signin`, {
    method: 'POST',
    headers: { origin: 'https://else.test' },
    body: new URLSearchParams({ name: own.name, password: own.password }),
  });
  expect(foreign.status).toBe(403);
  const answer = await fetch(`${origin}/account/signin`);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('it is slow, broken, or gone, as commanded', async () => {
  const { home } = platformOf('tiktok');
  await command({ platform: 'tiktok', do: 'broken' });
  expect((await fetch(home)).status).toBe(500);
  await command({ platform: 'tiktok', do: 'well' });
  expect((await fetch(home)).status).toBe(200);
  expect((await command({ platform: 'nobody', do: 'well' })).status).toBe(400);
  expect((await command({ platform: 'shopee', do: 'end', shopId: 'none' })).status).toBe(404);
  const away = { kind: 'away', platform: 'tiktok', ms: 0 };
  await fetch(`${sandbox.adminUrl}/faults`, { method: 'POST', body: JSON.stringify(away) });
  await expect(fetch(home)).rejects.toThrow();
});

test('a session ends by itself after a week, and no followed link ends it before', async () => {
  await sandbox.stop();
  const clock = fakeClock(Date.now());
  sandbox = await startSandbox({ seed: 'sellers', writeEveryMs: null, clock });
  const { origin, own, home } = platformOf('shopee');
  const visitor = new Visitor();
  await visitor.go(`${origin}/account/signin`, { name: own.name, password: own.password });
  for (const path of ['/sandbox/sign-out', '/sandbox/verified', '/sandbox/shop']) {
    expect((await visitor.go(`${origin}${path}`)).status).toBe(405);
  }
  await visitor.go(home);
  expect(new URL(visitor.at).pathname).toBe('/');
  clock.advanceAtOnce(7 * 86_400_000);
  await visitor.go(home);
  expect(new URL(visitor.at).pathname).toBe('/account/signin');
});
