import { expect, test } from './test.ts';

test.use({ start: { file: 'keyboard', sandbox: true } });
test.describe.configure({ mode: 'default' });

test('a store, its buyers, an answer and the way on, without a mouse', async ({ panel, sandbox }) => {
  const place = await sandbox.answered('tiktok', 0);
  await sandbox.buyerWrites(place, 'qx-keys');
  const { keyboard } = panel.page;

  await keyboard.press('Control+p');
  await keyboard.type(`${place.store} ${place.site}`);
  await keyboard.press('Enter');
  const line = panel.railLine(new RegExp(`${place.store}.*${place.site}`));
  await expect(line).toHaveAttribute('aria-selected', 'true');

  await keyboard.press('/');
  await expect(panel.search).toBeFocused();
  await keyboard.type('qx-keys');
  await expect(panel.rows).toHaveCount(1);
  await keyboard.press('Escape');
  await expect(panel.search).toHaveValue('');
  await keyboard.type('qx-keys');
  await keyboard.press('Enter');
  await expect(panel.search).not.toBeFocused();
  await expect(panel.rows).toHaveCount(1);
  await keyboard.press('j');
  await expect(panel.bubble('qx-keys')).toBeVisible();

  await keyboard.press('r');
  await expect(panel.field).toBeFocused();
  await expect(panel.field).toHaveValue('');
  await keyboard.type('qx-by-keys je');
  await keyboard.press('Enter');
  await expect(panel.statusOf('qx-by-keys je')).toHaveText('Sent');
  await expect(panel.state).toHaveText('Waiting for buyer');

  await keyboard.press('Escape');
  await expect(panel.field).not.toBeFocused();
  await keyboard.press('e');
  await expect(panel.state).toHaveText('Done');
  await keyboard.press('e');
  await expect(panel.state).toHaveText('Needs reply');
  await keyboard.press('z');
  await expect(panel.page.getByTestId('snooze-menu')).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(panel.state).toContainText('until');
  await keyboard.press('z');
  await expect(panel.state).toHaveText('Needs reply');
  await keyboard.press('u');
  await expect(panel.selectedRow).toHaveAttribute('data-unread', 'true');
});

test('J and K walk the list and mark nothing as read', async ({ panel, sandbox }) => {
  // A window without the focus reads nothing, however long a conversation is in view.
  await panel.page.evaluate(() => Object.defineProperty(document, 'hasFocus', { value: () => false }));
  await panel.page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(panel.rows.first()).toBeVisible();
  const order = await panel.rows.evaluateAll((rows) => rows.map((row) => row.dataset['conversationId']));
  const before = (await sandbox.journal()).filter(
    (line) => line.kind === 'request' && line.call === 'read',
  ).length;
  for (const expected of order.slice(0, 4)) {
    await panel.page.keyboard.press('j');
    await expect(panel.selectedRow).toHaveAttribute('data-conversation-id', expected ?? '');
    await expect(panel.messages.first()).toBeVisible();
  }
  await panel.page.keyboard.press('k');
  await expect(panel.selectedRow).toHaveAttribute('data-conversation-id', order[2] ?? '');
  const after = (await sandbox.journal()).filter(
    (line) => line.kind === 'request' && line.call === 'read',
  ).length;
  expect(after).toBe(before);
});

test('in view with the focus marks read; Lazada is told only with the answer', async ({ panel, sandbox }) => {
  const shopee = await sandbox.answered('shopee', 0);
  await sandbox.buyerWrites(shopee, 'qx-read-shopee');
  await panel.openBy('qx-read-shopee');
  await expect.poll(async () => (await sandbox.requests('read', shopee)).length).toBe(1);

  const lazada = await sandbox.answered('lazada', 0);
  await sandbox.buyerWrites(lazada, 'qx-read-lazada');
  await panel.openBy('qx-read-lazada');
  // Read here, as the row shows, but not told there.
  await expect(panel.selectedRow).toHaveAttribute('data-unread', 'false');
  expect(await sandbox.requests('read', lazada)).toEqual([]);
  await panel.answer('qx-read-reply');
  await expect(panel.statusOf('qx-read-reply')).toHaveText('Sent');
  await expect.poll(async () => (await sandbox.requests('read', lazada)).length).toBe(1);
});

test('the rail is a tree: one stop for Tab, arrows within, Enter chooses, sections fold', async ({
  panel,
}) => {
  const all = panel.railLine(/^All stores/);
  await all.focus();
  await panel.page.keyboard.press('ArrowDown');
  const section = panel.railLine(/^Shopee.* 2 stores$/);
  await expect(section).toBeFocused();
  await panel.page.keyboard.press('ArrowLeft');
  await expect(section).toHaveAttribute('aria-expanded', 'false');
  await expect(panel.railLine(/Nusa Living/)).toHaveCount(0);
  await panel.page.keyboard.press('ArrowRight');
  await expect(panel.railLine(/Nusa Living/)).toHaveCount(2);
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.keyboard.press('Enter');
  await expect(panel.railLine(/Nusa Living.*ID/)).toHaveAttribute('aria-selected', 'true');
  await expect(panel.page.locator('[role=treeitem][tabindex="0"]')).toHaveCount(1);
});
