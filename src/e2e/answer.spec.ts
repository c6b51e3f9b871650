import { expect, test } from './test.ts';

test.use({ start: { file: 'answer', sandbox: true } });
test.describe.configure({ mode: 'default' });

test('answers a buyer: sending, sent, and the buyer writes back', async ({ panel, sandbox }) => {
  const place = await sandbox.answered('shopee', 0);
  await sandbox.buyerWrites(place, 'Is the bamboo shelf in stock? qx-one');
  await panel.openBy('qx-one');
  await expect(panel.state).toHaveText('Needs reply');
  await expect(panel.buyer).toHaveText(place.buyer);
  await expect(panel.selectedRow.getByTestId('conversation-store')).toHaveText(`${place.store}${place.site}`);
  await expect(panel.selectedRow.getByTestId('conversation-waited')).toHaveText(/^waited /);
  await expect(panel.page.getByTestId('composer')).toContainText(`${place.store}${place.site}`);

  const words = await panel.watchStatus('qx-two');
  await panel.answer('Yes, it is. qx-two');
  await expect(panel.statusOf('qx-two')).toHaveText('Sent');
  expect(await words()).toEqual(['Sending', 'Sent']);
  await expect(panel.field).toHaveValue('');
  expect(await sandbox.acceptedSends('Yes, it is. qx-two')).toBe(1);

  await expect(panel.state).toHaveText('Waiting for buyer');
  await expect(panel.selectedRow).toContainText('no longer in this filter');
  await panel.view('waiting').click();
  await expect(panel.selectedRow.getByTestId('conversation-waited')).toHaveCount(0);

  const before = await panel.messages.count();
  await sandbox.resume();
  await panel.answer('Shall I set one aside? qx-three');
  await expect(panel.statusOf('qx-three')).toHaveText('Sent');
  await expect(panel.messages.last()).toHaveAttribute('data-side', 'buyer', { timeout: 40_000 });
  expect(await panel.messages.count()).toBeGreaterThanOrEqual(before + 2);
  await expect(panel.state).toHaveText('Needs reply');
});

test('Ctrl+Enter sends and goes on to the next buyer who waits', async ({ panel, sandbox }) => {
  const place = await sandbox.answered('tiktok', 0);
  await sandbox.buyerWrites(place, 'qx-first');
  await panel.openBy('qx-first');
  await panel.field.fill('qx-and-on');
  await panel.field.press('Control+Enter');
  await expect(panel.buyer).toBeVisible();
  await expect(panel.bubble('qx-first')).toHaveCount(0);
  await expect(panel.state).toHaveText('Needs reply');
  await expect(panel.field).toBeFocused();
  await expect(panel.field).toHaveValue('');
  await expect.poll(() => sandbox.acceptedSends('qx-and-on')).toBe(1);
  await expect(await panel.findOne('qx-and-on')).toHaveAttribute('data-state', 'waiting');
});

test('Shift+Enter breaks the line', async ({ panel, sandbox }) => {
  await sandbox.buyerWrites(await sandbox.answered('lazada', 0), 'qx-lines');
  await panel.openBy('qx-lines');
  await panel.field.fill('qx-line-one');
  await panel.field.press('Shift+Enter');
  await panel.field.pressSequentially('line two');
  await expect(panel.field).toHaveValue('qx-line-one\nline two');
  await panel.field.press('Enter');
  await expect(panel.statusOf('qx-line-one')).toHaveText('Sent');
  expect(await sandbox.acceptedSends('qx-line-one\nline two')).toBe(1);
});

test('done by hand, reopened by the buyer', async ({ panel, sandbox }) => {
  const place = await sandbox.answered('lazada', 1);
  await sandbox.buyerWrites(place, 'qx-done');
  await panel.openBy('qx-done');
  await panel.tool('Done').click();
  await expect(panel.state).toHaveText('Done');
  await expect(await panel.findOne('qx-done')).toHaveAttribute('data-state', 'done');
  await panel.tool('Reopen').click();
  await expect(panel.state).toHaveText('Needs reply');
  await panel.tool('Done').click();
  await expect(panel.state).toHaveText('Done');
  await sandbox.buyerWrites(place, 'And one more thing');
  await expect(panel.state).toHaveText('Needs reply');
  await expect(panel.rows).toHaveAttribute('data-state', 'needs-reply');
});

test('snoozed until later, or until the buyer writes', async ({ panel, sandbox }) => {
  const place = await sandbox.answered('shopee', 1);
  await sandbox.buyerWrites(place, 'qx-snooze');
  await panel.openBy('qx-snooze');
  await panel.tool('Snooze').click();
  await panel.page.getByRole('menuitem', { name: /Tomorrow morning/ }).click();
  await expect(panel.state).toContainText('until');
  await panel.view('snoozed').click();
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.rows).toContainText('until');
  await sandbox.buyerWrites(place, 'Are you there?');
  await expect(panel.state).toHaveText('Needs reply');
  await expect(panel.rows).toContainText('no longer in this filter');
  await panel.view('all').click();
  await panel.view('snoozed').click();
  await expect(panel.page.getByText('Nothing is snoozed')).toBeVisible();
});

test("snoozed until a time of one's own choice", async ({ panel, sandbox }) => {
  await sandbox.buyerWrites(await sandbox.answered('lazada', 2), 'qx-choice');
  await panel.openBy('qx-choice');
  await panel.tool('Snooze').click();
  await panel.page.getByRole('menuitem', { name: 'Another time' }).click();
  const dialog = panel.page.getByRole('dialog', { name: 'Another time' });
  await dialog.getByLabel('Another time').fill('2020-01-01T09:00');
  await expect(dialog.getByRole('button', { name: 'Snooze' })).toBeDisabled();
  await dialog.getByLabel('Another time').fill('2199-12-31T09:00');
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  await expect(panel.state).toContainText('until');
  await panel.tool('End the snooze').click();
  await expect(panel.state).toHaveText('Needs reply');
});

test('marked unread, it stays so while it is open', async ({ panel, sandbox }) => {
  const place = await sandbox.answered('tiktok', 1);
  await sandbox.buyerWrites(place, 'qx-unread');
  await panel.openBy('qx-unread');
  await expect(await panel.findOne('qx-unread')).toHaveAttribute('data-unread', 'false');
  await panel.tool('Mark unread').click();
  await expect(panel.rows).toHaveAttribute('data-unread', 'true');
  await panel.page.getByRole('button', { name: 'Filter' }).click();
  await panel.page.getByRole('menuitemcheckbox', { name: 'Unread only' }).click();
  await expect(panel.rows).toHaveCount(1);
});
