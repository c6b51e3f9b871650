import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { PanelPage } from '../testing/pages/panel-page.ts';
import { startApp, type App } from './app.ts';
import { childPid } from './processes.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'snapshot', sandbox: true } });
test.describe.configure({ mode: 'default' });

/** The names of all calls this page makes from now on. */
function watchCalls(page: Page): string[] {
  const calls: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const name = /"m":"([a-z]+\.[A-Za-z]+)"/.exec(String(payload))?.[1];
      if (name !== undefined) calls.push(name);
    }),
  );
  return calls;
}

/** Nothing more is being saved or read. */
async function calm(calls: readonly string[]): Promise<void> {
  let before = -1;
  await expect
    .poll(
      () => {
        const same = calls.length === before;
        before = calls.length;
        return same;
      },
      { intervals: [1_200] },
    )
    .toBe(true);
}

interface Place {
  readonly view: string | null;
  readonly search: string;
  readonly selected: string | null;
  readonly list: { readonly id: string; readonly top: number };
  readonly message: { readonly id: string; readonly top: number };
  readonly draft: string;
}

/** Everything a person would miss. */
async function placeOf(panel: PanelPage): Promise<Place> {
  const firstIn = (box: string, items: string, name: string) =>
    panel.page.evaluate(
      ([boxId, itemsId, attribute]) => {
        const view = document.querySelector(`[data-testid=${boxId}]`);
        const top = view?.getBoundingClientRect().top ?? 0;
        for (const one of document.querySelectorAll(`[data-testid=${itemsId}]`)) {
          const box = one.getBoundingClientRect();
          if (box.bottom > top + 1)
            return { id: one.getAttribute(attribute ?? '') ?? '', top: Math.round(box.top - top) };
        }
        return { id: '', top: 0 };
      },
      [box, items, name],
    );
  const pressed = panel.page.locator('[data-testid^=view-][aria-pressed=true]');
  return {
    view: await pressed.getAttribute('data-testid'),
    search: await panel.search.inputValue(),
    selected: await panel.page.getByTestId('composer').getAttribute('data-conversation-id'),
    list: await firstIn('conversation-list', 'conversation-row', 'data-conversation-id'),
    message: await firstIn('thread', 'message', 'data-message-id'),
    draft: await panel.field.inputValue(),
  };
}

const note = (panel: PanelPage) => panel.page.getByTestId('list-note');
const restored = (panel: PanelPage) => panel.page.getByTestId('restored-note');

/** Goes somewhere in the middle of everything. */
async function settleIn(panel: PanelPage, draft: string): Promise<Place> {
  await panel.view('all').click();
  await panel.list.hover();
  // The rows of the other view may come after the first turn of the wheel, and begin at the top.
  await expect
    .poll(async () => {
      const top = await panel.list.evaluate((list) => list.scrollTop);
      if (top !== 1_010) await panel.page.mouse.wheel(0, 1_010 - top);
      return top;
    })
    .toBe(1_010);
  await panel.page.locator('[data-testid=conversation-row]').nth(18).click();
  await expect(panel.messages.first()).toBeVisible();
  await panel.field.fill(draft);
  await panel.thread.evaluate((view) => {
    view.scrollTop = Math.max(0, view.scrollTop - 260);
  });
  await panel.page.mouse.move(720, 2);
  return placeOf(panel);
}

test('leaving and coming back: everything is there at once, nothing is asked, and it says so', async ({
  panel,
}) => {
  const { page } = panel;
  const calls = watchCalls(page);
  await page.reload();
  await expect(panel.rows.first()).toBeVisible();
  const before = await settleIn(panel, 'qx-left-for-settings');
  await expect.poll(() => calls).toContain('drafts.save');
  await expect.poll(() => calls).toContain('snapshots.save');
  await calm(calls);
  const from = calls.length;
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(panel.list).toBeHidden();
  await page.getByRole('button', { name: /^Conversations/ }).click();
  await expect(panel.list).toBeVisible();
  expect(await placeOf(panel)).toEqual(before);
  await expect(restored(panel)).toHaveText('Restored the same session');
  await expect(restored(panel)).toHaveText('');
  const asked = calls
    .slice(from)
    .filter((name) => /^(conversations|messages|drafts|stores|snapshots)\./.test(name));
  expect(asked).toEqual([]);
});

test('after more than five minutes the same is there at once, and the stores are read behind it', async ({
  panel,
  problems,
}) => {
  const { page } = panel;
  const calls = watchCalls(page);
  await page.clock.install();
  await page.reload();
  await expect(panel.rows.first()).toBeVisible();
  const before = await settleIn(panel, 'qx-long-away');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(panel.list).toBeHidden();
  await page.clock.fastForward('05:01');
  const from = calls.length;
  await page.getByRole('button', { name: /^Conversations/ }).click();
  await expect(panel.list).toBeVisible();
  expect(await placeOf(panel)).toEqual(before);
  await expect.poll(() => calls.slice(from).filter((name) => name === 'stores.syncNow').length).toBe(6);
  await expect(panel.page.getByTestId('refresh')).toHaveAttribute('aria-busy', 'false');
  expect(await placeOf(panel)).toEqual(before);
  expect(problems).toEqual([]);
});

