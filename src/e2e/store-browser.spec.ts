import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ConnectionBundle } from '../contract/bundle.ts';
import { startDisplay, type Display } from '../testing/display.ts';
import { tempDir } from '../testing/temp-engine.ts';
import { PanelPage } from '../testing/pages/panel-page.ts';
import { startApp, type App } from './app.ts';
import { canType, PersonAt } from './person-at.ts';
import { SandboxAdmin } from './sandbox.ts';
import { expect, test } from './test.ts';

// Real windows on a screen of their own, in which a person types.
test.describe.configure({ mode: 'serial' });

const folder = tempDir();
const dataDir = join(folder.path, 'data');
let signedInAt = 0;
let display: Display | null;
let app: App;
let person: PersonAt;
let sandbox: SandboxAdmin;
let sellers: NonNullable<ConnectionBundle['sellers']>;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  display = await startDisplay();
  test.skip(display === null || !(await canType()), 'This machine has no screen to open windows on.');
  if (display === null) return;
  person = new PersonAt(display.name);
  app = await startApp({ sandbox: true, display: display.name, dataDir });
  sandbox = new SandboxAdmin(app.dataDir);
  await sandbox.pause();
  sellers = sandbox.bundle.sellers ?? [];
});
test.afterAll(async () => {
  await app?.stop();
  await display?.stop();
  folder.remove();
});

async function openPanel(page: Page): Promise<PanelPage> {
  await page.goto(await app.address());
  await expect(page.getByRole('treeitem', { level: 2 })).toHaveCount(6, { timeout: 60_000 });
  return new PanelPage(page);
}
const TITLE = 'Shopee ID · Nusa Living';
/** The row of that store; the first of its name. */
const storeOf = (page: Page) =>
  page.getByRole('treeitem', { level: 2 }).filter({ hasText: 'Nusa Living' }).first();
async function choose(page: Page, item: string): Promise<void> {
  await storeOf(page).click({ button: 'right' });
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}
const own = () => sellers.find(({ platform, name }) => platform === 'shopee' && name.endsWith('-id'));

test.afterEach(async ({ page: _page }, info) => {
  if (info.status !== info.expectedStatus) await info.attach('engine.log', { body: readLogs(app.dataDir) });
});

test('a person signs in to a store in its own window, and the rail says so', async ({ page }) => {
  await openPanel(page);
  const mark = storeOf(page).getByTestId('sign-in-mark');
  await expect(mark).toHaveAttribute('data-kind', 'unknown');
  await choose(page, 'Open store browser');
  await person.see(TITLE);
  await expect(mark).toHaveAttribute('data-kind', 'signed-out');
  await person.type(`${TITLE} · Sign in`, own()?.name ?? '', '{Tab}', own()?.password ?? '', '{Return}');
  await person.see(`${TITLE} · Home`);
  await expect(mark).toBeHidden();
  await expect(storeOf(page).getByTestId('browser-dot')).toHaveAttribute('data-state', 'open');
});

test('it stays signed in over a restart, and its window is where it was', async ({ page }) => {
  await app.stop();
  app = await startApp({ sandbox: true, display: display?.name ?? '', dataDir });
  sandbox = new SandboxAdmin(app.dataDir);
  await sandbox.pause();
  await openPanel(page);
  await expect(storeOf(page).getByTestId('sign-in-mark')).toBeHidden();
  await choose(page, 'Open store browser');
  await person.see(`${TITLE} · Home`);
});

test('a session the platform ended shows on the rail, and "Sign in next" leads to its window', async ({
  page,
}) => {
  await openPanel(page);
  await sandbox.sellers({ platform: 'shopee', shopId: shopId(), do: 'end' });
  await person.see(`${TITLE} · Sign in`);
  await expect(storeOf(page).getByTestId('sign-in-mark')).toHaveAttribute('data-kind', 'signed-out');
  await choose(page, 'Close store browser');
  await person.seeGone(TITLE);
  await page.getByTestId('sign-ins').getByRole('button', { name: 'Sign in next' }).click();
  signedInAt = Date.now();
  await person.type(`${TITLE} · Sign in`, own()?.name ?? '', '{Tab}', own()?.password ?? '', '{Return}');
  await expect(storeOf(page).getByTestId('sign-in-mark')).toBeHidden();
});

