import type { PlatformId } from '../contract/models.ts';
import { OutboxPage } from '../testing/pages/outbox-page.ts';
import type { PanelPage } from '../testing/pages/panel-page.ts';
import type { KnownConversation, SandboxAdmin } from './sandbox.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'outbox', sandbox: true } });
test.describe.configure({ mode: 'default' });

/** Reading back takes as long as the platform may take to show a message. */
const SETTLED = { timeout: 90_000 };

/** Opens a conversation of this platform in which a buyer has just written `words`. */
async function openNew(
  panel: PanelPage,
  sandbox: SandboxAdmin,
  platform: PlatformId,
  words: string,
): Promise<KnownConversation> {
  const place = await sandbox.answered(platform, 0);
  await sandbox.buyerWrites(place, words);
  await panel.openBy(words);
  return place;
}

/** Sends a text that the platform refuses. */
async function sendRefused(panel: PanelPage, sandbox: SandboxAdmin, text: string): Promise<void> {
  await sandbox.fault({ kind: 'refuse', path: 'send' });
  await panel.answer(text);
  await expect(panel.statusOf(text)).toContainText('Not sent');
}

test('taken, and the line cut before the answer: looked for and found, sent once', async ({
  panel,
  sandbox,
}) => {
  await openNew(panel, sandbox, 'shopee', 'qx-dropped?');
  const words = await panel.watchStatus('qx-dropped!');
  await sandbox.fault({ kind: 'drop-after-accept', path: 'send' });
  await panel.answer('qx-dropped!');
  await expect(panel.statusOf('qx-dropped!')).toHaveText('Sent', SETTLED);
  await expect(panel.bubble('qx-dropped!')).toHaveCount(1);
  expect(await sandbox.acceptedSends('qx-dropped!')).toBe(1);
  expect(await words()).not.toContain('May not have arrived');
});

test('taken late: it is being checked until it shows, and is never sent twice', async ({
  panel,
  sandbox,
}) => {
  await openNew(panel, sandbox, 'tiktok', 'qx-late?');
  await sandbox.fault({ kind: 'accept-late', platform: 'tiktok', path: 'send', ms: 4_000 });
  await panel.answer('qx-late!');
  await expect(panel.statusOf('qx-late!')).toHaveText('Checking whether it arrived…');
  // The verdict is only offered behind a menu: looking is nearly always the better one.
  await expect(
    panel.bubble('qx-late!').getByRole('button', { name: 'It arrived, send again, discard…' }),
  ).toBeVisible();
  await expect(panel.statusOf('qx-late!')).toHaveText('Sent', SETTLED);
  expect(await sandbox.acceptedSends('qx-late!')).toBe(1);
});

/** Sends a text whose fate stays unknown: the line is cut, and the platform refuses to show the conversation. */
async function sendLost(
  panel: PanelPage,
  sandbox: SandboxAdmin,
  { platform, text, cut }: { platform: PlatformId; text: string; cut: 'drop-after-accept' | 'cut-before' },
): Promise<void> {
  const { shopId } = await openNew(panel, sandbox, platform, text.replace('!', '?'));
  await sandbox.fault({ kind: cut, shopId, path: 'send' });
  await sandbox.fault({ kind: 'refuse', shopId, path: 'history', times: null });
  await panel.answer(text);
  await expect(panel.statusOf(text)).toHaveText('Checking whether it arrived…');
}

