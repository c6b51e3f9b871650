import type { Page } from '@playwright/test';
import { FirstRunPage } from '../testing/pages/first-run-page.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'first-run' } });
test.describe.configure({ mode: 'default' });

const practiceBar = (page: Page) => page.getByRole('region', { name: 'Practice' });

test('offers three ways to begin, and says what the later two need', async ({ desk, app }) => {
  const first = new FirstRunPage(desk);
  await expect(first.title).toBeVisible();
  await expect(practiceBar(desk)).toBeHidden();

  await first.connect.click();
  await expect(desk.getByRole('heading', { name: 'Connect a store' })).toBeVisible();
  for (const platform of ['Shopee', 'Lazada', 'TikTok Shop']) {
    await expect(desk.getByRole('listitem').filter({ hasText: platform })).toHaveCount(1);
  }
  await first.back.click();

  await first.restore.click();
  await expect(desk.getByRole('heading', { name: 'Restore a backup' })).toBeVisible();
  await expect(desk.getByText(app.dataDir)).toBeVisible();
  await first.back.click();
  await expect(first.title).toBeVisible();
});

test('tries with the sandbox, and leaves it in one click', async ({ desk }) => {
  const first = new FirstRunPage(desk);
  await first.sandbox.click();
  await expect(practiceBar(desk)).toBeVisible({ timeout: 60_000 });
  const stores = desk.getByRole('treeitem', { level: 2 });
  await expect(stores).toHaveCount(6);
  for (const name of ['Nusa Living', 'Hive Audio', 'Baan Craft']) {
    await expect(stores.filter({ hasText: name })).toHaveCount(2);
  }
  // Six stores are read for the first time.
  await expect(desk.getByTestId('conversation-row').first()).toBeVisible({ timeout: 60_000 });
  await desk.reload();
  await expect(practiceBar(desk)).toBeVisible();

  await practiceBar(desk).getByRole('button', { name: 'Leave practice' }).click();
  await expect(first.title).toBeVisible({ timeout: 60_000 });
  await expect(practiceBar(desk)).toBeHidden();
  await expect(desk.getByTestId('conversation-row')).toHaveCount(0);
  await expect(desk.getByRole('treeitem')).toHaveCount(0);
});

test('a second page follows when the first one changes the space', async ({ desk, app, context }) => {
  const second = await context.newPage();
  await second.goto(await app.address());
  await expect(new FirstRunPage(second).title).toBeVisible();
  await new FirstRunPage(desk).sandbox.click();
  await expect(practiceBar(second)).toBeVisible({ timeout: 60_000 });
  await expect(second.getByTestId('conversation-row').first()).toBeVisible({ timeout: 60_000 });
  await practiceBar(second).getByRole('button', { name: 'Leave practice' }).click();
  for (const page of [desk, second]) {
    await expect(new FirstRunPage(page).title).toBeVisible({ timeout: 60_000 });
    await expect(page.getByTestId('conversation-row')).toHaveCount(0);
  }
});
