import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

test.use({ start: { file: 'store-links', sandbox: true } });
test.describe.configure({ mode: 'default' });

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

test('a link that leads elsewhere shows its true host and asks; the keyboard goes back to it', async ({
  panel,
  sandbox,
}) => {
  const { page } = panel;
  const place = await sandbox.answered('shopee', 0);
  await sandbox.buyerWrites(
    place,
    'qx-link https://shоpee.sg/login?to=https://shopee.sg 看https://example.com/a，',
  );
  await panel.openBy('qx-link');
  const links = panel.bubble('qx-link').getByTestId('message-link');
  await expect(links).toHaveText(['https://shоpee.sg/login?to=https://shopee.sg', 'https://example.com/a']);
  const dialog = page.getByRole('dialog', { name: 'This link leads elsewhere' });

  await links.first().focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByTestId('link-host')).toHaveText('xn--shpee-kye.sg');
  await expect(dialog.getByTestId('link-other-form')).toHaveText('shоpee.sg');
  await expect(dialog).toContainText('Careful: this looks like another site than it is.');
  await expect(dialog.getByTestId('link-address')).toHaveText(
    'https://xn--shpee-kye.sg/login?to=https://shopee.sg',
  );
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(links.first()).toBeFocused();

  await links.nth(1).click();
  await expect(dialog.getByTestId('link-host')).toHaveText('example.com');
  await expect(dialog.getByTestId('link-other-form')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});

test('a link into this computer is not opened, and that is said', async ({ panel, sandbox }) => {
  await sandbox.buyerWrites(await sandbox.answered('lazada', 0), 'qx-local http://127.0.0.1:1/x');
  await panel.openBy('qx-local');
  await panel.bubble('qx-local').getByTestId('message-link').click();
  await expect(panel.page.getByTestId('notice')).toContainText('That link is no web address');
  await expect(panel.page.getByRole('dialog')).toHaveCount(0);
});

test('what the rail asks about a store’s browser shuts nobody out, and gives the keyboard back', async ({
  panel,
}) => {
  const { page } = panel;
  const line = page.getByRole('treeitem', { name: /Nusa Living/ }).first();
  for (const [deed, title] of [
    ['Downloads…', /^Downloads of Nusa Living/],
    ['Share sign-in with…', /^Share a sign-in with Nusa Living/],
  ] as const) {
    await line.focus();
    await page.keyboard.press('ContextMenu');
    await page.getByRole('menuitem', { name: deed }).click();
    const dialog = page.getByRole('dialog', { name: title });
    await expect(dialog).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(line).toBeFocused();
  }
});

test('stores share one sign-in by a person’s word, and are separated again', async ({ panel }) => {
  const { page } = panel;
  const line = page.getByRole('treeitem', { name: /Hive Audio/ }).first();
  const menu = async (deed: string): Promise<void> => {
    await line.click({ button: 'right' });
    await page.getByRole('menuitem', { name: deed }).click();
  };
  await menu('Share sign-in with…');
  const dialog = page.getByRole('dialog');
  const share = dialog.getByRole('button', { name: 'Share' });
  await expect(share).toBeDisabled();
  await dialog.getByRole('checkbox').first().check();
  await share.click();
  await expect(dialog).toBeHidden();
  await menu('Separate…');
  await expect(dialog).toContainText('gets a browser of its own without a sign-in');
  await dialog.getByRole('button', { name: 'Separate' }).click();
  await expect(dialog).toBeHidden();
  await line.click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Share sign-in with…' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Separate…' })).toHaveCount(0);
});
