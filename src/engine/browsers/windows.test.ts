import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findBrowser } from '../../hosting/find-browser.ts';
import { accountFacts, browserDesk, type BrowserDesk } from '../../testing/browser-desk.ts';
import { startOrigin, type CountingOrigin } from '../../testing/counting-origin.ts';
import { startDisplay, type Display } from '../../testing/display.ts';
import { waitUntil } from '../../testing/wait-until.ts';

// Real windows of a whole browser, on a screen that nobody sees.
let display: Display | null;
let origin: CountingOrigin;
let desk: BrowserDesk;
beforeAll(async () => {
  display = await startDisplay();
  if (display !== null) process.env['DISPLAY'] = display.name;
}, 300_000);
afterAll(async () => {
  delete process.env['DISPLAY'];
  await display?.stop();
});
beforeEach(async ({ skip }) => {
  const path = findBrowser({ windowed: true });
  if (display === null || path === undefined) return skip();
  origin = await startOrigin((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<title>Seller centre</title><input id="note">');
  });
  const factsOf = (id: number) => accountFacts(id, `${origin.base}/home`, [origin.base]);
  desk = await browserDesk(factsOf, { path, isWindowed: true });
}, 60_000);
afterEach(async () => {
  await desk.close();
  await origin.stop();
}, 60_000);

const pagesOf = (accountId: number): Page[] => desk.pool.contextOf(accountId)?.pages() ?? [];

test('the first tab of its window says whose it is, and every title does', async () => {
  const page = await desk.pool.open(1, { show: true });
  const [own, shown] = pagesOf(1);
  expect(await own?.title()).toBe('Shopee TH · Store 1');
  expect(await own?.locator('li').innerText()).toBe('TH Store 1');
  expect(shown).toBe(page);
  const label = 'Shopee TH · Store 1 · ';
  await waitUntil('the title is marked', async () => (await page.title()) === `${label}Seller centre`);
  await page.evaluate(`document.title = '(3) Chat'`);
  await waitUntil('the new one too', async () => (await page.title()) === `${label}(3) Chat`);
  await page.goto(`${origin.base}/elsewhere`);
  await waitUntil('that of the next page', async () => (await page.title()) === `${label}Seller centre`);
  // The page's scripts see nothing of ours beside it.
  expect(await page.evaluate(`Object.keys(window).filter((key) => /counterdesk/i.test(key))`)).toEqual([]);
}, 120_000);

test('a page that fights for its title wins, and goes on', async () => {
  const page = await desk.pool.open(1, { show: true });
  await page.waitForLoadState();
  await page.evaluate(`new MutationObserver(() => {
    if (document.title !== 'Mine') document.title = 'Mine';
  }).observe(document.head, { childList: true, subtree: true, characterData: true }); document.title = 'Mine';`);
  await waitUntil('it is left alone', async () => (await page.title()) === 'Mine');
  expect(await page.evaluate('1 + 1')).toBe(2);
}, 120_000);

test('it sleeps when nobody does anything, but not while something is typed', async () => {
  const typed = await desk.pool.open(1, { show: true });
  await typed.locator('#note').pressSequentially('half a sentence');
  await desk.pool.open(2, { show: true });
  // Doing is told half a second later.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await desk.clock.advance(desk.limits.idleMs + 20_000);
  await waitUntil('the idle one sleeps', () => desk.pool.of(2).state === 'asleep', 60_000);
  expect(desk.pool.of(1).state).toBe('open');
  expect(await typed.locator('#note').inputValue()).toBe('half a sentence');
}, 120_000);

test('a person closes the window: it sleeps, its session is kept, and it opens again', async () => {
  const page = await desk.pool.open(1, { show: true });
  await page.evaluate(`localStorage.setItem('own', 'kept')`);
  for (const one of pagesOf(1)) await one.close();
  await desk.clock.advance(500);
  await waitUntil('it sleeps', () => desk.pool.of(1).state === 'asleep', 60_000);
  await waitUntil('it is saved', () => existsSync(join(desk.folder, 'account-1', 'session')), 60_000);
  await desk.restart();
  const again = await desk.pool.open(1, { show: true });
  expect(await again.evaluate(`localStorage.getItem('own')`)).toBe('kept');
}, 120_000);

test('looked at quietly first, it is shown when a person wants it', async () => {
  const quiet = await desk.pool.open(1);
  expect(pagesOf(1)).toEqual([quiet]);
  const shown = await desk.pool.open(1, { show: true });
  expect(shown).toBe(quiet);
  const session = await shown.context().newCDPSession(shown);
  const { bounds } = await session.send('Browser.getWindowForTarget');
  expect(bounds.windowState).toBe('normal');
}, 120_000);

test('what is typed in a page stays when a link is opened, and a question waits for its person', async () => {
  const page = await desk.pool.open(1, { show: true });
  await page.locator('#note').pressSequentially('half a sentence');
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const other = await desk.pool.open(1, { show: true, url: `${origin.base}/link` });
  expect(other).not.toBe(page);
  expect(await page.locator('#note').inputValue()).toBe('half a sentence');
  let answered = false;
  const asked = page.evaluate(`confirm('Delete?')`).then(
    () => (answered = true),
    () => {},
  );
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(answered).toBe(false);
  await desk.pool.close(1);
  await asked;
}, 120_000);

test('a long path of the data keeps no window from opening', async () => {
  const { path } = desk.found ?? { path: '' };
  const long = await browserDesk(
    (id) => accountFacts(id, `${origin.base}/home`, [origin.base]),
    { path, isWindowed: true },
    'a-folder-of-a-person-with-a-long-name/'.repeat(4),
  );
  try {
    await long.pool.open(1, { show: true });
    expect(long.pool.of(1)).toEqual({ state: 'open', error: null });
  } finally {
    await long.close();
  }
}, 120_000);
