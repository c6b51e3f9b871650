import type { Page } from '@playwright/test';
import type { PanelPage } from '../testing/pages/panel-page.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'translation', sandbox: true } });
// One after another: what is kept, and how a store is set, is what the next one finds.
test.describe.configure({ mode: 'default' });

const THAI = 'มีประกันมั้ยครับ';
const words = (page: Page) => page.getByTestId('message-translation');

async function setMode(page: Page, group: string, mode: string): Promise<void> {
  await page.getByRole('button', { name: /^Translation of this conversation/ }).click();
  const menu = page.getByTestId('translation-menu');
  const item = menu.getByRole('menuitem', { name: mode, exact: true });
  await (group === 'store' ? item.last() : item.first()).click();
  await expect(menu).toBeHidden();
}
/** Opens the conversation of a buyer of this name. */
async function openOf(panel: PanelPage, buyer: string): Promise<void> {
  await (await panel.findOne(buyer)).click();
  await expect(panel.buyer).toHaveText(buyer);
  await panel.search.fill('');
  // What is looked for next must not be found in this list.
  await expect(panel.rows.nth(1)).toBeVisible();
}
/** Does something in the settings, and comes back. */
async function inSettings(page: Page, work: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByTestId('provider')).toHaveCount(2);
  await work();
  await page.getByRole('button', { name: 'Conversations' }).click();
}
/** Has a provider asked, or not, by its place in the list. */
async function setAsked(page: Page, index: number, isOn: boolean): Promise<void> {
  await page.getByTestId('provider').nth(index).getByRole('button', { name: /^Edit/ }).click();
  const asked = page.getByRole('switch', { name: 'Ask it' });
  if ((await asked.isChecked()) !== isOn) await asked.click({ force: true });
  await page.getByTestId('provider-save').click();
  await expect(page.getByRole('dialog')).toBeHidden();
}
async function setBudget(page: Page, characters: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Characters a month, at most' });
  await field.fill(characters);
  await field.press('Enter');
}
/** What this month's line in the settings says was sent: code points, and calls. */
async function usage(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const text = (await page.getByTestId('translation-usage').textContent()) ?? '';
  await page.getByRole('button', { name: 'Conversations' }).click();
  return text;
}

test('a buyer’s words are translated on a click, beside the original; away and back makes no call', async ({
  panel,
  sandbox,
}) => {
  const { page } = panel;
  await sandbox.newBuyerWrites('shopee', 'Somchai Test', THAI);
  await openOf(panel, 'Somchai Test');
  await expect(panel.bubble(THAI)).toBeVisible();
  await page.getByRole('button', { name: 'Translate', exact: true }).click();
  await expect(words(page)).toHaveText(/warranty/i);
  await expect(panel.bubble(THAI)).toContainText('Thai · Phrase book');
  await expect(panel.selectedRow).toContainText(/warranty/i);
  const before = await usage(page);
  expect(before).toContain('in 1 calls');
  await sandbox.newBuyerWrites('tiktok', 'Other Test', 'qx-other');
  await openOf(panel, 'Other Test');
  await openOf(panel, 'Somchai Test');
  await expect(words(page)).toHaveText(/warranty/i);
  expect(await usage(page)).toBe(before);
});

test('a person’s words for it are kept, and given up again', async ({ panel }) => {
  const { page } = panel;
  await openOf(panel, 'Somchai Test');
  await panel.bubble(THAI).hover();
  await page.getByRole('button', { name: 'Edit the translation' }).click();
  const field = page.getByRole('textbox', { name: 'Translation of this message' });
  await field.fill('Is there a guarantee?');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(words(page)).toHaveText('Is there a guarantee?');
  await expect(panel.bubble(THAI)).toContainText('your words');
  await page.reload();
  await openOf(panel, 'Somchai Test');
  await expect(words(page)).toHaveText('Is there a guarantee?');
});

test('a store that is translated by itself: a buyer’s words come translated', async ({ panel, sandbox }) => {
  const { page } = panel;
  const place = await sandbox.newBuyerWrites('shopee', 'Malee Test', 'สวัสดีครับ');
  await openOf(panel, 'Malee Test');
  await setMode(page, 'store', 'Automatically');
  await sandbox.buyerWrites(place, 'ส่งไปแล้วนะคะ สีเหมือนในรูปมั้ยครับ เห็นรีวิวบอกว่าเข้มกว่า');
  await expect(words(page).last()).toContainText('[not in the phrase book]');
  await setMode(page, 'conversation', 'Off');
  await sandbox.buyerWrites(place, 'มีโค้ดส่วนลดมั้ยครับ 😅');
  await expect(panel.bubble('มีโค้ดส่วนลดมั้ยครับ')).toBeVisible();
  await expect(panel.bubble('มีโค้ดส่วนลดมั้ยครับ').getByTestId('message-translation')).toHaveCount(0);
});

