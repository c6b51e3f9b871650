import type { Locator, Page } from '@playwright/test';

/** The outbox in English: what failed, is held or may not have arrived, and how one message stands. */
export class OutboxPage {
  readonly page: Page;
  readonly view: Locator;
  readonly rows: Locator;
  readonly retryAll: Locator;
  readonly outcome: Locator;
  /** The button of the rail that leads here. */
  readonly button: Locator;
  readonly log: Locator;
  readonly alerts: Locator;

  constructor(page: Page) {
    this.page = page;
    this.view = page.getByTestId('outbox');
    this.rows = page.getByTestId('trouble-row');
    this.retryAll = page.getByTestId('retry-all');
    this.outcome = page.getByTestId('retry-all-outcome');
    this.button = page.getByRole('button', { name: /^Outbox/ });
    this.log = page.getByRole('dialog', { name: 'Log of this message' });
    this.alerts = page.getByTestId('store-alert');
  }

  /** Rows that hold this text. */
  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** One of the kinds above the list. */
  kind(name: 'all' | 'failed' | 'held' | 'unconfirmed'): Locator {
    return this.page.getByTestId(`outbox-${name}`);
  }

  /** A button of a bubble or of a row. */
  act(within: Locator, name: string): Locator {
    return within.getByRole('button', { name, exact: true });
  }

  async open(): Promise<void> {
    await this.button.click();
    await this.view.waitFor();
  }

  /** Back to the conversations. */
  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: /^Conversations/ }).click();
  }
}
