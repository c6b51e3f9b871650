import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { buildIfChanged } from '../../scripts/lib/build.ts';
import { ensureBrowser } from '../../scripts/lib/ensure-browser.ts';
import { say } from '../../scripts/lib/project.ts';
import { findBrowser } from '../hosting/find-browser.ts';
import { startDisplay } from '../testing/display.ts';
import { OutboxPage } from '../testing/pages/outbox-page.ts';
import { PanelPage } from '../testing/pages/panel-page.ts';
import { ProxiesPage } from '../testing/pages/proxies-page.ts';
import { startApp, type App } from './app.ts';
import { SandboxAdmin } from './sandbox.ts';

// `npm run screenshots` makes the README's pictures; `npm run screenshots -- --all DIR` every screen at both sizes, in
// both themes and languages, to be looked at.

type Look = Required<Pick<BrowserContextOptions, 'viewport' | 'colorScheme' | 'locale'>>;

const LARGE = { width: 1440, height: 900 };
const SMALL = { width: 1093, height: 560 };

/** One line of each verdict that a desk without proxies has. */
const PROXY_LINES = [
  'socks5://desk:secret@sg.example.net:1080',
  '203.0.113.7:8080:desk:secret',
  '203.0.113.8:80:203.0.113.9:81',
  '203.0.113.10:99999',
];

async function withPage(
  browser: Browser,
  app: App,
  look: Look,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ ...look, timezoneId: 'Asia/Jakarta', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(await app.address());
  await work(page);
  await context.close();
}

/** A conversation with pictures and cards, a sent answer and a draft. */
async function openConversation(page: Page): Promise<PanelPage> {
  const panel = new PanelPage(page);
  const indonesian = page.getByTestId('conversation-store').filter({ hasText: /^Nusa LivingID$/ });
  await panel.rows.filter({ has: indonesian }).nth(1).click();
  await page.mouse.move(0, 0);
  await panel.messages.first().waitFor();
  await page.waitForLoadState('networkidle');
  return panel;
}

/** Two frames later, so that what was just enabled is painted so. */
const painted = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

async function readmePictures(browser: Browser, app: App, folder: string): Promise<void> {
  // Dark first: the answer of the light one takes the conversation out of the list.
  for (const colorScheme of ['dark', 'light'] as const) {
    await withPage(browser, app, { viewport: LARGE, colorScheme, locale: 'en-GB' }, async (page) => {
      const panel = await openConversation(page);
      if (colorScheme === 'light') {
        await panel.answer('Maaf sekali ya Kak. Boleh kirim fotonya? Kami kirim kaki pengganti hari ini 🙏');
        await panel.statusOf('kaki pengganti').filter({ hasText: 'Sent' }).waitFor();
      }
      await panel.field.fill('Nomor resinya kami kirim sore ini.');
      await painted(page);
      await page.screenshot({ path: join(folder, `panel-${colorScheme}.png`) });
    });
  }
}

/** A provider's list: every kind of row that a team meets. Addresses and names are documentation's own. */
const TEAM_LINES = [
  'name,host,port,username,password,country,expires,store',
  `Jakarta 1,203.0.113.7,8080,desk,secret,ID,${daysAhead(2)},`,
  `Bangkok 1,203.0.113.8,8080,desk,secret,TH,${daysAhead(6)},`,
  `Hanoi 1,203.0.113.9,1080,desk,secret,VN,${daysAhead(24)},Hive Audio VN`,
  `Manila 1,203.0.113.10,1080,desk,secret,PH,${daysAhead(58)},Hive Audio PH`,
  'Kuala Lumpur 1,203.0.113.11,8080,desk,secret,MY,,',
  'Spare,203.0.113.12,8080,desk,secret,ID,,',
  'Broken,203.0.113.13,99999,desk,secret,SG,,',
];

function daysAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function proxyPictures(browser: Browser, app: App, folder: string): Promise<void> {
  const look = { viewport: LARGE, colorScheme: 'light', locale: 'en-GB' } as const;
  await withPage(browser, app, look, async (page) => {
    const proxies = new ProxiesPage(page);
    await proxies.open();
    await page.getByTestId('open-import').click();
    await proxies.read(TEAM_LINES);
    await painted(page);
    await page.screenshot({ path: join(folder, 'import.png') });
    await proxies.importSave.click();
    await proxies.saved.getByRole('button', { name: 'Show proxies' }).click();
    await proxies.rows.nth(5).waitFor();
    await page.mouse.move(0, 0);
    await painted(page);
    await page.screenshot({ path: join(folder, 'board.png') });
  });
}

