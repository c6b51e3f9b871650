import type { Locator, Page } from '@playwright/test';
import { platformIds } from '../contract/models.ts';
import { childPid } from './processes.ts';
import type { SandboxAdmin } from './sandbox.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'network', sandbox: true } });
test.describe.configure({ mode: 'default' });

const bar = (page: Page): Locator => page.getByTestId('network-bar');
const LOST = 'Network connection lost. Session fetching paused.';

async function allAway(sandbox: SandboxAdmin): Promise<void> {
  for (const platform of platformIds) await sandbox.fault({ kind: 'away', platform });
}

test.afterEach(async ({ sandbox, panel }) => {
  await sandbox.clearFaults();
  await expect(panel.page.getByText('6 of 6 online')).toBeVisible({ timeout: 60_000 });
});

test('the network goes: it is said, writing goes on, and what was written leaves once it is back', async ({
  panel,
  sandbox,
}) => {
  const place = await sandbox.answered('shopee', 0);
  await sandbox.buyerWrites(place, 'qx-network');
  await panel.openBy('qx-network');
  const before = await panel.bubble('qx-network').boundingBox();

  await allAway(sandbox);
  await expect(bar(panel.page)).toHaveText(new RegExp(LOST), { timeout: 30_000 });
  await expect(panel.page.getByText('0 of 6 online')).toBeVisible();
  await expect(panel.railLine(/Nusa Living/).first()).toContainText('No network');
  // The bar lies over the messages: nobody who reads is moved.
  expect(await panel.bubble('qx-network').boundingBox()).toEqual(before);
  await panel.answer('qx-written-offline');
  await expect(panel.bubble('qx-written-offline')).toBeVisible();
  await panel.field.pressSequentially('and a draft');
  expect(await sandbox.acceptedSends('qx-written-offline')).toBe(0);

  await sandbox.clearFaults();
  await expect(bar(panel.page)).toContainText('Back online, all stores up to date.', { timeout: 60_000 });
  await expect(panel.statusOf('qx-written-offline')).toHaveText('Sent', { timeout: 60_000 });
  expect(await sandbox.acceptedSends('qx-written-offline')).toBe(1);
  await expect(bar(panel.page)).toBeEmpty({ timeout: 30_000 });
  await expect(panel.field).toHaveValue('and a draft');
  await panel.field.fill('');
});

test('back, but nothing can be read: it is said, and Retry brings all up to date', async ({
  panel,
  sandbox,
}) => {
  await allAway(sandbox);
  await expect(bar(panel.page)).toHaveText(new RegExp(LOST), { timeout: 30_000 });
  await sandbox.clearFaults();
  for (const platform of platformIds) await sandbox.fault({ kind: 'http-500', platform, times: null });
  await expect(bar(panel.page)).toContainText(
    'Network restored, but full session sync failed. Click retry.',
    { timeout: 60_000 },
  );
  await sandbox.clearFaults();
  await bar(panel.page).getByRole('button', { name: 'Retry' }).click();
  await expect(bar(panel.page)).toContainText('Back online, all stores up to date.', { timeout: 60_000 });
});

test('one platform goes: only its stores say so, and no bar is drawn', async ({ panel, sandbox }) => {
  await sandbox.fault({ kind: 'away', platform: 'lazada' });
  await expect(panel.page.getByText('4 of 6 online')).toBeVisible({ timeout: 60_000 });
  await expect(bar(panel.page)).toBeEmpty();
  const place = await sandbox.answered('tiktok', 0);
  await sandbox.buyerWrites(place, 'qx-others-go-on');
  await panel.openBy('qx-others-go-on');
  await panel.answer('qx-sent-meanwhile');
  await expect(panel.statusOf('qx-sent-meanwhile')).toHaveText('Sent');
});

test('the browser says that there is no network, and is wrong: nothing is said', async ({ panel }) => {
  await panel.page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await panel.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(panel.page.getByText('6 of 6 online')).toBeVisible();
  await expect(bar(panel.page)).toBeEmpty();
});

test('an engine that hangs is noticed; what is typed is kept, and all goes on when it wakes', async ({
  panel,
  sandbox,
  app,
}) => {
  const place = await sandbox.answered('lazada', 0);
  await sandbox.buyerWrites(place, 'qx-hangs');
  await panel.openBy('qx-hangs');
  const engine = childPid(app.pid, 'engine.js') ?? 0;
  expect(engine).toBeGreaterThan(0);
  process.kill(engine, 'SIGSTOP');
  try {
    await expect(panel.page.getByText("Counterdesk's engine does not answer.")).toBeVisible({
      timeout: 60_000,
    });
    await expect(panel.page.getByText('Not known now', { exact: true }).first()).toBeVisible();
    await panel.field.pressSequentially('qx-typed-meanwhile');
  } finally {
    process.kill(engine, 'SIGCONT');
  }
  await expect(panel.page.getByText("Counterdesk's engine does not answer.")).toBeHidden({ timeout: 60_000 });
  await expect(panel.page.getByText('6 of 6 online')).toBeVisible({ timeout: 60_000 });
  await expect(panel.field).toHaveValue('qx-typed-meanwhile');
  await panel.field.press('Enter');
  await expect(panel.statusOf('qx-typed-meanwhile')).toHaveText('Sent');
});
