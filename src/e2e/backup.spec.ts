import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { flipBytes } from '../testing/broken-database.ts';
import { PanelPage } from '../testing/pages/panel-page.ts';
import { startApp, type App } from './app.ts';
import { childPid, isRunning } from './processes.ts';
import { SandboxAdmin } from './sandbox.ts';
import { expect, forgiveLostConnections, test } from './test.ts';

test.use({ start: { file: 'backup', sandbox: true } });
test.describe.configure({ mode: 'default' });

const settings = (page: Page) => page.getByRole('button', { name: 'Settings' }).click();
const conversations = (page: Page) => page.getByRole('button', { name: 'Conversations' }).first().click();
const backups = (page: Page) => page.getByTestId('backup');
const online = (page: Page) => expect(page.getByText('6 of 6 online')).toBeVisible({ timeout: 60_000 });

async function backUpNow(page: Page): Promise<void> {
  await settings(page);
  const before = await backups(page).count();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(backups(page)).toHaveCount(before + 1);
  await expect(backups(page).first()).toContainText('By hand');
}

async function openPanel(page: Page, app: App): Promise<PanelPage> {
  await page.goto(await app.address());
  return new PanelPage(page);
}

test('a backup is made and restored by hand: what came since is read again, what was typed since is put back', async ({
  panel,
  sandbox,
  problems,
}) => {
  const { page } = panel;
  await backUpNow(page);
  await conversations(page);
  const place = await sandbox.answered('shopee', 0);
  await sandbox.buyerWrites(place, 'qx-since-the-backup');
  await panel.openBy('qx-since-the-backup');
  await panel.answer('qx-answered-since');
  await expect(panel.statusOf('qx-answered-since')).toHaveText('Sent');
  await panel.field.pressSequentially('qx-typed-since');
  await expect(panel.field).toHaveValue('qx-typed-since');

  await settings(page);
  await backups(page).first().getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: 'Restore this backup?' });
  await expect(dialog).toContainText('What is there now is kept as a backup first.');
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('A backup was restored')).toBeVisible({ timeout: 60_000 });
  await expect(backups(page).first()).toContainText('Before a restore');
  await page.getByRole('button', { name: 'What happened' }).click();
  await expect(page.getByRole('dialog')).toContainText('In use now is the backup of');
  await page.getByRole('dialog').getByRole('button', { name: 'Done reading' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('A backup was restored')).toBeHidden();

  await conversations(page);
  await online(page);
  await panel.view('all').click();
  await panel.search.fill('qx-since-the-backup');
  await expect(panel.rows).toHaveCount(1, { timeout: 60_000 });
  await panel.rows.first().click();
  await expect(panel.bubble('qx-since-the-backup')).toHaveCount(1);
  await expect(panel.bubble('qx-answered-since')).toHaveCount(1);
  await expect(panel.field).toHaveValue('qx-typed-since');
  expect(await sandbox.acceptedSends('qx-answered-since')).toBe(1);
  forgiveLostConnections(problems);
});

test('what was written for buyers who came since the backup stays theirs, though Counterdesk first has to meet them again', async ({
  panel,
  sandbox,
  problems,
}) => {
  const { page } = panel;
  await backUpNow(page);
  await conversations(page);
  const buyers = ['Ane', 'Bea', 'Cor'];
  for (const name of buyers) {
    await sandbox.newBuyerWrites('shopee', `${name} Qx-Newcomer`, `qx-first-of-${name}`);
    await panel.openBy(`qx-first-of-${name}`);
  }
  await panel.openBy('qx-first-of-Ane');
  const refusal = await sandbox.fault({ kind: 'refuse', path: 'send' });
  await panel.answer('qx-not-sent-to-Ane');
  await expect(panel.statusOf('qx-not-sent-to-Ane')).toContainText('Not sent');
  await sandbox.clearFaults(refusal);
  await panel.field.pressSequentially('qx-typed-for-Ane');

  await settings(page);
  await backups(page).first().getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('A backup was restored')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'What happened' }).click();
  const report = page.getByRole('dialog');
  await expect(report).toContainText('1 message that was not sent yet was put back.');
  await expect(report).toContainText('1 draft was put back.');
  await report.getByRole('button', { name: 'Open the Outbox' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('main').getByText('qx-not-sent-to-Ane')).toBeVisible({ timeout: 60_000 });

  await conversations(page);
  await online(page);
  for (const name of buyers) {
    await panel.openBy(`qx-first-of-${name}`);
    await expect(panel.buyer).toHaveText(`${name} Qx-Newcomer`);
    await expect(panel.field).toHaveValue(name === 'Ane' ? 'qx-typed-for-Ane' : '');
  }
  expect(await sandbox.acceptedSends('qx-not-sent-to-Ane')).toBe(0);
  await page.getByRole('button', { name: 'Done reading' }).click();
  forgiveLostConnections(problems);
});

