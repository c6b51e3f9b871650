import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { FirstRunPage } from '../testing/pages/first-run-page.ts';
import { OutboxPage } from '../testing/pages/outbox-page.ts';
import { ProxiesPage } from '../testing/pages/proxies-page.ts';
import { startApp } from './app.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'accessibility', sandbox: true } });
test.describe.configure({ mode: 'default' });

/** What axe finds on the page, short enough to read. An open menu lies outside the landmarks, as menus may. */
async function findings(page: Page, open: 'menu' | 'none' = 'none'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (open === 'menu' ? axe.disableRules(['region']) : axe).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    const turn = colorScheme === 'light' ? 0 : 1;

    test('the panel with an open conversation shuts nobody out', async ({ panel, sandbox }) => {
      await sandbox.buyerWrites(await sandbox.answered('shopee', turn), `qx-axe-${turn}`);
      expect(await findings(panel.page)).toEqual([]);
      await panel.openBy(`qx-axe-${turn}`);
      await sandbox.fault({ kind: 'refuse', path: 'send' });
      await panel.answer('qx-axe-refused');
      await expect(panel.statusOf('qx-axe-refused')).toContainText('Not sent');
      await panel.answer('qx-axe-behind');
      await expect(panel.statusOf('qx-axe-behind').last()).toContainText('Waiting');
      await panel.view('all').click();
      expect(await findings(panel.page)).toEqual([]);
      const outbox = new OutboxPage(panel.page);
      await outbox.act(panel.bubble('qx-axe-refused').last(), 'Show in log').click();
      await expect(outbox.log.getByTestId('log-line').first()).toBeVisible();
      expect(await findings(panel.page)).toEqual([]);
      await panel.page.keyboard.press('Escape');
      await outbox.open();
      await expect(outbox.rows.first()).toBeVisible();
      expect(await findings(panel.page)).toEqual([]);
    });

    test('nor do dialogs, menus and settings', async ({ panel, sandbox }) => {
      const { page } = panel;
      await page.keyboard.press('Control+p');
      await expect(page.getByRole('combobox', { name: 'Go to a store' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'New group…' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();

      await page.getByRole('button', { name: 'Filter' }).click();
      await expect(page.getByRole('menuitemcheckbox').first()).toBeVisible();
      expect(await findings(page, 'menu')).toEqual([]);
      await page.keyboard.press('Escape');

      await sandbox.buyerWrites(await sandbox.answered('tiktok', turn), `qx-snooze-${turn}`);
      await panel.openBy(`qx-snooze-${turn}`);
      await panel.tool('Snooze').click();
      await expect(page.getByTestId('snooze-menu')).toBeVisible();
      expect(await findings(page, 'menu')).toEqual([]);
      await page.getByRole('menuitem', { name: 'Another time' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expect(page.getByTestId('snooze-menu')).toBeHidden();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await panel.tool('Translation of this conversation').click();
      await expect(page.getByTestId('translation-menu')).toBeVisible();
      expect(await findings(page, 'menu')).toEqual([]);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Settings' }).click();
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
      await expect(page.getByTestId('provider')).toHaveCount(2);
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Add provider…' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
    });

    test('nor does the import of proxies', async ({ panel }) => {
      const { page } = panel;
      const proxies = new ProxiesPage(page);
      await proxies.open();
      expect(await findings(page)).toEqual([]);
      await proxies.openImport();
      expect(await findings(page)).toEqual([]);
      await proxies.read(['203.0.113.1:8080:mai:pw', '203.0.113.2:80:203.0.113.3:81', '203.0.113.4:99999']);
      await proxies.importRows.getByTestId('correct').click();
      expect(await findings(page)).toEqual([]);
      await proxies.importRow('203.0.113.1').getByTestId('row-stores').click();
      await expect(proxies.dialog).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test('nor do the board of proxies and its dialogs', async ({ panel }) => {
      const { page } = panel;
      const proxies = new ProxiesPage(page);
      const host = `203.0.113.${turn + 10}`;
      await proxies.open();
      await proxies.import([`${host}:8080:mai:pw`]);
      const row = proxies.row(`${host}:8080`);
      await row.getByRole('checkbox').check();
      for (const deed of ['Assign to stores…', 'Renew…', 'Export…', 'Remove…']) {
        await proxies.chosenBar.getByRole('button', { name: deed }).click();
        await expect(proxies.dialog).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await expect(proxies.dialog).toBeHidden();
      }
      await row.getByRole('button', { name: 'More' }).click();
      await expect(page.getByRole('menuitem', { name: 'Edit…' })).toBeVisible();
      expect(await findings(page, 'menu')).toEqual([]);
    });

    test('nor do the dialogs of one proxy and of a store’s', async ({ panel }) => {
      const { page } = panel;
      const proxies = new ProxiesPage(page);
      const host = `203.0.113.${turn + 20}`;
      await proxies.open();
      await proxies.import([`${host}:8080:mai:pw`]);
      await proxies.row(`${host}:8080`).getByRole('rowheader').click();
      await expect(proxies.dialog).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(proxies.dialog).toBeHidden();
      await proxies.leave();
      await proxies.bindFromRail(/Nusa Living.*TH/);
      await proxies.pick(`${host}:8080`);
      expect(await findings(page)).toEqual([]);
    });
  });
}

test('nor do first run and its pages, light and dark', async ({ page }) => {
  const app = await startApp();
  try {
    await page.goto(await app.address());
    const first = new FirstRunPage(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(first.title).toBeVisible();
      expect(await findings(page)).toEqual([]);
      for (const choice of [first.connect, first.restore]) {
        await choice.click();
        await expect(first.back).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await first.back.click();
      }
    }
  } finally {
    await app.stop();
  }
});
