import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';

test.use({ start: { file: 'ime', sandbox: true } });
test.describe.configure({ mode: 'default' });

/** An input method at work in whatever has the focus, as Chromium's own input pipeline shows it to a page. */
class InputMethod {
  readonly #cdp: CDPSession;

  constructor(cdp: CDPSession) {
    this.#cdp = cdp;
  }

  static async of(page: Page): Promise<InputMethod> {
    return new InputMethod(await page.context().newCDPSession(page));
  }

  /** A key the input method took: browsers report 229. */
  async key(key: string, code: string): Promise<void> {
    const event = { key, code, windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
    await this.#cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
    await this.#cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  /** Shows the composition so far. */
  async compose(text: string): Promise<void> {
    await this.key('Process', 'KeyN');
    await this.#cdp.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }

  /** Enter picks the candidate: the key is the input method's, the text goes into the field. */
  async pick(text: string): Promise<void> {
    await this.key('Enter', 'Enter');
    await this.#cdp.send('Input.insertText', { text });
  }
}

/** Enter as a page sees it while a composition is open, once in each form browsers use. */
async function composingKeys(field: Locator, key: 'Enter' | 'Escape'): Promise<void> {
  await field.evaluate((element, name) => {
    const init = { key: name, code: name, bubbles: true, cancelable: true };
    element.dispatchEvent(new KeyboardEvent('keydown', { ...init, keyCode: 13, isComposing: true }));
    element.dispatchEvent(new KeyboardEvent('keydown', { ...init, keyCode: 229 }));
  }, key);
}

const languages = [
  { name: 'Chinese', steps: ['n', 'ni', 'ni h', 'ni hao'], text: '你好' },
  { name: 'Japanese', steps: ['k', 'か', 'かｓ', 'かし', 'かしこ'], text: '畏まりました' },
] as const;

for (const [index, { name, steps, text }] of languages.entries()) {
  test(`${name}: Enter picks a candidate and sends nothing; the next one sends`, async ({
    panel,
    sandbox,
  }) => {
    const place = await sandbox.answered('tiktok', index);
    await sandbox.buyerWrites(place, `qx-ime-${index}`);
    await panel.openBy(`qx-ime-${index}`);
    await panel.field.focus();
    const method = await InputMethod.of(panel.page);
    for (const step of steps) await method.compose(step);
    await expect(panel.field).toHaveValue(steps.at(-1) ?? '');
    await composingKeys(panel.field, 'Enter');
    // News of this very conversation arrive while the composition is open.
    await sandbox.buyerWrites(place, `qx-meanwhile-${index}`);
    await expect(panel.bubble(`qx-meanwhile-${index}`)).toBeVisible();
    await expect(panel.field).toHaveValue(steps.at(-1) ?? '');
    await method.pick(text);
    await expect(panel.field).toHaveValue(text);
    await expect(panel.bubble(text)).toHaveCount(0);
    expect(await sandbox.acceptedSends(text)).toBe(0);
    await panel.field.press('Enter');
    await expect(panel.statusOf(text)).toHaveText('Sent');
    expect(await sandbox.acceptedSends(text)).toBe(1);
  });
}

test('in the list search nothing is searched for, closed or emptied before the composition ends', async ({
  panel,
  sandbox,
}) => {
  await sandbox.buyerWrites(await sandbox.answered('tiktok', 4), '我想要一只熊猫杯');
  await panel.view('all').click();
  await panel.search.focus();
  const rows = await panel.rows.count();
  const method = await InputMethod.of(panel.page);
  await method.compose('xiong');
  await composingKeys(panel.search, 'Enter');
  await composingKeys(panel.search, 'Escape');
  await expect(panel.search).toHaveValue('xiong');
  expect(await panel.rows.count()).toBe(rows);
  await method.pick('熊猫杯');
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.rows).toContainText('熊猫杯');
});

test('in the store search and the jump dialog Enter goes nowhere and Escape closes nothing', async ({
  panel,
}) => {
  const stores = panel.page.getByRole('searchbox', { name: 'Find a store' });
  const method = await InputMethod.of(panel.page);
  await stores.focus();
  await method.compose('hive');
  await composingKeys(stores, 'Enter');
  await composingKeys(stores, 'Escape');
  await expect(stores).toHaveValue('hive');
  await expect(panel.railLine(/^All stores/)).toHaveAttribute('aria-selected', 'true');
  await method.pick('hive');
  await stores.press('Escape');
  await expect(stores).toHaveValue('');

  await panel.page.keyboard.press('Control+p');
  const jump = panel.page.getByRole('combobox', { name: 'Go to a store' });
  await expect(jump).toBeFocused();
  await method.compose('baan');
  await composingKeys(jump, 'Enter');
  await composingKeys(jump, 'Escape');
  await expect(jump).toHaveValue('baan');
  await expect(panel.railLine(/^All stores/)).toHaveAttribute('aria-selected', 'true');
  await method.pick('baan');
  await expect(jump).toHaveValue('baan');
  await jump.press('Enter');
  await expect(jump).toBeHidden();
  await expect(panel.railLine(/Baan Craft/).and(panel.page.locator('[aria-selected=true]'))).toHaveCount(1);
});

test('in the name of a group Enter picks a candidate, it does not save', async ({ panel }) => {
  await panel.page.getByRole('button', { name: 'New group…' }).click();
  const name = panel.page.getByLabel('Name');
  await expect(name).toBeFocused();
  const method = await InputMethod.of(panel.page);
  await method.compose('zao');
  await composingKeys(name, 'Enter');
  await composingKeys(name, 'Escape');
  await expect(name).toHaveValue('zao');
  await method.pick('早班');
  await expect(name).toHaveValue('早班');
  await panel.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.railLine('早班')).toHaveCount(0);
});

/** What a Telex typist's keyboard driver does: writes, then takes letters back and writes others. */
const telex = [
  { keys: 'Tie', back: 0 },
  { keys: 'ê', back: 1 },
  { keys: 'ng', back: 0 },
  { keys: 'ếng', back: 3 },
  { keys: ' Vie', back: 0 },
  { keys: 'ệ', back: 1 },
  { keys: 't', back: 0 },
] as const;

test('Vietnamese Telex by synthetic Backspace: the value is never rewritten while news arrive', async ({
  panel,
  sandbox,
}) => {
  const place = await sandbox.answered('lazada', 0);
  await sandbox.buyerWrites(place, 'qx-telex');
  await panel.openBy('qx-telex');
  await panel.field.evaluate((element: HTMLTextAreaElement) => {
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value') ?? {};
    if (get === undefined) throw new Error('A field without a value.');
    const rewrite = (text: string): void => {
      element.dataset['rewritten'] = text;
      set?.call(element, text);
    };
    Object.defineProperty(element, 'value', { get, set: rewrite });
  });
  await panel.field.focus();
  let typed = '';
  for (const [turn, { keys, back }] of telex.entries()) {
    for (let n = 0; n < back; n += 1) await panel.page.keyboard.press('Backspace');
    await panel.page.keyboard.insertText(keys);
    typed = typed.slice(0, typed.length - back) + keys;
    await sandbox.buyerWrites(place, `qx-news-${turn}`);
    await expect(panel.field).toHaveValue(typed);
  }
  await expect(panel.bubble(`qx-news-${telex.length - 1}`)).toBeVisible();
  await expect(panel.field).toHaveValue('Tiếng Việt');
  await expect(panel.field).not.toHaveAttribute('data-rewritten');
  await panel.field.press('Enter');
  await expect(panel.statusOf('Tiếng Việt')).toHaveText('Sent');
});