test('no provider can: the original stays, the reason is said, and a later try works', async ({
  panel,
  sandbox,
}) => {
  const { page } = panel;
  await inSettings(page, async () => {
    for (const index of [0, 1]) await setAsked(page, index, false);
  });
  await sandbox.newBuyerWrites('shopee', 'Nobody Test', 'มีเก็บปลายทางมั้ยครับ');
  await openOf(panel, 'Nobody Test');
  await expect(page.getByTestId('translation-failed')).toContainText('no provider is set up');
  await expect(panel.bubble('มีเก็บปลายทางมั้ยครับ')).toBeVisible();
  await inSettings(page, async () => {
    await setAsked(page, 0, true);
    const first = page.getByTestId('provider').first();
    await first.getByRole('button', { name: /^Test/ }).click();
    await expect(first).toContainText('Works:');
  });
  await openOf(panel, 'Nobody Test');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(words(page)).toBeVisible();
});

test('the month’s budget is used up: nothing more is sent, and that is said', async ({ panel, sandbox }) => {
  const { page } = panel;
  await inSettings(page, () => setBudget(page, '1'));
  const before = await usage(page);
  await sandbox.newBuyerWrites('shopee', 'Budget Test', 'ยกเลิกได้มั้ยครับ แม่ซื้อมาแล้ว 555');
  await openOf(panel, 'Budget Test');
  await expect(page.getByTestId('translation-failed')).toContainText('budget is used up');
  expect(await usage(page)).toBe(before);
});

test('what is kept is deleted for one store and stays for the others', async ({ panel, sandbox }) => {
  const { page } = panel;
  await inSettings(page, () => setBudget(page, '0'));
  await sandbox.newBuyerWrites('tiktok', 'Tuan Test', THAI);
  await openOf(panel, 'Tuan Test');
  await page.getByRole('button', { name: 'Translate', exact: true }).click();
  await expect(words(page)).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  const kept = page.getByTestId('kept-store');
  await expect(kept).toHaveCount(2);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save all as a file…' }).click();
  expect((await saved).suggestedFilename()).toBe('counterdesk-translations.csv');
  const terms = page.getByRole('textbox', { name: 'Words that are never translated' });
  await terms.fill('AirFlow Pro\nHive');
  await page.getByRole('button', { name: 'Save words' }).click();
  await expect(page.getByRole('button', { name: 'Save words' })).toBeHidden();
  await kept.filter({ hasText: 'Baan Craft' }).getByRole('button').click();
  await kept.filter({ hasText: 'Baan Craft' }).getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(kept).toHaveCount(1);
  await expect(kept).toContainText('Nusa Living');
});

test('an answer is seen translated before it goes, can be changed, and what was meant stays beside it', async ({
  panel,
  sandbox,
}) => {
  const { page } = panel;
  const preview = page.getByTestId('outgoing-words');
  const place = await sandbox.newBuyerWrites('shopee', 'Answer Test', THAI);
  await openOf(panel, 'Answer Test');
  await page.getByRole('button', { name: /^Translation of this conversation/ }).click();
  await page.getByTestId('translation-menu').getByRole('menuitem', { name: /^Thai/ }).click();
  await expect(page.getByTestId('translation-menu')).toBeHidden();
  const english = 'Thank you!';
  await panel.field.fill(english);
  await expect(page.getByTestId('outgoing-preview')).toContainText('Goes out in Thai');
  await expect(preview).not.toHaveValue('');
  await page.getByRole('button', { name: 'Translate back' }).click();
  await expect(page.getByTestId('back-translation')).toBeVisible();
  await preview.fill('ขอบคุณค่ะ 1');
  await panel.field.press('Enter');
  await expect(panel.bubble('ขอบคุณค่ะ 1')).toBeVisible();
  await expect(panel.bubble('ขอบคุณค่ะ 1').getByTestId('message-meant')).toHaveText(english);
  await expect(panel.field).toHaveValue('');
  // At once: Enter waits for the translation of exactly this text, and that alone goes out.
  await panel.answer('Sure, checking now.');
  await expect(panel.field).toHaveValue('');
  await expect.poll(async () => (await sandbox.requests('send', place)).length).toBe(2);
  expect(await sandbox.acceptedSends('Sure, checking now.')).toBe(1);
  expect(JSON.stringify(await sandbox.requests('send', place))).toContain('[not in the phrase book] Sure');
});

test('an answer that can’t be translated is asked about, and never goes out by itself', async ({
  panel,
  sandbox,
}) => {
  const { page } = panel;
  await inSettings(page, async () => {
    for (const index of [0, 1]) await setAsked(page, index, false);
  });
  const place = await sandbox.newBuyerWrites('shopee', 'Failing Test', THAI);
  await openOf(panel, 'Failing Test');
  await page.getByRole('button', { name: /^Translation of this conversation/ }).click();
  await page.getByTestId('translation-menu').getByRole('menuitem', { name: /^Thai/ }).click();
  await panel.answer('qx-untranslated');
  const question = page.getByTestId('untranslated-question');
  await expect(question).toContainText('Send untranslated?');
  await panel.field.press('Enter');
  await expect(question).toBeVisible();
  expect(await sandbox.requests('send', place)).toEqual([]);
  await expect(panel.field).toHaveValue('qx-untranslated');
  await question.getByRole('button', { name: 'Send untranslated' }).click();
  await expect(panel.statusOf('qx-untranslated')).toHaveText('Sent');
  expect(await sandbox.acceptedSends('qx-untranslated')).toBe(1);
});
