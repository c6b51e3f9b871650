import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { PlatformId } from '../contract/models.ts';
import type { PanelPage } from '../testing/pages/panel-page.ts';
import { drawPng } from '../sandbox/media/png.ts';
import { gifBytes } from '../testing/pictures.ts';
import { callTiktok } from '../testing/sandbox-client.ts';
import type { KnownConversation, SandboxAdmin } from './sandbox.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'attachments', sandbox: true } });

const file = (name: string, bytes: Uint8Array, mimeType = 'image/png') => ({
  name,
  mimeType,
  buffer: Buffer.from(bytes),
});
const picked = (page: Page) => page.getByTestId('picked-picture');
const pictures = (panel: PanelPage) =>
  panel.messages.filter({ has: panel.page.getByTestId('message-image') });

/** A colleague answers in another client: the platform shows it as the shop's. */
async function colleagueAnswers(
  sandbox: SandboxAdmin,
  place: KnownConversation,
  text: string,
): Promise<void> {
  const app = sandbox.bundle.platforms.find(({ platform }) => platform === 'tiktok');
  const shop = app?.shops.find(({ shopId }) => shopId === place.shopId);
  if (app === undefined || shop === undefined) throw new Error('no shop');
  const path = `/customer_service/202309/conversations/${place.conversationId}/messages`;
  const body = { type: 'TEXT', content: JSON.stringify({ content: text }) };
  expect((await callTiktok(app, shop, path, { method: 'POST', body })).at('code')).toBe(0);
}

/** Opens the n-th answered conversation of a platform by words its buyer writes now. */
async function open(
  panel: PanelPage,
  sandbox: SandboxAdmin,
  platform: PlatformId,
  n: number,
  words: string,
): Promise<KnownConversation> {
  const place = await sandbox.answered(platform, n);
  await sandbox.buyerWrites(place, words);
  await panel.openBy(words);
  return place;
}

/** Gives the page files as a paste or a drop does. */
async function give(page: Page, how: 'paste' | 'drop', names: readonly string[]): Promise<void> {
  await page.evaluate(
    ({ how: type, names: all, bytes }) => {
      const data = new DataTransfer();
      for (const name of all) data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
      const field = document.querySelector('[data-testid=composer-field]');
      if (field === null) throw new Error('no field');
      if (type === 'paste') {
        field.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
      } else {
        const drag = { dataTransfer: data, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent('dragenter', drag));
        document.body.dispatchEvent(new DragEvent('drop', drag));
      }
    },
    { how, names, bytes: [...drawPng(0xcc6622, 200, 120)] },
  );
}

test('pictures picked, pasted and dropped go out in order before the text, each once', async ({
  panel,
  sandbox,
}) => {
  const place = await open(panel, sandbox, 'tiktok', 0, 'qx-pictures');
  const before = await pictures(panel).count();
  await panel.page.getByTestId('picture-input').setInputFiles([file('one.png', drawPng(0x2266cc, 300, 200))]);
  await expect(picked(panel.page)).toHaveCount(1);
  await give(panel.page, 'paste', ['two.png']);
  await expect(picked(panel.page)).toHaveCount(2);
  await give(panel.page, 'drop', ['three.png', 'four.png']);
  await expect(picked(panel.page)).toHaveCount(4);
  await panel.page.getByRole('button', { name: 'Take out three.png' }).click();
  await expect(picked(panel.page)).toHaveCount(3);
  await expect(panel.field).toBeFocused();
  await panel.answer('qx-after-pictures');
  await expect(picked(panel.page)).toHaveCount(0);
  await expect(pictures(panel)).toHaveCount(before + 3);
  await expect(panel.statusOf('qx-after-pictures')).toHaveText('Sent', { timeout: 60_000 });
  const sends = (await sandbox.requests('send', place)).filter(({ messageId }) => messageId !== null);
  expect(sends.map(({ body }) => (body as { type: string }).type)).toEqual([
    'IMAGE',
    'IMAGE',
    'IMAGE',
    'TEXT',
  ]);
});

test('what the platform does not take is said with its name, size and limit; nothing is picked', async ({
  panel,
  sandbox,
}) => {
  await open(panel, sandbox, 'lazada', 0, 'qx-refused');
  const large = new Uint8Array(1024 * 1024 + 500_000);
  large.set(drawPng(0x2266cc, 300, 200));
  await panel.page
    .getByTestId('picture-input')
    .setInputFiles([
      file('moving.gif', gifBytes(30, 20), 'image/gif'),
      file('huge.png', large),
      file('note.png', Buffer.from('hello')),
    ]);
  const refused = panel.page.getByTestId('refused-files').getByRole('listitem');
  await expect(refused).toHaveText([
    'moving.gif is GIF; Lazada takes JPEG, PNG.',
    'huge.png is 1.5 MB; Lazada takes at most 1 MB.',
    "note.png is not a whole picture, or can't be read.",
  ]);
  await expect(picked(panel.page)).toHaveCount(0);
  await panel.field.pressSequentially('x');
  await expect(refused).toHaveCount(0);
});

