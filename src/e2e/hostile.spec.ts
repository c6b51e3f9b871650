import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';

test.use({ start: { file: 'hostile', sandbox: true } });
test.describe.configure({ mode: 'default' });

/** Nothing of a stranger's text became markup: no element of the kinds they try. */
async function expectNoMarkup(page: Page): Promise<void> {
  await expect(
    page.locator('script[data-planted], iframe, a[href^="javascript:"], img[src="x"]'),
  ).toHaveCount(0);
  expect(await page.evaluate(() => Reflect.has(window, 'planted'))).toBe(false);
}

const attacks = [
  ['a script', '<script>window.planted=1</script>'],
  ['a picture that fails', '<img src=x onerror="window.planted=1">'],
  ['a link of code', '[free](javascript:window.planted=1) javascript:window.planted=1'],
  ['a frame', '</div><iframe srcdoc="<script>parent.planted=1</script>"></iframe>'],
  ['a template', '{{constructor.constructor("planted=1")()}} $t(status.sent) ${planted=1}'],
] as const;

for (const [index, [what, attack]] of attacks.entries()) {
  test(`${what}, in name and text, is shown as text`, async ({ panel, sandbox }) => {
    const mark = `qx-hostile-${index}`;
    await sandbox.newBuyerWrites('shopee', attack, `${mark} ${attack}`);
    await panel.openBy(mark);
    await expect(panel.buyer).toHaveText(attack);
    await expect(panel.bubble(mark).getByTestId('message-text')).toHaveText(`${mark} ${attack}`);
    await expect(panel.selectedRow.getByTestId('conversation-preview')).toContainText(attack);
    await expectNoMarkup(panel.page);
    // Our own answer goes the same way, out and back.
    await panel.answer(`answer ${attack}`);
    await expect(panel.statusOf(`answer ${attack}`)).toHaveText('Sent');
    await expectNoMarkup(panel.page);
  });
}

async function height(row: Locator): Promise<number> {
  return (await row.boundingBox())?.height ?? 0;
}

test('a name of tricks turns nothing round and stays in its row', async ({ panel, sandbox }) => {
  const name = `\u202Egnp.exe\u202C ${'Z\u0351\u0348\u034F\u0327'.repeat(30)} \u200B\u200D\u2066${'W'.repeat(500)}`;
  await sandbox.newBuyerWrites('tiktok', name, `qx-bidi \u202Eabc\u202C after`);
  const row = await panel.findOne('qx-bidi');
  expect(await height(row)).toBe(76);
  // What stands beside the name keeps its place and its direction.
  await expect(row.getByTestId('conversation-store')).toHaveText(/Baan Craft/);
  expect(await row.getByTestId('conversation-buyer').innerText()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  await row.click();
  await expect(panel.bubble('qx-bidi')).toHaveCount(1);
  expect(await panel.bubble('qx-bidi').innerText()).not.toMatch(/[\u202A-\u202E]/);
  const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});

test('50,000 characters, NUL and invisible ones: readable, bounded, and the page stays usable', async ({
  panel,
  sandbox,
}) => {
  const long = `qx-huge ${'x'.repeat(49_900)} the-end`;
  await sandbox.newBuyerWrites('lazada', 'Long\u0000Name\u200B', long);
  await panel.openBy('qx-huge');
  await expect(panel.bubble('qx-huge').getByTestId('message-text')).toContainText('qx-huge');
  const bubble = await panel.bubble('qx-huge').boundingBox();
  const thread = await panel.thread.boundingBox();
  expect(bubble?.width).toBeLessThanOrEqual(thread?.width ?? 0);
  expect(await height(panel.selectedRow)).toBe(76);
  expect(await panel.thread.evaluate((view) => view.scrollWidth - view.clientWidth)).toBeLessThanOrEqual(0);
  await panel.answer('qx-still-fine');
  await expect(panel.statusOf('qx-still-fine')).toHaveText('Sent');

  await sandbox.newBuyerWrites('lazada', '\u0000', 'qx-nul a\u0000b\uD800c');
  await panel.openBy('qx-nul');
  expect(await panel.bubble('qx-nul').innerText()).not.toContain('\u0000');
  await sandbox.newBuyerWrites('lazada', '\u200B\u200B', '\u200B\u2060\uFEFF');
  await panel.find('');
  await expect(panel.rows.first()).toBeVisible();
  await expectNoMarkup(panel.page);
});

test('a message that can not be read is said to be so, among those that can', async ({
  panel,
  sandbox,
  app,
}) => {
  for (const platform of ['shopee', 'lazada', 'tiktok'] as const) {
    const place = await sandbox.answered(platform, 3);
    await sandbox.buyerWrites(place, `qx-plain-${platform}`);
    await panel.openBy(`qx-plain-${platform}`);
    await sandbox.fault({ kind: 'odd-fields', platform, path: 'history' });
    for (const n of [1, 2, 3, 4]) await sandbox.buyerWrites(place, `qx-odd-${platform}-${n}`);
    const broken = panel.page.locator('[data-kind=unreadable]');
    await expect(broken.first()).toHaveText(/This message can't be read/, { timeout: 40_000 });
    await expect(panel.bubble(`qx-plain-${platform}`)).toBeVisible();
    await expect(panel.bubble(`qx-odd-${platform}`).first()).toBeVisible();
  }
  // The raw form stands in the log, for whoever has to find out what came.
  expect(logsOf(app.dataDir)).toMatch(/"unreadable-message".*"raw":"\{/);
});

test('nothing secret stands in the logs or on the page', async ({ panel, sandbox, app }) => {
  const secrets = sandbox.bundle.platforms.flatMap(({ appSecret, pushSecret, shops }) => [
    appSecret,
    pushSecret,
    ...shops.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
  ]);
  expect(secrets.length).toBeGreaterThan(12);
  await panel.page.getByRole('button', { name: 'Settings' }).click();
  const places = {
    logs: logsOf(app.dataDir),
    terminal: app.output(),
    page: await panel.page.content(),
    storage: await panel.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })),
  };
  expect(places.logs).not.toBe('');
  for (const [place, text] of Object.entries(places)) {
    for (const secret of secrets) expect(text.includes(secret), `a secret in the ${place}`).toBe(false);
  }
});

function logsOf(dataDir: string): string {
  const folders = [join(dataDir, 'practice/logs'), join(dataDir, 'logs')];
  return folders
    .flatMap((folder) => {
      try {
        return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
      } catch {
        return [];
      }
    })
    .join('\n');
}