test('a damaged data file is replaced at the start, and what came since is read again', async ({
  panel,
  sandbox,
  app,
  problems,
}) => {
  const { page } = panel;
  await backUpNow(page);
  await conversations(page);
  const place = await sandbox.answered('lazada', 0);
  await sandbox.buyerWrites(place, 'qx-before-the-damage');
  await panel.openBy('qx-before-the-damage');
  const engine = childPid(app.pid, 'engine.js') ?? 0;
  expect(engine).toBeGreaterThan(0);
  // What the page makes of a host that is killed is told elsewhere; here it has gone before.
  await page.goto('about:blank');
  await app.kill();
  // The engine still puts its journal into the file when its host has gone; a journal would heal the first page.
  await expect.poll(() => isRunning(engine)).toBe(false);
  const file = join(app.dataDir, 'practice/counterdesk.db');
  rmSync(`${file}-wal`, { force: true });
  flipBytes(file, 0, 64);

  const again = await startApp({
    sandbox: true,
    dataDir: app.dataDir,
    flags: ['--port', new URL(app.origin).port],
  });
  try {
    const back = await openPanel(page, again);
    await expect(page.getByText('Your data file was damaged and has been replaced')).toBeVisible({
      timeout: 60_000,
    });
    await page.getByRole('button', { name: 'What happened' }).click();
    const report = page.getByRole('dialog');
    await expect(report).toContainText('Nothing was deleted.');
    await expect(report).toContainText(join(app.dataDir, 'practice/quarantine'));
    await report.getByRole('button', { name: 'Done reading' }).click();
    expect(readdirSync(join(app.dataDir, 'practice/quarantine'))).toHaveLength(1);
    await online(page);
    await back.view('all').click();
    await back.search.fill('qx-before-the-damage');
    await expect(back.rows).toHaveCount(1, { timeout: 60_000 });
    forgiveLostConnections(problems);
  } finally {
    await page.close();
    await again.stop();
  }
});

test('a folder that was moved asks as one that was moved, and says where it was', async ({ page }) => {
  const home = mkdtempSync(join(tmpdir(), 'counterdesk-moved-'));
  const first = await startApp({ sandbox: true, dataDir: join(home, 'data') });
  await openPanel(page, first);
  await online(page);
  await first.stop();
  const there = join(home, 'moved');
  renameSync(first.dataDir, there);
  const second = await startApp({ sandbox: true, dataDir: there });
  try {
    await openPanel(page, second);
    const bar = page.getByRole('status').filter({ hasText: 'This data was moved or copied' });
    await expect(bar).toContainText(join(home, 'data/practice'));
    await bar.getByRole('button', { name: 'Use this folder' }).click();
    const dialog = page.getByRole('dialog', { name: 'Use the data in this folder?' });
    await expect(dialog).toContainText('If it was moved, all is well.');
    await dialog.getByRole('button', { name: 'Use it here' }).click();
    await expect(bar).toBeHidden({ timeout: 60_000 });
    await page.getByRole('button', { name: 'What happened' }).click();
    const report = page.getByRole('dialog', { name: 'The data is used in this folder' });
    await expect(report).toContainText('reading and sending go on from this folder');
    await expect(report).toContainText('none waits for you');
    await report.getByRole('button', { name: 'Done reading' }).click();
    await online(page);
  } finally {
    await page.close();
    await second.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

test('a copy opened elsewhere is only shown, until this machine takes over', async ({ page }) => {
  const home = mkdtempSync(join(tmpdir(), 'counterdesk-copy-'));
  const first = await startApp({ sandbox: true, dataDir: join(home, 'first/data') });
  await openPanel(page, first);
  await online(page);
  await new SandboxAdmin(first.dataDir).pause();
  await first.stop();
  const there = join(home, 'second/data');
  cpSync(first.dataDir, there, { recursive: true });

  const second = await startApp({ sandbox: true, dataDir: there });
  try {
    const sandbox = new SandboxAdmin(there);
    await sandbox.pause();
    const asked = async (): Promise<number> =>
      (await sandbox.journal()).filter(({ kind }) => kind === 'request').length;
    const before = await asked();
    const panel = await openPanel(page, second);
    const bar = page.getByRole('status').filter({ hasText: 'This is a copy' });
    await expect(bar).toContainText('Nothing is read or sent.');
    await panel.view('all').click();
    await panel.rows.first().click();
    await expect(panel.messages.first()).toBeVisible();
    expect(await asked()).toBe(before);

    await bar.getByRole('button', { name: 'This machine takes over' }).click();
    const dialog = page.getByRole('dialog', { name: 'Use this data here?' });
    await expect(dialog).toContainText('Close Counterdesk on the other machine first');
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await expect(bar).toBeHidden({ timeout: 60_000 });
    await online(page);
    const place = await sandbox.answered('tiktok', 0);
    await sandbox.buyerWrites(place, 'qx-after-taking-over');
    await panel.openBy('qx-after-taking-over');
  } finally {
    await page.close();
    await second.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
