import type { Page } from '@playwright/test';
import type { PanelPage } from '../testing/pages/panel-page.ts';
import { startApp } from './app.ts';
import { childPid } from './processes.ts';
import { SandboxAdmin } from './sandbox.ts';
import { expect, forgiveLostConnections, test } from './test.ts';

test.use({ start: { file: 'crash', sandbox: true } });
test.describe.configure({ mode: 'default' });

/** Answers the engine's process id, or nothing when none runs. */
function killEngine(hostPid: number): number | undefined {
  const pid = childPid(hostPid, 'engine.js');
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  return pid;
}

const reconnecting = (page: Page) => page.getByText('Reconnecting…');

async function openIds(panel: PanelPage): Promise<string | null> {
  return panel.page.getByTestId('composer').getAttribute('data-conversation-id');
}

test('the engine is killed in use: nothing typed is lost, nothing is sent twice', async ({
  panel,
  sandbox,
  app,
  problems,
}) => {
  const place = await sandbox.answered('shopee', 0);
  await sandbox.buyerWrites(place, 'qx-crash');
  await panel.openBy('qx-crash');
  const conversation = await openIds(panel);
  // One is on its way, taken by the platform but not answered; one waits behind it.
  const slow = await sandbox.fault({ kind: 'delay', path: 'send', ms: 600_000 });
  await panel.answer('qx-on-its-way');
  await expect.poll(() => sandbox.acceptedSends('qx-on-its-way')).toBe(1);
  await panel.answer('qx-behind-it');
  await expect(panel.statusOf('qx-behind-it')).toHaveText('Sending');
  await panel.field.pressSequentially('half a sen');
  const before = killEngine(app.pid);
  expect(before).toBeDefined();
  await panel.field.pressSequentially('tence, qx-draft');
  await sandbox.clearFaults(slow);

  await expect.poll(() => childPid(app.pid, 'engine.js')).not.toBe(before);
  await expect(panel.statusOf('qx-on-its-way')).toHaveText('Sent', { timeout: 60_000 });
  await expect(panel.statusOf('qx-behind-it')).toHaveText('Sent');
  await expect(panel.field).toHaveValue('half a sentence, qx-draft');
  await expect(panel.field).toBeFocused();
  expect(await openIds(panel)).toBe(conversation);
  for (const text of ['qx-on-its-way', 'qx-behind-it']) {
    await expect(panel.bubble(text)).toHaveCount(1);
    expect(await sandbox.acceptedSends(text)).toBe(1);
  }
  forgiveLostConnections(problems);
});

test('an engine that stays away is said aloud; what is sent meanwhile is kept', async ({
  panel,
  sandbox,
  app,
  problems,
}) => {
  await sandbox.buyerWrites(await sandbox.answered('tiktok', 0), 'qx-away');
  await panel.openBy('qx-away');
  const keepAway = setInterval(() => killEngine(app.pid), 50);
  try {
    await expect(reconnecting(panel.page)).toBeVisible({ timeout: 60_000 });
    await panel.answer('qx-typed-away');
    await expect(panel.page.getByTestId('composer-problem')).toContainText('Your text is kept');
  } finally {
    clearInterval(keepAway);
  }
  await expect(reconnecting(panel.page)).toBeHidden({ timeout: 60_000 });
  await expect(panel.field).toHaveValue('qx-typed-away');
  await panel.field.press('Enter');
  await expect(panel.statusOf('qx-typed-away')).toHaveText('Sent');
  expect(await sandbox.acceptedSends('qx-typed-away')).toBe(1);
  forgiveLostConnections(problems);
});

test('a send that fails after leaving is said with the names of buyer and store', async ({
  panel,
  sandbox,
  app,
  problems,
}) => {
  await sandbox.buyerWrites(await sandbox.answered('tiktok', 1), 'qx-elsewhere');
  await panel.openBy('qx-elsewhere');
  const buyer = await panel.buyer.innerText();
  const store = await panel.page.getByTestId('composer-store').innerText();
  const left = await openIds(panel);
  const engine = childPid(app.pid, 'engine.js') ?? 0;
  expect(engine).toBeGreaterThan(0);
  process.kill(engine, 'SIGSTOP');
  await panel.answer('qx-left-behind');
  await panel.page.locator('[data-testid=conversation-row][aria-selected=false]').first().click();
  process.kill(engine, 'SIGKILL');

  const notice = panel.page.getByTestId('notice');
  await expect(notice).toContainText(`Your reply to ${buyer} as ${store}`);
  await expect(notice).toContainText('was not sent');
  await expect(reconnecting(panel.page)).toBeHidden({ timeout: 60_000 });
  await panel.openBy('qx-elsewhere');
  expect(await openIds(panel)).toBe(left);
  await expect(panel.field).toHaveValue('qx-left-behind');
  expect(await sandbox.acceptedSends('qx-left-behind')).toBe(0);
  forgiveLostConnections(problems);
});

test('a reload shows the same conversation, with its draft', async ({ panel, sandbox }) => {
  await sandbox.buyerWrites(await sandbox.answered('lazada', 0), 'qx-reload');
  await panel.openBy('qx-reload');
  const conversation = await openIds(panel);
  await panel.field.pressSequentially('not sent yet, qx-kept');
  await panel.page.reload();
  await expect(panel.bubble('qx-reload')).toBeVisible();
  await expect(panel.field).toHaveValue('not sent yet, qx-kept');
  expect(await openIds(panel)).toBe(conversation);
  // The row of another conversation says that a draft waits there.
  await panel.view('all').click();
  await panel.page.locator('[data-testid=conversation-row][aria-selected=false]').first().click();
  await expect(panel.field).not.toHaveValue('not sent yet, qx-kept');
  await expect((await panel.findOne('qx-reload')).getByTestId('conversation-draft')).toHaveText('Draft:');
});

test('the host is killed and started again: the page comes back by itself', async ({
  panel,
  sandbox,
  app,
  problems,
}) => {
  await sandbox.buyerWrites(await sandbox.answered('lazada', 1), 'qx-host');
  await panel.openBy('qx-host');
  const conversation = await openIds(panel);
  await sandbox.fault({ kind: 'delay', path: 'send', ms: 600_000 });
  await panel.answer('qx-host-sent');
  await expect.poll(() => sandbox.acceptedSends('qx-host-sent')).toBe(1);
  await panel.field.pressSequentially('qx-host-draft');
  await app.kill();
  await expect(reconnecting(panel.page)).toBeVisible({ timeout: 60_000 });

  const again = await startApp({
    sandbox: true,
    dataDir: app.dataDir,
    flags: ['--port', new URL(app.origin).port],
  });
  try {
    expect(again.origin).toBe(app.origin);
    await expect(reconnecting(panel.page)).toBeHidden({ timeout: 60_000 });
    const restored = new SandboxAdmin(app.dataDir);
    await restored.pause();
    await expect(panel.statusOf('qx-host-sent')).toHaveText('Sent', { timeout: 60_000 });
    await expect(panel.bubble('qx-host-sent')).toHaveCount(1);
    await expect(panel.field).toHaveValue('qx-host-draft');
    expect(await openIds(panel)).toBe(conversation);
    expect(await restored.acceptedSends('qx-host-sent')).toBe(1);
    forgiveLostConnections(problems);
  } finally {
    await panel.page.close();
    await again.stop();
  }
});