test('nobody can know whether it arrived: it asks, and each answer does what it says', async ({
  panel,
  sandbox,
}) => {
  const outbox = new OutboxPage(panel.page);
  await sendLost(panel, sandbox, { platform: 'shopee', text: 'qx-again!', cut: 'cut-before' });
  await sendLost(panel, sandbox, { platform: 'tiktok', text: 'qx-discard!', cut: 'cut-before' });
  await sendLost(panel, sandbox, { platform: 'lazada', text: 'qx-arrived!', cut: 'drop-after-accept' });
  await panel.answer('qx-behind');
  await expect(panel.statusOf('qx-arrived!')).toHaveText('May not have arrived', SETTLED);
  await expect(panel.bubble('qx-arrived!')).toContainText('reading the conversation back could not tell');
  await expect(panel.statusOf('qx-behind')).toHaveText('Waiting: an earlier message may not have arrived');
  await expect(outbox.button).toHaveAccessibleName('Outbox · 3 messages wait for you', SETTLED);
  await sandbox.clearFaults();

  await outbox.act(panel.bubble('qx-arrived!'), 'It arrived').click();
  await expect(panel.statusOf('qx-arrived!')).toHaveText('Sent');
  await expect(panel.statusOf('qx-behind')).toHaveText('Sent');
  // What the platform shows of it later is the same message.
  await expect(panel.bubble('qx-arrived!')).toHaveCount(1);
  expect(await sandbox.acceptedSends('qx-arrived!')).toBe(1);
  expect(await sandbox.acceptedSends('qx-behind')).toBe(1);

  await outbox.open();
  await expect(outbox.row('qx-again!')).toContainText('May not have arrived');
  await outbox.act(outbox.row('qx-again!'), 'Send again').click();
  await outbox.act(outbox.row('qx-discard!'), 'Discard').click();
  await expect(outbox.rows).toHaveCount(0);
  await outbox.leave();
  await panel.openBy('qx-again!');
  await expect(panel.statusOf('qx-again!')).toHaveText('Sent');
  await expect(panel.bubble('qx-again!')).toHaveCount(1);
  expect(await sandbox.acceptedSends('qx-again!')).toBe(1);
  await panel.openBy('qx-discard?');
  await expect(panel.bubble('qx-discard!')).toHaveCount(0);
  expect(await sandbox.acceptedSends('qx-discard!')).toBe(0);
});

test('refused: those behind it wait and say so; Skip lets them go', async ({ panel, sandbox }) => {
  const outbox = new OutboxPage(panel.page);
  await openNew(panel, sandbox, 'lazada', 'qx-skip?');
  await sendRefused(panel, sandbox, 'qx-skipped');
  await panel.answer('qx-second');
  await expect(panel.statusOf('qx-second')).toHaveText('Waiting: an earlier message was not sent');
  await expect(panel.bubble('qx-skipped')).toContainText('1 message waits behind this one.');
  await outbox.act(panel.bubble('qx-second'), 'Show it').click();
  await expect(panel.bubble('qx-skipped')).toBeFocused();
  await outbox.act(panel.bubble('qx-skipped'), 'Skip').click();
  await expect(panel.statusOf('qx-second')).toHaveText('Sent');
  await expect(panel.bubble('qx-skipped')).toContainText('Later messages go out before it.');
  expect(await sandbox.acceptedSends('qx-skipped')).toBe(0);
  // The button that was pressed is gone: the keyboard is on the message, not at the beginning of the page.
  await expect(panel.bubble('qx-skipped')).toBeFocused();
  await outbox.act(panel.bubble('qx-skipped'), 'Discard').click();
  await expect(panel.bubble('qx-skipped')).toHaveCount(0);
  await expect(panel.thread).toBeFocused();
});

