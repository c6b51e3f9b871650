import { expect, test as base, type Page } from '@playwright/test';
import { startApp, type App, type AppOptions } from './app.ts';

interface Fixtures {
  /** How the app of this test is started: `test.use({ start: { sandbox: true } })`. */
  readonly start: AppOptions;
  /** A running Counterdesk of this test's own. */
  readonly app: App;
  /** The page, opened by the address the app printed. */
  readonly desk: Page;
  /** What went wrong in the browser so far: console errors, uncaught errors, refusals by the content policy. */
  readonly problems: string[];
}

/** Playwright's test with an app in it. A test fails if the browser complained of anything it did not take out. */
export const test = base.extend<Fixtures>({
  start: [{}, { option: true }],

  app: async ({ start }, use) => {
    const app = await startApp(start);
    await use(app);
    await app.stop();
  },

  problems: async ({ page }, use) => {
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
    await use(problems);
    expect(problems, 'what the browser complained of').toEqual([]);
  },

  desk: async ({ page, app, problems }, use) => {
    void problems;
    await page.goto(app.address);
    await use(page);
  },
});

export { expect };
