import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountFacts, browserDesk, type BrowserDesk } from '../../testing/browser-desk.ts';
import { startOrigin, type CountingOrigin } from '../../testing/counting-origin.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import type { AccountFacts } from './parts.ts';

let origin: CountingOrigin;
let desk: BrowserDesk;
const CANARY = 'canary-9b1d';

beforeEach(async () => {
  origin = await startOrigin(shop);
  desk = await browserDesk(factsOf);
});
afterEach(async () => {
  await desk.close();
  await origin.stop();
}, 60_000);

const factsOf = (accountId: number): AccountFacts =>
  accountFacts(accountId, `${origin.base}/home`, [origin.base]);

/** A seller centre that signs anybody in, and shows who the cookie says it is. */
function shop({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(url, 'http://x');
  if (pathname === '/in') response.setHeader('set-cookie', `who=${searchParams.get('who')}; Max-Age=9999`);
  if (pathname === '/file') {
    response.setHeader('content-disposition', 'attachment; filename="orders.csv"');
    return void response.end('a,b');
  }
  response.setHeader('content-type', 'text/html');
  response.end(`<title>Seller centre</title><p>${/who=(\w+)/.exec(headers.cookie ?? '')?.[1] ?? 'nobody'}</p>
    <input id="note"><a href="/file" download>orders</a>`);
}

const keep = `(async (value) => {
  localStorage.setItem('own', value);
  const opened = indexedDB.open('own', 1);
  await new Promise((resolve, reject) => {
    opened.onupgradeneeded = () => opened.result.createObjectStore('own');
    opened.onsuccess = resolve;
    opened.onerror = reject;
  });
  const put = opened.result.transaction('own', 'readwrite');
  put.objectStore('own').put(value, 'key');
  await new Promise((resolve) => { put.oncomplete = resolve; });
  opened.result.close();
})`;
const kept = `(async () => {
  const opened = indexedDB.open('own', 1);
  let isNew = false;
  await new Promise((resolve, reject) => {
    opened.onupgradeneeded = () => { isNew = true; opened.result.createObjectStore('own'); };
    opened.onsuccess = resolve;
    opened.onerror = reject;
  });
  const get = opened.result.transaction('own').objectStore('own').get('key');
  await new Promise((resolve) => { get.onsuccess = resolve; });
  opened.result.close();
  return [document.querySelector('p').textContent, localStorage.getItem('own'), isNew ? null : get.result ?? null];
})()`;

async function signIn(accountId: number, who: string): Promise<void> {
  const page = await desk.pool.open(accountId, { url: `${origin.base}/in?who=${who}` });
  await page.waitForLoadState();
  await page.evaluate(`${keep}('${who}')`);
}
const seenBy = async (accountId: number): Promise<unknown> => {
  const page = await desk.pool.open(accountId, { url: `${origin.base}/home` });
  // A page is there before what it holds is.
  await page.waitForLoadState();
  return page.evaluate(kept);
};

test('accounts are apart, and what each keeps comes back after sleep, closing and a restart', async () => {
  await signIn(1, 'one');
  await signIn(2, 'two');
  expect(await seenBy(1)).toEqual(['one', 'one', 'one']);
  expect(await seenBy(2)).toEqual(['two', 'two', 'two']);
  expect(await seenBy(3)).toEqual(['nobody', null, null]);

  await desk.pool.sleep(1);
  expect(desk.pool.of(1)).toEqual({ state: 'asleep', error: null });
  expect(desk.pool.contextOf(1)?.pages()).toEqual([]);
  await desk.pool.close(2);
  expect(desk.pool.of(2).state).toBe('closed');
  expect(await seenBy(1)).toEqual(['one', 'one', 'one']);
  expect(await seenBy(2)).toEqual(['two', 'two', 'two']);

  await desk.restart();
  expect(desk.pool.of(1).state).toBe('closed');
  expect(desk.pool.hasSession(1)).toBe(true);
  // Where it was, without being told.
  const page = await desk.pool.open(1);
  expect(page.url()).toBe(`${origin.base}/home`);
  await page.waitForLoadState();
  expect(await page.evaluate(kept)).toEqual(['one', 'one', 'one']);
  expect(await seenBy(2)).toEqual(['two', 'two', 'two']);
}, 120_000);

test('clearing one account forgets its session alone', async () => {
  await signIn(1, 'one');
  await signIn(2, 'two');
  await desk.pool.clear(1);
  expect(desk.pool.hasSession(1)).toBe(false);
  expect(await seenBy(1)).toEqual(['nobody', null, null]);
  expect(await seenBy(2)).toEqual(['two', 'two', 'two']);
  await desk.pool.clear(2);
  await desk.restart();
  expect(await seenBy(2)).toEqual(['nobody', null, null]);
}, 120_000);

test('a session lies sealed on the disk, and one that cannot be opened is kept aside', async () => {
  await signIn(1, CANARY.replace('-', ''));
  await desk.pool.close(1);
  const path = join(desk.folder, 'account-1', 'session');
  expect(readFileSync(path, 'latin1')).not.toContain('canary');
  const other = join(desk.folder, 'account-2', 'session');
  await signIn(2, 'two');
  await desk.pool.close(2);
  // One account's session does not open as another's.
  execFileSync('cp', [path, other]);
  await desk.restart();
  expect(await seenBy(2)).toEqual(['nobody', null, null]);
  expect(existsSync(`${other}.unreadable`)).toBe(true);
}, 120_000);

test('Chromium is killed: what was awake comes back as it was saved, what slept when it is asked for', async () => {
  await signIn(1, 'one');
  await signIn(2, 'two');
  await desk.pool.sleep(2);
  await desk.clock.advance(20_000);
  await waitUntil('the session is saved', () => existsSync(join(desk.folder, 'account-1', 'session')));
  await killBrowser();
  await waitUntil('the crash is noticed', () => desk.pool.of(1).state !== 'open', 30_000);
  await desk.clock.advance(1_000);
  await waitUntil('it is open again', () => desk.pool.of(1).state === 'open', 60_000);
  expect(desk.pool.of(2).state).toBe('closed');
  const [who, local] = (await seenBy(1)) as string[];
  expect([who, local]).toEqual(['one', 'one']);
  expect(await seenBy(2)).toEqual(['two', 'two', 'two']);
}, 120_000);

test('a program that dies over and over is not started again and again', async () => {
  await signIn(1, 'one');
  for (let time = 0; time < 3; time += 1) {
    await killBrowser();
    await waitUntil('the crash is noticed', () => desk.pool.of(1).state !== 'open', 30_000);
    await desk.clock.advance(1_000);
    await waitUntil('it is open again', () => desk.pool.of(1).state === 'open', 60_000);
  }
  await killBrowser();
  await waitUntil('the crash is noticed', () => desk.pool.of(1).state === 'closed', 30_000);
  expect(desk.pool.of(1).error?.details?.reason).toBe('browser-crashed');
  await desk.clock.advance(1_000);
  expect(desk.pool.of(1).state).toBe('closed');
  // A person may.
  await desk.pool.open(1);
  expect(desk.pool.of(1)).toEqual({ state: 'open', error: null });
}, 120_000);

test('one page crashes: it is loaded again, and the others notice nothing', async () => {
  await signIn(1, 'one');
  const other = await desk.pool.open(2);
  await other.evaluate('window.mark = 1');
  const page = await desk.pool.open(1);
  await page.goto('chrome://crash').catch(() => {});
  await waitUntil(
    'another page is there',
    () => {
      const [again] = desk.pool.contextOf(1)?.pages() ?? [];
      return again !== undefined && again !== page && again.url().startsWith(origin.base);
    },
    30_000,
  );
  expect(await seenBy(1)).toEqual(['one', 'one', 'one']);
  expect(await other.evaluate('window.mark')).toBe(1);
}, 120_000);

test('it sleeps when nobody has done anything for a while', async () => {
  await desk.pool.open(1);
  await desk.clock.advance(desk.limits.idleMs + 20_000);
  await waitUntil('it sleeps', () => desk.pool.of(1).state === 'asleep', 30_000);
}, 60_000);

test('under a memory cap the one used longest ago sleeps first', async () => {
  await desk.pool.open(1);
  await desk.clock.advance(10);
  await desk.pool.open(2);
  await desk.clock.advance(10);
  desk.limits.capBytes = Math.round(((await desk.pool.memory()) ?? 160 * 1024 ** 2) * 1.2);
  await desk.pool.open(3);
  expect([1, 2, 3].map((id) => desk.pool.of(id).state)).toEqual(['asleep', 'open', 'open']);
}, 120_000);

test('downloads lie in the folder of the account, and stay when its browser is gone', async () => {
  const page = await desk.pool.open(1);
  await page.locator('a').click();
  const file = join(desk.pool.downloadsOf(1), 'orders.csv');
  await waitUntil('the file is there', () => existsSync(file));
  await desk.pool.clear(1);
  expect(readFileSync(file, 'utf8')).toBe('a,b');
}, 60_000);

test('it says why it does not open', async () => {
  desk.net.routes.set(1, { kind: 'refused', stop: 'ended' });
  await expect(desk.pool.open(1)).rejects.toMatchObject({ details: { reason: 'proxy-ended' } });
  await expect(desk.pool.open(2, { show: true })).rejects.toMatchObject({
    details: { reason: 'no-display' },
  });
  expect(origin.from).toEqual([]);
  const none = await browserDesk((id) => accountFacts(id, null, []));
  await expect(none.pool.open(1)).rejects.toMatchObject({ details: { reason: 'no-seller-centre' } });
  await none.close();
  const without = await browserDesk(factsOf, null);
  await expect(without.pool.open(1)).rejects.toMatchObject({ details: { reason: 'no-browser' } });
  await without.close();
  const broken = await browserDesk(factsOf, { path: '/bin/false', isWindowed: false });
  await expect(broken.pool.open(1)).rejects.toMatchObject({ details: { reason: 'browser-crashed' } });
  await broken.close();
}, 60_000);

test('a dead proxy is told by its own name, and the window stays', async () => {
  desk.net.routes.set(1, {
    kind: 'proxy',
    proxyId: 1,
    upstream: { protocol: 'http', host: '127.0.0.1', port: 1, username: '' },
  });
  await desk.pool.open(1, { url: 'https://shop.test/' });
  expect(desk.pool.of(1).error?.details?.reason).toBe('proxy-refused');
  expect(desk.pool.of(1).state).toBe('open');
  desk.net.routes.delete(1);
  desk.net.end([1]);
  await desk.pool.open(1, { url: `${origin.base}/home` });
  expect(desk.pool.of(1).error).toBeNull();
}, 60_000);

test('nothing of the program is left behind', async () => {
  await desk.pool.open(1);
  await desk.restart();
  expect(readdirSync(desk.folder).toSorted()).toEqual(['account-1', 'calls-kept-inside']);
}, 60_000);

/** As if it had died of itself: the first process of it, which all the others end with. */
async function killBrowser(): Promise<void> {
  const session = await desk.pool.contextOf(1)?.browser()?.newBrowserCDPSession();
  const found = await session?.send('SystemInfo.getProcessInfo');
  const first = found?.processInfo.find((one) => one.type === 'browser');
  if (first === undefined) throw new Error('No browser runs.');
  process.kill(first.id, 'SIGKILL');
}
