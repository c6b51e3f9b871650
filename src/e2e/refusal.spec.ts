import { expect, test } from './test.ts';

test.use({ start: { file: 'refusal', sandbox: true } });
test.describe.configure({ mode: 'default' });

test('refused: the reason in words, Retry sends it', async ({ panel, sandbox }) => {
  await sandbox.buyerWrites(await sandbox.answered('shopee', 0), 'qx-retry');
  await panel.openBy('qx-retry');
  await sandbox.fault({ kind: 'refuse', path: 'send', code: 'message_is_censored' });
  await panel.answer('qx-refused');
  await expect(panel.statusOf('qx-refused')).toHaveText('Not sent: the platform refuses its wording');
  // It counts as unanswered: the buyer has nothing.
  await expect(panel.state).toHaveText('Needs reply');
  await panel.bubble('qx-refused').getByRole('button', { name: 'Retry' }).click();
  await expect(panel.statusOf('qx-refused')).toHaveText('Sent');
  await expect(panel.bubble('qx-refused')).toHaveCount(1);
  await expect(panel.state).toHaveText('Waiting for buyer');
  expect(await sandbox.acceptedSends('qx-refused')).toBe(1);
});

test('refused by a code nobody has written down: named as the platform names it', async ({
  panel,
  sandbox,
}) => {
  await sandbox.buyerWrites(await sandbox.answered('tiktok', 0), 'qx-unknown');
  await panel.openBy('qx-unknown');
  await sandbox.fault({ kind: 'refuse', path: 'send', code: '45999999' });
  await panel.answer('qx-odd-code');
  await expect(panel.statusOf('qx-odd-code')).toHaveText('Not sent: the platform refused it (45999999)');
});

test('Discard takes it out, and what waited behind it goes', async ({ panel, sandbox }) => {
  await sandbox.buyerWrites(await sandbox.answered('shopee', 1), 'qx-discard');
  await panel.openBy('qx-discard');
  await sandbox.fault({ kind: 'refuse', path: 'send' });
  await panel.answer('qx-unwanted');
  await expect(panel.statusOf('qx-unwanted')).toContainText('Not sent');
  await panel.answer('qx-behind');
  await expect(panel.statusOf('qx-behind')).toHaveText('Waiting: an earlier message was not sent');
  await panel.bubble('qx-unwanted').getByRole('button', { name: 'Discard' }).click();
  await expect(panel.bubble('qx-unwanted')).toHaveCount(0);
  await expect(panel.statusOf('qx-behind')).toHaveText('Sent');
  await panel.page.reload();
  await expect(panel.bubble('qx-behind')).toHaveCount(1);
  await expect(panel.bubble('qx-unwanted')).toHaveCount(0);
});

for (const [index, platform] of (['shopee', 'lazada', 'tiktok'] as const).entries()) {
  test(`${platform} took it and the line was cut: found again, never sent twice`, async ({
    panel,
    sandbox,
  }) => {
    const place = await sandbox.answered(platform, 4 + index);
    const mark = `qx-cut-${platform}`;
    await sandbox.buyerWrites(place, `${mark}?`);
    await panel.openBy(`${mark}?`);
    // The echo is kept from us until it was seen that it is being looked for.
    const blind = [
      await sandbox.fault({ kind: 'error', platform, path: 'list', times: null }),
      await sandbox.fault({ kind: 'error', platform, path: 'history', times: null }),
      await sandbox.fault({ kind: 'error', platform, path: 'get', times: null }),
    ];
    await sandbox.fault({ kind: 'drop-after-accept', platform, path: 'send' });
    await panel.answer(`${mark}!`);
    await expect(panel.statusOf(`${mark}!`)).toHaveText('Checking whether it arrived…');
    expect(await sandbox.acceptedSends(`${mark}!`)).toBe(1);
    for (const id of blind) await sandbox.clearFaults(id);
    await expect(panel.statusOf(`${mark}!`)).toHaveText('Sent', { timeout: 60_000 });
    await expect(panel.bubble(`${mark}!`)).toHaveCount(1);
    expect(await sandbox.acceptedSends(`${mark}!`)).toBe(1);
  });
}

test('cut before it was taken: sent again only once it is sure that it did not arrive', async ({
  panel,
  sandbox,
}) => {
  await sandbox.buyerWrites(await sandbox.answered('shopee', 2), 'qx-unclear');
  await panel.openBy('qx-unclear');
  await sandbox.fault({ kind: 'cut-before', path: 'send' });
  await panel.answer('qx-maybe');
  await expect(panel.statusOf('qx-maybe')).toHaveText('Checking whether it arrived…');
  expect(await sandbox.acceptedSends('qx-maybe')).toBe(0);
  await expect(panel.statusOf('qx-maybe')).toHaveText('Sent', { timeout: 60_000 });
  await expect(panel.bubble('qx-maybe')).toHaveCount(1);
  expect(await sandbox.acceptedSends('qx-maybe')).toBe(1);
});

test('too long for the platform: said at once, the text stays', async ({ panel, sandbox }) => {
  await sandbox.buyerWrites(await sandbox.answered('shopee', 3), 'qx-long');
  await panel.openBy('qx-long');
  const text = `qx-novel ${'long '.repeat(200)}`;
  await panel.answer(text);
  await expect(panel.page.getByTestId('composer-problem')).toContainText('Your text is kept');
  await expect(panel.field).toHaveValue(text);
  await expect(panel.bubble('qx-novel')).toHaveCount(0);
});