test('news that came meanwhile is in the rows, and none has moved', async ({ panel, sandbox }) => {
  const { page } = panel;
  const place = await sandbox.answered('tiktok', 2);
  await sandbox.buyerWrites(place, 'qx-first-word');
  await panel.openBy('qx-first-word');
  await panel.view('all').click();
  await page.mouse.move(720, 2);
  await expect(panel.rows.first()).toBeVisible();
  const order = () => panel.rows.evaluateAll((rows) => rows.map((row) => row.dataset['conversationId']));
  // The one row of the search has made room for all that fit.
  let shown = 1;
  await expect
    .poll(async () => {
      const now = (await order()).length;
      const isAll = now > 1 && now === shown;
      shown = now;
      return isAll;
    })
    .toBe(true);
  const before = await order();
  await page.getByRole('button', { name: 'Settings' }).click();
  const other = await sandbox.answered('lazada', 2);
  await sandbox.buyerWrites(other, 'qx-elsewhere-meanwhile');
  await sandbox.buyerWrites(place, 'qx-second-word');
  await expect(page.locator('[data-testid=conversation-row]', { hasText: 'qx-second-word' })).toBeAttached();
  await page.getByRole('button', { name: /^Conversations/ }).click();
  await expect(panel.rows.first()).toBeVisible();
  expect(await order()).toEqual(before);
});

test('Refresh, F5 and Ctrl+R read the stores and never load the page anew', async ({ panel, sandbox }) => {
  const { page } = panel;
  await page.evaluate(() => Object.assign(window, { samePage: true }));
  for (const refresh of [
    () => page.getByTestId('refresh').click(),
    () => page.keyboard.press('F5'),
    () => page.keyboard.press('Control+r'),
  ]) {
    await refresh();
    await expect(note(panel)).toHaveText('Up to date');
    await expect(note(panel)).toHaveText('');
  }
  await sandbox.fault({ kind: 'http-500', platform: 'tiktok', times: null });
  await page.keyboard.press('F5');
  await expect(note(panel)).toContainText('Not refreshed: 2 stores', { timeout: 30_000 });
  await sandbox.clearFaults();
  expect(await page.evaluate(() => Object.hasOwn(window, 'samePage'))).toBe(true);
});

/** Keeps what is said in passing: on a busy machine it is gone before one gets to look. */
function noteWhatIsSaid(): void {
  const said: string[] = [];
  Object.assign(window, { said });
  new MutationObserver(() => {
    for (const note of document.querySelectorAll('[data-testid=restored-note], [data-testid=list-note]'))
      if (note.textContent !== '') said.push(note.textContent);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Another window, which remembers nothing by itself. */
async function newWindow(browser: Browser, app: App): Promise<PanelPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.addInitScript(noteWhatIsSaid);
  await page.goto(await app.address());
  const panel = new PanelPage(page);
  await expect(panel.rows.first()).toBeVisible({ timeout: 60_000 });
  return panel;
}

test('what names a store, a group or a conversation that is gone falls back without a word', async ({
  browser,
  app,
  sandbox,
}) => {
  await sandbox.pause();
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.addInitScript(
    (key) => {
      const list = { conversationId: 99_999, index: 4_000, offset: -3 };
      const snapshot = { filter: { storeIds: [99_999], sites: ['ZZ'] }, selectedId: 99_999, list };
      sessionStorage.setItem(key, JSON.stringify({ snapshot, savedAt: 0 }));
    },
    `counterdesk.panel.${join(app.dataDir, 'practice')}`,
  );
  await page.goto(await app.address());
  const panel = new PanelPage(page);
  await expect(panel.railLine(/^All stores/)).toHaveAttribute('aria-selected', 'true');
  await expect(panel.rows.first()).toBeVisible();
  await expect(page.getByText('No conversation is open')).toBeVisible();
  await context.close();
});

test('a new window, an engine that was killed and a host that was killed show the same again', async ({
  panel,
  app,
  browser,
  problems,
}) => {
  const calls = watchCalls(panel.page);
  await panel.page.reload();
  await expect(panel.rows.first()).toBeVisible();
  const before = await settleIn(panel, 'qx-after-a-crash');
  await expect.poll(() => calls).toContain('snapshots.savePosition');
  await calm(calls);
  const second = await newWindow(browser, app);
  await expect.poll(() => placeOf(second)).toEqual(before);
  expect(await second.page.evaluate(() => Reflect.get(window, 'said') as unknown)).toContain(
    'Restored the same session',
  );
  await second.page.context().close();

  const engine = childPid(app.pid, 'engine.js') ?? 0;
  process.kill(engine, 'SIGKILL');
  await expect.poll(() => childPid(app.pid, 'engine.js')).not.toBe(engine);
  const third = await newWindow(browser, app);
  await expect.poll(() => placeOf(third)).toEqual(before);
  await third.page.context().close();

  await panel.page.close();
  await app.kill();
  const again = await startApp({ sandbox: true, dataDir: app.dataDir });
  try {
    const fourth = await newWindow(browser, again);
    await expect.poll(() => placeOf(fourth)).toEqual(before);
    await fourth.page.context().close();
  } finally {
    await again.stop();
  }
  problems.splice(0);
});
