import type { PanelPage } from '../testing/pages/panel-page.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'filter', sandbox: true } });
test.describe.configure({ mode: 'default' });

/** The stores of the rows drawn, each once. */
const storesShown = (panel: PanelPage) => async (): Promise<string[]> =>
  [...new Set(await panel.rows.getByTestId('conversation-store').allInnerTexts())]
    .map((text) => text.replace(/\s+/g, ' '))
    .sort();

test('narrows the list by platform, store and site', async ({ panel }) => {
  await panel.view('all').click();
  await expect(panel.rows.first()).toBeVisible();

  await panel.railLine('Lazada 2 stores').click();
  await expect.poll(storesShown(panel)).toEqual(['Hive Audio PH', 'Hive Audio VN']);

  await panel.railLine(/Hive Audio.*VN/).click();
  await expect.poll(storesShown(panel)).toEqual(['Hive Audio VN']);

  await panel.railLine(/^All stores/).click();
  await panel.page.getByRole('button', { name: 'Filter' }).click();
  await panel.page.getByRole('menuitemcheckbox', { name: /^TH / }).click();
  await expect.poll(storesShown(panel)).toEqual(['Nusa Living TH']);
  await panel.page.keyboard.press('Escape');
  await panel.page.getByRole('button', { name: 'Remove filter: TH' }).click();
  await expect.poll(async () => (await storesShown(panel)()).length).toBeGreaterThan(1);
});

test("narrows the list by a group of one's own", async ({ panel }) => {
  await panel.railLine(/Baan Craft.*SG/).click({ button: 'right' });
  await panel.page.getByRole('menuitem', { name: 'Move to a new group…' }).click();
  await panel.page.getByLabel('Name').fill('Mornings');
  await panel.page.getByRole('button', { name: 'Save' }).click();
  await panel.railLine(/^Mornings/).click();
  await panel.view('all').click();
  await expect.poll(storesShown(panel)).toEqual(['Baan Craft SG']);
  await panel.page.reload();
  await expect(panel.railLine(/^Mornings/)).toHaveAttribute('aria-selected', 'true');
  await expect.poll(storesShown(panel)).toEqual(['Baan Craft SG']);
});

const words = [
  { language: 'Thai', text: 'ขอสีน้ำเงินเข้มครับ', word: 'น้ำเงิน', platform: 'shopee' },
  { language: 'Chinese', text: '请问这个书架有现货吗', word: '书架', platform: 'tiktok' },
  {
    language: 'Vietnamese without accents',
    text: 'Cho mình đổi địa chỉ nhé',
    word: 'doi dia chi',
    platform: 'lazada',
  },
] as const;

for (const [index, { language, text, word, platform }] of words.entries()) {
  test(`finds ${language} words`, async ({ panel, sandbox }) => {
    const place = await sandbox.answered(platform, 5 + index);
    const mark = `zq${index}mark`;
    await sandbox.buyerWrites(place, `${text} ${mark}`);
    const id = await (await panel.findOne(mark)).getAttribute('data-conversation-id');
    await panel.find(word);
    await expect(
      panel.page.locator(`[data-testid=conversation-row][data-conversation-id="${id}"]`),
    ).toBeVisible();
    await panel.findOne(`${word} ${mark}`);
    await panel.page.getByRole('button', { name: 'Clear search' }).click();
    await expect(panel.search).toHaveValue('');
    await expect.poll(() => panel.rows.count()).toBeGreaterThan(1);
  });
}

test('says so when nothing matches, and clears in one click', async ({ panel }) => {
  await panel.find('zzqqxxyy');
  await expect(panel.page.getByText('Nothing matches')).toBeVisible();
  await panel.page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(panel.rows.first()).toBeVisible();
  await expect(panel.search).toHaveValue('');
});

test('shows only unread ones, only those in trouble, and each state', async ({ panel, sandbox }) => {
  await panel.view('all').click();
  await panel.page.getByRole('button', { name: 'Filter' }).click();
  await panel.page.getByRole('menuitemcheckbox', { name: 'Unread only' }).click();
  await panel.page.keyboard.press('Escape');
  await expect(panel.page.locator('[data-testid=conversation-row][data-unread=false]')).toHaveCount(0);
  await expect(panel.rows.first()).toHaveAttribute('data-unread', 'true');
  await panel.page.getByRole('button', { name: 'Remove filter: Unread only' }).click();

  for (const state of ['needs-reply', 'waiting'] as const) {
    await panel.view(state).click();
    await expect(panel.rows.first()).toHaveAttribute('data-state', state);
    await expect(panel.page.locator(`[data-testid=conversation-row]:not([data-state=${state}])`)).toHaveCount(
      0,
    );
  }

  const place = await sandbox.answered('shopee', 3);
  await sandbox.buyerWrites(place, 'qx-trouble');
  await panel.openBy('qx-trouble');
  await sandbox.fault({ kind: 'refuse', path: 'send' });
  await panel.answer('qx-refused');
  await expect(panel.statusOf('qx-refused')).toContainText('Not sent');
  await panel.view('trouble').click();
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.rows.getByTestId('conversation-preview')).toContainText('Not sent');
});

test('sorts by waiting or newest, and remembers it', async ({ panel, sandbox }) => {
  const times = async (): Promise<number[]> => {
    const texts = await panel.rows
      .locator('time')
      .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')));
    return texts.map((text) => Date.parse(text ?? ''));
  };
  const place = await sandbox.answered('tiktok', 4);
  await sandbox.buyerWrites(place, 'qx-newest');
  // It has arrived before the pointer comes over the list, where no row moves.
  await panel.findOne('qx-newest');
  await panel.search.fill('');
  await panel.page.getByRole('button', { name: 'Sort: Waiting' }).click();
  await panel.page.getByRole('menuitemradio', { name: 'Newest first' }).click();
  await expect(panel.rows.first()).toContainText('qx-newest');
  // A row whose time changed under the pointer goes to its place once that has left.
  await panel.page.mouse.move(0, 0);
  await expect(async () => {
    const newest = await times();
    expect(newest).toEqual(newest.toSorted((a, b) => b - a));
  }).toPass({ timeout: 20_000 });

  await panel.page.reload();
  await expect(panel.rows.first()).toContainText('qx-newest');
  await panel.page.getByRole('button', { name: 'Sort: Newest' }).click();
  await panel.page.getByRole('menuitemradio', { name: 'Longest waiting first' }).click();
  await expect(panel.rows.first()).not.toContainText('qx-newest');
});