/** The rail while one store is signed out of its seller centre and another's browser is open, and that window itself. */
async function railPicture(browser: Browser, display: string, folder: string): Promise<void> {
  const app = await startApp({ sandbox: true, display });
  const look = { viewport: LARGE, colorScheme: 'light', locale: 'en-GB' } as const;
  try {
    await withPage(browser, app, look, async (page) => {
      await page.getByText('6 of 6 online').waitFor({ timeout: 120_000 });
      const stores = page.getByRole('treeitem', { level: 2 });
      for (const index of [0, 3]) {
        await stores.nth(index).click({ button: 'right' });
        await page.getByRole('menuitem', { name: 'Open store browser', exact: true }).click();
        await stores
          .nth(index)
          .getByTestId('sign-in-mark')
          .and(page.locator('[data-kind=signed-out]'))
          .waitFor();
      }
      await page.mouse.move(700, 400);
      await painted(page);
      await page.screenshot({
        path: join(folder, 'rail.png'),
        clip: { x: 0, y: 0, width: 620, height: 900 },
      });
    });
  } finally {
    await app.stop();
  }
}

/** One the platform refused, and one that waits behind it, in a conversation of their own. */
async function refusedMessage(page: Page, app: App): Promise<void> {
  const panel = new PanelPage(page);
  const sandbox = new SandboxAdmin(app.dataDir);
  const { buyer, ...place } = await sandbox.answered('lazada', 0);
  await sandbox.buyerWrites(place, 'Halo Kak, pesanan saya sampai mana ya?');
  await panel.view('all').click();
  await page.locator('#conversation-keyword').fill(buyer);
  await panel.rows.filter({ hasText: buyer }).first().click();
  const refusal = await sandbox.fault({ kind: 'refuse', path: 'send' });
  await panel.answer('Maaf ya Kak, kami kirim hari ini.');
  await panel.page.getByTestId('message-trouble').first().waitFor();
  await sandbox.clearFaults(refusal);
  await panel.answer('Nomor resinya menyusul.');
  await panel.page.getByTestId('message-trouble').nth(1).waitFor();
}

async function everyScreen(browser: Browser, app: App, empty: App, folder: string): Promise<void> {
  for (const viewport of [LARGE, SMALL]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const locale of ['en-GB', 'zh-CN']) {
        const name = (screen: string): string =>
          join(folder, `${screen}-${viewport.width}-${colorScheme}-${locale.slice(0, 2)}.png`);
        const look = { viewport, colorScheme, locale };
        await withPage(browser, app, look, async (page) => {
          await page.getByTestId('conversation-row').first().waitFor();
          await page.screenshot({ path: name('list') });
          await openConversation(page);
          await page.screenshot({ path: name('thread') });
          await page.keyboard.press('Escape');
          await page.keyboard.press('Control+p');
          await page.getByRole('dialog').waitFor();
          await page.screenshot({ path: name('jump') });
          await page.keyboard.press('Escape');
          await refusedMessage(page, app);
          await page.screenshot({ path: name('refused') });
          const outbox = new OutboxPage(page);
          await page.getByRole('button', { name: locale === 'zh-CN' ? /^发件箱/ : /^Outbox/ }).click();
          await outbox.rows.first().waitFor();
          await page.screenshot({ path: name('outbox') });
          const proxies = new ProxiesPage(page);
          await page.getByRole('button', { name: locale === 'zh-CN' ? /^代理/ : /^Proxies/ }).click();
          await page.getByTestId('open-import').waitFor();
          await page.screenshot({ path: name('proxies') });
          await page.getByTestId('open-import').click();
          await proxies.read(PROXY_LINES);
          await page.screenshot({ path: name('import') });
          await page.getByRole('button', { name: locale === 'zh-CN' ? '设置' : 'Settings' }).click();
          await page.screenshot({ path: name('settings') });
        });
        await withPage(browser, empty, look, async (page) => {
          await page.getByRole('button').first().waitFor();
          await page.screenshot({ path: name('first-run') });
        });
      }
    }
  }
}

const all = process.argv.indexOf('--all');
const folder = all === -1 ? 'docs/screenshots' : (process.argv[all + 1] ?? 'test-results/screens');
mkdirSync(folder, { recursive: true });
await buildIfChanged();
await ensureBrowser();
const executablePath = findBrowser();
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
const app = await startApp({ sandbox: true });
try {
  await withPage(browser, app, { viewport: LARGE, colorScheme: 'light', locale: 'en-GB' }, async (page) => {
    await page.getByText('6 of 6 online').waitFor({ timeout: 120_000 });
    await new SandboxAdmin(app.dataDir).pause();
  });
  if (all === -1) {
    await readmePictures(browser, app, folder);
    await proxyPictures(browser, app, folder);
    const display = await startDisplay();
    if (display !== null) {
      await railPicture(browser, display.name, folder);
      await display.stop();
    }
  } else {
    const empty = await startApp();
    try {
      await everyScreen(browser, app, empty, folder);
    } finally {
      await empty.stop();
    }
  }
  say(`Pictures are in ${folder}.`);
} finally {
  await app.stop();
  await browser.close();
}