test('Chromium is killed: its window comes back by itself, still signed in', async ({ page }) => {
  await openPanel(page);
  await person.see(`${TITLE} · Home`);
  const log = () => readLogs(app.dataDir);
  const before = log().split('"browser-gone"').length;
  // A sign-in is saved at once.
  await expect.poll(() => statSync(sessionFile()).mtimeMs).toBeGreaterThan(signedInAt);
  killBrowsers(app.dataDir);
  await expect.poll(() => log().split('"browser-gone"').length, { timeout: 30_000 }).toBeGreaterThan(before);
  await person.see(`${TITLE} · Home`);
  await expect(storeOf(page).getByTestId('sign-in-mark')).toBeHidden();
});

test('links of messages: the platform’s own open in the store’s window, others show their host and ask', async ({
  page,
}) => {
  const panel = await openPanel(page);
  const product = new URL('/product/none', home()).href;
  const text = `see ${product} or https://shopee.co.id.example.org/win`;
  await sandbox.newBuyerWrites('shopee', 'Link Tester', text);
  await panel.search.fill('Link Tester');
  await panel.rows.filter({ hasText: 'Link Tester' }).first().click();
  await panel.thread.getByTestId('message-link').filter({ hasText: '/product/none' }).click();
  await person.see(`${TITLE} · Not found`);
  await panel.thread.getByTestId('message-link').filter({ hasText: 'example.org' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('shopee.co.id.example.org');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('clearing the session of one store signs it out, and says what is kept', async ({ page }) => {
  await openPanel(page);
  await choose(page, 'Clear session…');
  const dialog = page.getByRole('dialog', { name: /Clear the session/ });
  await expect(dialog).toContainText('downloads');
  await dialog.getByRole('button', { name: 'Clear session' }).click();
  await person.seeGone(TITLE);
  await expect(storeOf(page).getByTestId('sign-in-mark')).toHaveAttribute('data-kind', 'unknown');
  await choose(page, 'Open store browser');
  await person.see(`${TITLE} · Sign in`);
});

test('what a store’s browser gives away is looked at, on request', async ({ page }) => {
  await openPanel(page);
  await choose(page, 'Check isolation…');
  const dialog = page.getByRole('dialog', { name: /Isolation of/ });
  await expect(dialog).toContainText('Asia/Jakarta', { timeout: 60_000 });
  await expect(dialog).toContainText('id-ID');
});

function shop() {
  const shopee = sandbox.bundle.platforms.find(({ platform }) => platform === 'shopee');
  const found = shopee?.shops.find(({ site }) => site === 'ID');
  if (shopee === undefined || found === undefined) throw new Error('no shop');
  return { shopId: found.shopId, home: shopee.sellerCentres['ID'] ?? '' };
}
const shopId = (): string => shop().shopId;
const home = (): string => shop().home;

function readLogs(dataDir: string): string {
  const folder = join(dataDir, 'practice/logs');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

function sessionFile(): string {
  const folder = join(app.dataDir, 'practice/browsers');
  const own = readdirSync(folder).find((name) => existsSync(join(folder, name, 'session')));
  return join(folder, own ?? 'none', 'session');
}

/** The browser program of this data folder alone: its own folder is named there, and stands in its arguments. */
function killBrowsers(dataDir: string): void {
  const folder = readFileSync(join(dataDir, 'practice/browsers/program-folder'), 'utf8');
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, 'utf8');
      const isFirst = line.includes('--user-data-dir=') && !line.includes('--type=');
      if (isFirst && line.includes(folder)) process.kill(Number(id), 'SIGKILL');
    } catch {
      // It has gone meanwhile.
    }
  }
}
