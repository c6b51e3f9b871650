import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountFacts, browserDesk, type BrowserDesk } from '../../testing/browser-desk.ts';
import { startOrigin, type CountingOrigin } from '../../testing/counting-origin.ts';
import { waitUntil } from '../../testing/wait-until.ts';

// Pages that keep a browser from its work, by mistake or on purpose.
let origin: CountingOrigin;
let desk: BrowserDesk;
const hanging: ServerResponse[] = [];

beforeEach(async () => {
  origin = await startOrigin(site);
  desk = await browserDesk((id) => accountFacts(id, `${origin.base}/home`, [origin.base]));
});
afterEach(async () => {
  await desk.close();
  for (const response of hanging.splice(0)) response.destroy();
  await origin.stop();
}, 60_000);

function site({ url = '' }: IncomingMessage, response: ServerResponse): void {
  if (url.startsWith('/in')) response.setHeader('set-cookie', 'who=one; Max-Age=9999');
  if (url.startsWith('/file')) {
    response.setHeader('content-disposition', 'attachment; filename="orders.csv"');
    response.write('a');
    hanging.push(response);
    return;
  }
  response.setHeader('content-type', 'text/html');
  response.end('<title>Site</title>');
}

const cookies = async (accountId: number): Promise<string[]> =>
  ((await desk.pool.contextOf(accountId)?.cookies()) ?? []).map(({ name, value }) => `${name}=${value}`);

test('a page that never answers keeps no browser from being saved, closed or stopped', async () => {
  const page = await desk.pool.open(1, { url: `${origin.base}/in` });
  await page.evaluate(`setTimeout(() => { for (;;); }, 100)`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await desk.pool.open(2, { url: `${origin.base}/in` });
  await desk.clock.advance(20_000);
  await waitUntil('the other one is saved', () => desk.pool.hasSession(2), 20_000);
  await desk.restart();
  await desk.pool.open(1);
  expect(await cookies(1)).toEqual(['who=one']);
}, 120_000);

test.each([
  ['a database without a name', `indexedDB.open('', 1)`],
  [
    'a record that can’t be put back',
    `(async () => {
      const opened = indexedDB.open('odd', 1);
      await new Promise((resolve) => {
        opened.onupgradeneeded = () => opened.result.createObjectStore('s', { keyPath: 'name' });
        opened.onsuccess = resolve;
      });
      const put = opened.result.transaction('s', 'readwrite');
      put.objectStore('s').put(new File(['a'], 'b.txt'));
      await new Promise((resolve) => { put.oncomplete = resolve; });
    })()`,
  ],
])(
  '%s costs no sign-in',
  async (_, script) => {
    const page = await desk.pool.open(1, { url: `${origin.base}/in` });
    await page.evaluate(`Promise.resolve(${script}).then(() => null)`);
    await desk.pool.close(1);
    await desk.restart();
    await desk.pool.open(1);
    expect(desk.pool.of(1)).toEqual({ state: 'open', error: null });
    expect(await cookies(1)).toEqual(['who=one']);
  },
  120_000,
);

test('a crash just before sessions are saved does not end the saving', async () => {
  await desk.pool.open(1, { url: `${origin.base}/home` });
  await desk.clock.advance(19_500);
  const session = await desk.pool.contextOf(1)?.browser()?.newBrowserCDPSession();
  const found = await session?.send('SystemInfo.getProcessInfo');
  process.kill(found?.processInfo.find(({ type }) => type === 'browser')?.id ?? 0, 'SIGKILL');
  await waitUntil('the crash is noticed', () => desk.pool.of(1).state !== 'open');
  await desk.clock.advance(1_000);
  await waitUntil('it is open again', () => desk.pool.of(1).state === 'open' && !desk.pool.isBusy(1));
  const [page] = desk.pool.contextOf(1)?.pages() ?? [];
  await page?.evaluate(`document.cookie = 'later=1; Max-Age=999'`);
  await desk.clock.advance(20_000);
  await waitUntil('it is saved', () => desk.pool.hasSession(1));
  await waitUntil('nothing is being done', () => !desk.pool.isBusy(1));
}, 120_000);

test('two tabs that download one name at once leave two files', async () => {
  const page = await desk.pool.open(1);
  const other = await page.context().newPage();
  await other.goto(`${origin.base}/home`);
  for (const [index, tab] of [page, other].entries()) {
    await tab.evaluate(`(() => { location.href = '/file?${index}'; })()`);
  }
  await waitUntil('both are asked for', () => hanging.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const response of hanging) response.end('b');
  const names = (): string[] => {
    try {
      return readdirSync(desk.pool.downloadsOf(1)).toSorted();
    } catch {
      return [];
    }
  };
  await waitUntil('both are there', () => names().length === 2);
  expect(names()).toEqual(['orders (2).csv', 'orders.csv']);
}, 60_000);

test('what is looked at aside opens no window, and moves nothing a person has open', async () => {
  await desk.pool.open(1, { url: `${origin.base}/keep-this-tab` });
  await desk.pool.sleep(1);
  await desk.pool.aside(1, async (page) => {
    await page.goto(`${origin.base}/look`);
    await page.evaluate(`window.open('/popup') && null`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  await waitUntil('nothing is open', () => desk.pool.contextOf(1)?.pages().length === 0);
  await desk.clock.advance(1_000);
  expect(desk.pool.of(1).state).toBe('asleep');
  expect((await desk.pool.open(1)).url()).toBe(`${origin.base}/keep-this-tab`);
}, 60_000);
