import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { PanelPage } from '../testing/pages/panel-page.ts';
import { startApp, type App, type AppOptions } from './app.ts';
import { SandboxAdmin } from './sandbox.ts';

/** How the app of a file is started. The name keeps the files apart: each has an app and a data folder of its own. */
export interface SharedStart extends AppOptions {
  readonly file: string;
}

interface WorkerFixtures {
  /** `test.use({ start: { file: 'answer', sandbox: true } })` at the top of a file. */
  readonly start: SharedStart;
  /** The running Counterdesk of this file. */
  readonly app: App;
  /** Its sandbox; its buyers are quiet unless a test lets them write. */
  readonly sandbox: SandboxAdmin;
}

interface Fixtures {
  /** What went wrong in the browser so far: console errors, uncaught errors, refusals by the content policy. */
  readonly problems: string[];
  /** The page, opened by an address of the app. */
  readonly desk: Page;
  /** The same, in practice, once all six stores have been read. */
  readonly panel: PanelPage;
}

/** A page of its own place: without this it would take up where the page of the test before was left. */
function forgetOthers(folders: readonly string[]): void {
  const empty = { snapshot: { filter: { state: 'needs-reply' }, selectedId: null, list: null }, savedAt: 0 };
  // A page a spec leaves the app for has no storage.
  if (location.protocol === 'about:') return;
  for (const folder of folders) {
    const key = `counterdesk.panel.${folder}`;
    if (sessionStorage.getItem(key) === null) sessionStorage.setItem(key, JSON.stringify(empty));
  }
}

/** Playwright's test with an app in it. A test fails if the browser complained of anything it did not take out. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  start: [{ file: '' }, { option: true, scope: 'worker' }],

  app: [
    async ({ start }, use) => {
      const app = await startApp(start);
      await use(app);
      await app.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  sandbox: [
    async ({ app }, use) => {
      const sandbox = new SandboxAdmin(app.dataDir);
      await sandbox.pause();
      await use(sandbox);
    },
    { scope: 'worker' },
  ],

  problems: async ({ page }, use) => {
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
    page.on('dialog', (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await use(problems);
    expect(problems, 'what the browser complained of').toEqual([]);
  },

  desk: async ({ page, app, problems }, use) => {
    void problems;
    await page.addInitScript(forgetOthers, [join(app.dataDir, 'practice'), join(app.dataDir, 'desk')]);
    await page.goto(await app.address());
    await use(page);
  },

  panel: async ({ desk, sandbox }, use) => {
    await sandbox.clearFaults();
    await sandbox.pause();
    const panel = new PanelPage(desk);
    await expect(desk.getByText('6 of 6 online')).toBeVisible({ timeout: 60_000 });
    await use(panel);
  },
});

export { expect };

/** For specs that end engine or host: the browser says itself that a connection was lost; that is no fault of the page. */
export function forgiveLostConnections(problems: string[]): void {
  const kept = problems.filter((text) => !/WebSocket connection|ERR_CONNECTION_(REFUSED|RESET)/.test(text));
  problems.splice(0, problems.length, ...kept);
}