test('edited in place: Escape lets it be, Enter sends the new text, in the old place', async ({
  panel,
  sandbox,
}) => {
  const outbox = new OutboxPage(panel.page);
  await openNew(panel, sandbox, 'shopee', 'qx-edit?');
  await sendRefused(panel, sandbox, 'qx-edit-old');
  await outbox.act(panel.bubble('qx-edit-old'), 'Edit').click();
  const editor = panel.page.getByRole('textbox', { name: 'New text of the message' });
  await expect(editor).toBeFocused();
  await expect(editor).toHaveValue('qx-edit-old');
  await editor.fill('qx-edit-new');
  await editor.press('Escape');
  await expect(editor).toBeHidden();
  await expect(panel.statusOf('qx-edit-old')).toContainText('Not sent');
  await outbox.act(panel.bubble('qx-edit-old'), 'Edit').click();
  await editor.fill('qx-edit-new');
  // Left and come back to, the text is there, and the keys are still those of the list.
  await panel.list.focus();
  await panel.page.keyboard.press('k');
  await expect(editor).toBeHidden();
  await panel.page.keyboard.press('j');
  await expect(editor).toHaveValue('qx-edit-new');
  await expect(editor).not.toBeFocused();
  await editor.focus();
  // Picks a candidate of an input method: nothing is sent.
  await editor.evaluate((field) => {
    const key = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true };
    field.dispatchEvent(new KeyboardEvent('keydown', { ...key, keyCode: 229 }));
  });
  await expect(editor).toBeVisible();
  await editor.press('Enter');
  await expect(panel.statusOf('qx-edit-new')).toHaveText('Sent');
  expect(await sandbox.acceptedSends('qx-edit-old')).toBe(0);
  expect(await sandbox.acceptedSends('qx-edit-new')).toBe(1);
});

test('the conversation went on while a message could not go: held, and sent at a word', async ({
  panel,
  sandbox,
}) => {
  const outbox = new OutboxPage(panel.page);
  const place = await openNew(panel, sandbox, 'tiktok', 'qx-held?');
  await sandbox.fault({ kind: 'away', platform: 'tiktok' });
  await panel.answer('qx-held!');
  await expect(panel.statusOf('qx-held!')).toContainText('Waiting');
  await sandbox.buyerWrites(place, 'qx-held: never mind');
  await sandbox.clearFaults();
  await expect(panel.statusOf('qx-held!')).toHaveText('The conversation went on while this waited', SETTLED);
  await expect(panel.selectedRow.getByTestId('conversation-preview')).toHaveText(
    '1 message waits for your word',
  );
  expect(await sandbox.acceptedSends('qx-held!')).toBe(0);
  await outbox.act(panel.bubble('qx-held!'), 'Send').click();
  await expect(panel.statusOf('qx-held!')).toHaveText('Sent');
  expect(await sandbox.acceptedSends('qx-held!')).toBe(1);
});

test('a failed message: its connection can be tried, and its story read in the log', async ({
  panel,
  sandbox,
}) => {
  const outbox = new OutboxPage(panel.page);
  await openNew(panel, sandbox, 'shopee', 'qx-log?');
  await sendRefused(panel, sandbox, 'qx-logged');
  const bubble = panel.bubble('qx-logged');
  await outbox.act(bubble, 'Test connection').click();
  await expect(bubble.getByTestId('connection-test')).toHaveText(/^The connection works \(\d+ ms\)$/);
  await sandbox.fault({ kind: 'away', platform: 'shopee' });
  await outbox.act(bubble, 'Test connection').click();
  await expect(bubble.getByTestId('connection-test')).toContainText('The connection does not work');
  await sandbox.clearFaults();
  await outbox.act(bubble, 'Show in log').click();
  // How its store stood meanwhile belongs to the story: which line comes first is nobody's matter here.
  const own = outbox.log.getByTestId('log-line').filter({ hasText: 'outbox' });
  await expect(own.first()).toBeVisible();
  await expect(outbox.log).toContainText('logs');
  // What was written stays out of the log.
  await expect(outbox.log).not.toContainText('qx-logged');
  await panel.page.keyboard.press('Escape');
  await expect(outbox.log).toBeHidden();
  await outbox.act(bubble, 'Discard').click();
  await expect(bubble).toHaveCount(0);
});

