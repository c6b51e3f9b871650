import { expect, type Locator, type Page } from '@playwright/test';

/** The panel in English: the conversation list and the conversation that is open. */
export class PanelPage {
  readonly page: Page;
  readonly rows: Locator;
  readonly list: Locator;
  readonly search: Locator;
  readonly thread: Locator;
  readonly messages: Locator;
  readonly field: Locator;
  readonly send: Locator;
  readonly state: Locator;
  readonly buyer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByTestId('conversation-list');
    this.rows = page.getByTestId('conversation-row');
    this.search = page.getByRole('searchbox', { name: 'Search conversations' });
    this.thread = page.getByTestId('thread');
    this.messages = page.getByTestId('message');
    this.field = page.getByTestId('composer-field');
    this.send = page.getByTestId('send');
    this.state = page.getByTestId('thread-state');
    this.buyer = page.getByTestId('thread-buyer');
  }

  /** Bubbles that hold this text. */
  bubble(text: string): Locator {
    return this.messages.filter({ hasText: text });
  }

  /** What stands under or beside a bubble about its way to the platform. */
  statusOf(text: string): Locator {
    return this.bubble(text).getByTestId('message-status');
  }

  /** Remembers every word that stands beside a bubble with this text from now on; answers them in order. */
  async watchStatus(text: string): Promise<() => Promise<string[]>> {
    const words = await this.thread.evaluateHandle((thread, wanted) => {
      const seen: string[] = [];
      const look = (): void => {
        const all = [...thread.querySelectorAll<HTMLElement>('[data-testid=message]')];
        const bubble = all.find((one) => one.textContent.includes(wanted));
        const word = bubble?.querySelector('[data-testid=message-status]')?.textContent.trim() ?? '';
        if (word !== '' && word !== seen.at(-1)) seen.push(word);
      };
      new MutationObserver(look).observe(thread, { subtree: true, childList: true, characterData: true });
      return seen;
    }, text);
    return () => words.jsonValue();
  }

  /** The row of the conversation that is open. */
  get selectedRow(): Locator {
    return this.page.getByRole('option', { selected: true });
  }

  /** One of the views above the list. */
  view(name: 'needs-reply' | 'all' | 'waiting' | 'snoozed' | 'done' | 'trouble'): Locator {
    return this.page.getByTestId(`view-${name}`);
  }

  /** One of the buttons above the thread. */
  tool(name: string): Locator {
    return this.page.getByRole('group', { name: 'Conversation', exact: true }).getByRole('button', { name });
  }

  /** Searches all conversations for words of any message. */
  async find(words: string): Promise<void> {
    await this.view('all').click();
    await this.search.fill(words);
  }

  /** The row of the one conversation with these words. */
  async findOne(words: string): Promise<Locator> {
    await this.find(words);
    await expect(this.rows).toHaveCount(1);
    return this.rows;
  }

  /** Opens the one conversation in which these words were written, and shows the whole list again. */
  async openBy(words: string): Promise<void> {
    await (await this.findOne(words)).click();
    await expect(this.bubble(words).first()).toBeVisible();
    await this.search.fill('');
    await this.view('needs-reply').click();
    // The open one was there before: the list has come when others have.
    await expect(this.rows.nth(1)).toBeVisible();
  }

  /** Writes into the composer and sends with Enter. */
  async answer(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** A store, group or platform of the rail. */
  railLine(name: string | RegExp): Locator {
    return this.page.getByRole('treeitem', { name });
  }
}