test('pictures and text belong to their conversation, through a change of it and a reload', async ({
  panel,
  sandbox,
}) => {
  const other = await sandbox.answered('shopee', 3);
  await sandbox.buyerWrites(other, 'qx-other');
  await open(panel, sandbox, 'shopee', 0, 'qx-mine');
  await give(panel.page, 'paste', ['kept.png']);
  await panel.field.pressSequentially('qx-kept-text');
  await expect(picked(panel.page)).toHaveAttribute('data-state', 'ready');
  await panel.openBy('qx-other');
  await expect(picked(panel.page)).toHaveCount(0);
  await expect(panel.field).toHaveValue('');
  await panel.openBy('qx-mine');
  await expect(picked(panel.page)).toHaveCount(1);
  await expect(panel.field).toHaveValue('qx-kept-text');
  await panel.page.reload();
  await expect(picked(panel.page)).toHaveCount(1);
  await expect(panel.field).toHaveValue('qx-kept-text');
});

test('an answer to an upload that never comes is tried again; the picture arrives once', async ({
  panel,
  sandbox,
}) => {
  const place = await open(panel, sandbox, 'lazada', 1, 'qx-upload');
  await sandbox.fault({ kind: 'drop-after-accept', platform: 'lazada', path: 'upload' });
  await give(panel.page, 'paste', ['again.png']);
  await expect(picked(panel.page)).toHaveCount(1);
  await panel.send.click();
  await expect
    .poll(
      async () =>
        (await sandbox.requests('send', place)).filter(({ messageId }) => messageId !== null).length,
      {
        timeout: 60_000,
      },
    )
    .toBe(1);
  await expect(pictures(panel).last().getByTestId('message-status')).toHaveText('Sent', { timeout: 60_000 });
});

test('an order of the thread, and one typed by its number, go as cards; an unknown one says so', async ({
  panel,
  sandbox,
}) => {
  const place = await open(panel, sandbox, 'lazada', 2, 'qx-cards');
  const order = await sandbox.orderElsewhere(place);
  const dialog = panel.page.getByRole('dialog');
  const send = async (number: string): Promise<void> => {
    await panel.page.getByTestId('send-card').click();
    await dialog.getByRole('textbox', { name: 'Order number' }).fill(number);
    await panel.page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
  };
  await send(order);
  const card = panel.messages.filter({ has: panel.page.getByTestId('card-order') }).last();
  await expect(card.getByTestId('message-status')).toHaveText('Sent', { timeout: 60_000 });
  await expect(card).toContainText(order);
  await panel.page.getByTestId('send-card').click();
  await expect(dialog.getByTestId('seen-card').first()).toContainText(order);
  await dialog.getByTestId('seen-card').first().click();
  await expect(dialog.getByRole('textbox', { name: 'Order number' })).toHaveValue(order);
  await panel.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await send('1');
  await expect(card.getByTestId('message-status')).toContainText('Not sent', { timeout: 60_000 });
});

test('a colleague’s answer since the draft was begun is asked about, and the text goes once', async ({
  panel,
  sandbox,
}) => {
  const place = await open(panel, sandbox, 'tiktok', 1, 'qx-asked');
  await panel.field.pressSequentially('qx-mine-too');
  await colleagueAnswers(sandbox, place, 'qx-colleague');
  await expect(panel.bubble('qx-colleague')).toBeVisible();

  const question = panel.page.getByTestId('anyway-question');
  await panel.field.press('Enter');
  await expect(question).toContainText('A colleague answered');
  await expect(panel.field).toBeFocused();
  await panel.field.press('Escape');
  await expect(question).toBeHidden();
  await expect(panel.field).toHaveValue('qx-mine-too');
  expect(await sandbox.acceptedSends('qx-mine-too')).toBe(0);

  await panel.field.press('Enter');
  await question.getByRole('button', { name: 'Send anyway' }).click();
  await expect(panel.field).toHaveValue('');
  await expect(panel.statusOf('qx-mine-too')).toHaveText('Sent', { timeout: 60_000 });
  expect(await sandbox.acceptedSends('qx-mine-too')).toBe(1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('pictures, what was refused, the question and the card dialog shut nobody out', async ({
      panel,
      sandbox,
    }) => {
      const { page } = panel;
      const findings = async (): Promise<string[]> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
      };
      const words = `qx-axe-${colorScheme}`;
      const place = await open(panel, sandbox, 'tiktok', colorScheme === 'light' ? 2 : 3, words);
      await panel.field.pressSequentially('begun');
      await page
        .getByTestId('picture-input')
        .setInputFiles([file('a.png', drawPng(0x118855, 300, 200)), file('b.pdf', Buffer.from('%PDF'))]);
      await expect(page.getByTestId('refused-files')).toBeVisible();
      expect(await findings()).toEqual([]);
      await colleagueAnswers(sandbox, place, `${words}-colleague`);
      await expect(panel.bubble(`${words}-colleague`)).toBeVisible();
      await panel.field.press('Enter');
      await expect(page.getByTestId('anyway-question')).toBeVisible();
      expect(await findings()).toEqual([]);
      await page.getByTestId('send-card').click();
      await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused();
      expect(await findings()).toEqual([]);
    });
  });
}