test('three failures of a store raise one alert; the outbox lists them, and Retry all tries them again', async ({
  panel,
  sandbox,
}) => {
  const outbox = new OutboxPage(panel.page);
  const texts = ['qx-all-1!', 'qx-all-2!', 'qx-all-3!'];
  const { shopId } = await sandbox.answered('lazada', 0);
  for (const text of texts) {
    const place = (await sandbox.conversations()).find(
      (one) => one.shopId === shopId && one.lastAuthor === 'agent' && one.unread === 0 && one.messages < 100,
    );
    if (place === undefined) throw new Error('The shop has no answered conversation.');
    const asked = text.replace('!', '?');
    await sandbox.buyerWrites(place, asked);
    await panel.openBy(asked);
    await sendRefused(panel, sandbox, text);
  }
  await expect(outbox.button).toHaveAccessibleName('Outbox · 3 messages wait for you');
  await expect(outbox.alerts).toHaveCount(1);
  await expect(outbox.alerts).toContainText('messages to');
  // The rail's words lie over what stands beside it: they go once its view is there.
  const tooltip = panel.page.getByRole('tooltip');
  await outbox.button.hover();
  await expect(tooltip).toHaveText('Outbox');
  await outbox.open();
  await expect(tooltip).toBeHidden();
  await outbox.leave();
  await outbox.act(outbox.alerts, 'Show them').click();
  await expect(outbox.rows).toHaveCount(3);
  await outbox.kind('held').click();
  await expect(outbox.view).toContainText('Nothing of that kind');
  await outbox.kind('all').click();

  // A row leads to its message.
  await outbox.row('qx-all-2!').getByTitle('Open the conversation at this message').click();
  await expect(panel.bubble('qx-all-2!')).toBeFocused();
  await expect(panel.selectedRow).toBeVisible();
  await outbox.open();

  await outbox.retryAll.click();
  await expect(outbox.outcome).toHaveText('3 tried again.');
  await expect(outbox.view).toContainText('Nothing waits for you');
  for (const text of texts) await expect.poll(() => sandbox.acceptedSends(text)).toBe(1);
  await expect(outbox.button).toHaveAccessibleName('Outbox');
  await outbox.leave();
  await expect(outbox.alerts).toHaveCount(0);
});

test('how a message stands changes nothing of where the thread stands', async ({ panel, sandbox }) => {
  await openNew(panel, sandbox, 'shopee', 'qx-still?');
  const slow = await sandbox.fault({ kind: 'delay', path: 'send', ms: 3_000 });
  await panel.answer('qx-still!');
  await expect(panel.statusOf('qx-still!')).toHaveText('Sending');
  const top = (): Promise<number> =>
    panel
      .bubble('qx-still?')
      .first()
      .evaluate((element) => element.getBoundingClientRect().top);
  const before = await top();
  await expect(panel.statusOf('qx-still!')).toHaveText('Sent', SETTLED);
  expect(await top()).toBe(before);
  await sandbox.clearFaults(slow);
  await sandbox.fault({ kind: 'accept-late', path: 'send', ms: 3_000 });
  await panel.answer('qx-still-2');
  await expect(panel.bubble('qx-still-2')).toBeVisible();
  const placed = await top();
  await expect(panel.statusOf('qx-still-2')).toHaveText('Checking whether it arrived…');
  expect(await top()).toBe(placed);
  await expect(panel.statusOf('qx-still-2')).toHaveText('Sent', SETTLED);
  expect(await top()).toBe(placed);
});

test('the editor of a message opens in view on a low window, wherever its message stands, and grows in view', async ({
  panel,
  sandbox,
}) => {
  const outbox = new OutboxPage(panel.page);
  await openNew(panel, sandbox, 'lazada', 'qx-low?');
  await sendRefused(panel, sandbox, 'qx-low-first');
  const long = 'qx-low-long: '.padEnd(600, 'all of it, in many words, ');
  for (const text of [long, 'qx-low-third', 'qx-low-last']) await panel.answer(text);
  await panel.page.setViewportSize({ width: 1093, height: 560 });
  const editor = panel.page.getByTestId('message-editor');
  const field = editor.getByRole('textbox');
  for (const text of ['qx-low-last', 'qx-low-first', 'qx-low-long', 'qx-low-third']) {
    await outbox.act(panel.bubble(text), 'Edit').click();
    await expect(editor).toBeInViewport({ ratio: 1 });
    await field.fill('as\nmany\nlines\nas\nit\ntakes');
    await expect(editor).toBeInViewport({ ratio: 1 });
    await field.press('Escape');
  }
});
