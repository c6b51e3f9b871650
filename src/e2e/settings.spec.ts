import { expect, test } from './test.ts';

test.use({ start: { file: 'settings', sandbox: true } });
test.describe.configure({ mode: 'default' });

test('the language changes at once and stays', async ({ panel }) => {
  const { page } = panel;
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radiogroup', { name: 'Language' }).getByText('简体中文').click();
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await page.reload();
  await expect(page.getByRole('searchbox').first()).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByText('Needs reply')).toHaveCount(0);
  await page.getByRole('button', { name: '设置' }).click();
  await page.getByRole('radiogroup').first().getByText('English').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('the theme changes at once and stays', async ({ panel }) => {
  const { page } = panel;
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark').click();
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('As on this computer').click();
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('rows are 76 pixels high, or 48', async ({ panel }) => {
  const { page } = panel;
  const height = async (): Promise<number | undefined> => (await panel.rows.first().boundingBox())?.height;
  await expect.poll(height).toBe(76);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radiogroup', { name: 'Conversation list' }).getByText('Compact').click();
  await page.getByRole('button', { name: /^Conversations/ }).click();
  await expect.poll(height).toBe(48);
  await page.reload();
  await expect.poll(height).toBe(48);
});

test('Ctrl+Enter sends where the setting says so, and Enter breaks the line', async ({ panel, sandbox }) => {
  const { page } = panel;
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radiogroup', { name: 'Send with' }).getByText('Ctrl + Enter').click();
  await page.getByRole('button', { name: /^Conversations/ }).click();
  await sandbox.buyerWrites(await sandbox.answered('shopee', 0), 'qx-sendkey');
  await panel.openBy('qx-sendkey');
  await panel.field.pressSequentially('qx-key-one');
  await panel.field.press('Enter');
  await panel.field.pressSequentially('two');
  await expect(panel.field).toHaveValue('qx-key-one\ntwo');
  await panel.field.press('Control+Enter');
  await expect(panel.statusOf('qx-key-one')).toHaveText('Sent');
  expect(await sandbox.acceptedSends('qx-key-one\ntwo')).toBe(1);
  await expect(panel.bubble('qx-key-one')).toBeVisible();
});
