import type { Locator, Page } from '@playwright/test';

/** What a newcomer sees, in English. */
export class FirstRunPage {
  readonly title: Locator;
  readonly sandbox: Locator;
  readonly connect: Locator;
  readonly restore: Locator;
  readonly back: Locator;

  constructor(page: Page) {
    this.title = page.getByRole('heading', { name: 'One desk for every buyer of every shop' });
    this.sandbox = page.getByRole('button', { name: 'Try with practice stores' });
    this.connect = page.getByRole('button', { name: 'Connect a store' });
    this.restore = page.getByRole('button', { name: 'Restore a backup' });
    this.back = page.getByRole('button', { name: 'Back' });
  }
}
