import type { Locator, Page } from '@playwright/test';
import type { PanelPage } from '../testing/pages/panel-page.ts';
import type { KnownConversation, SandboxAdmin } from './sandbox.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'thread-shift', sandbox: true } });
test.describe.configure({ mode: 'default' });

interface Shift {
  /** Moves of more than half a pixel that no scrolling explains, in pixels. */
  readonly moves: readonly number[];
  /** Frames looked at. */
  readonly frames: number;
}

/**
 * Looks at every painted frame: a message that is in view in two frames running may move only by as much as the
 * reader scrolled in between. What the reader scrolls is known from `scrollReader`; the thread itself is not asked.
 */
async function watchShift(thread: Locator): Promise<() => Promise<Shift>> {
  await thread.evaluate((view) => {
    const moves: number[] = [];
    let frames = 0;
    let scrolled = 0;
    let before = new Map<Element, number>();
    let running = true;
    const inView = (): Map<Element, number> => {
      const { top, bottom } = view.getBoundingClientRect();
      const tops = new Map<Element, number>();
      for (const element of view.querySelectorAll('[data-message-id]')) {
        const box = element.getBoundingClientRect();
        if (box.bottom > top && box.top < bottom) tops.set(element, box.top);
      }
      return tops;
    };
    const look = (): void => {
      if (!running) return;
      frames += 1;
      for (const [element, top] of before) {
        const moved = element.isConnected ? element.getBoundingClientRect().top - top + scrolled : 0;
        if (Math.abs(moved) > 0.5) moves.push(moved);
      }
      scrolled = 0;
      before = inView();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(window, {
      scrollReader: (by: number) => {
        const from = view.scrollTop;
        view.scrollTop = from + by;
        scrolled += view.scrollTop - from;
      },
      endWatch: () => {
        running = false;
        return { moves, frames };
      },
    });
  });
  return () => thread.evaluate(() => (window as unknown as { endWatch: () => Shift }).endWatch());
}

const scrollReader = (panel: PanelPage, by: number): Promise<void> =>
  panel.thread.evaluate((_view, distance) => {
    (window as unknown as { scrollReader: (by: number) => void }).scrollReader(distance);
  }, by);

async function longThread(sandbox: SandboxAdmin, store: string, site: string): Promise<KnownConversation> {
  const all = await sandbox.conversations();
  const found = all
    .filter((one) => one.store === store && one.site === site)
    .toSorted((a, b) => b.messages - a.messages)[0];
  if (found === undefined) throw new Error(`No store ${store} ${site}.`);
  return found;
}

const loaded = (panel: PanelPage): Locator => panel.page.getByTestId('thread-loaded');

async function openLong(panel: PanelPage, sandbox: SandboxAdmin, place: KnownConversation): Promise<void> {
  const mark = `qx-${place.platform}-${place.site}-${crypto.randomUUID().slice(0, 8)}`;
  await sandbox.buyerWrites(place, mark);
  await panel.openBy(mark);
}

test('older messages come in above without moving a line, to the very first one', async ({
  panel,
  sandbox,
}) => {
  const place = await longThread(sandbox, 'Nusa Living', 'ID');
  expect(place.messages).toBeGreaterThanOrEqual(300);
  await openLong(panel, sandbox, place);
  await expect(loaded(panel)).toHaveText(/^Loaded \d+ messages \(scroll up to load earlier messages\)\.$/);
  const end = await watchShift(panel.thread);
  await expect(async () => {
    await scrollReader(panel, -700);
    expect(await loaded(panel).innerText()).toMatch(/^Loaded all \d+ messages\.$/);
  }).toPass({ timeout: 90_000, intervals: [20] });
  await expect(async () => {
    await scrollReader(panel, -700);
    expect(await panel.thread.evaluate((view) => view.scrollTop)).toBe(0);
  }).toPass({ intervals: [20] });
  const { moves, frames } = await end();
  expect(frames).toBeGreaterThan(10);
  expect(moves).toEqual([]);
  // What the sandbox holds: its messages and the one just written.
  const count = Number(/\d+/.exec(await loaded(panel).innerText())?.[0]);
  expect(count).toBe(place.messages + 1);
});

/** Lets no picture through to the page until `release`. */
async function holdPictures(page: Page): Promise<{ held: () => number; release: () => void }> {
  const gate = Promise.withResolvers<void>();
  let held = 0;
  await page.route('**/media/**', async (route) => {
    held += 1;
    await gate.promise;
    held -= 1;
    await route.continue();
  });
  return { held: () => held, release: () => gate.resolve() };
}

// Shopee says how large its pictures are; Lazada does not.
for (const [store, site] of [
  ['Nusa Living', 'TH'],
  ['Hive Audio', 'VN'],
] as const) {
  test(`pictures of ${store} ${site} that arrive late, above the reader and in view, move nothing`, async ({
    panel,
    sandbox,
  }) => {
    const pictures = await holdPictures(panel.page);
    await openLong(panel, sandbox, await longThread(sandbox, store, site));
    const end = await watchShift(panel.thread);
    const waiting = panel.thread.getByRole('img', { name: 'Image, loading' });
    const images = panel.thread.getByTestId('message-image');
    await expect(async () => {
      await scrollReader(panel, -700);
      expect(await waiting.count()).toBeGreaterThan(1);
      expect(pictures.held()).toBeGreaterThan(0);
    }).toPass({ timeout: 60_000, intervals: [50] });
    // In the middle of them: some above, some below or in view.
    await waiting.last().evaluate((image) => {
      const scroller = image.closest('[data-testid=thread]');
      const by = image.getBoundingClientRect().top - (scroller?.getBoundingClientRect().top ?? 0) - 200;
      (window as unknown as { scrollReader: (by: number) => void }).scrollReader(by);
    });
    await expect(images).toHaveCount(0);
    pictures.release();
    await expect(images.first()).toBeAttached({ timeout: 60_000 });
    await expect(waiting).toHaveCount(0, { timeout: 60_000 });
    const { moves } = await end();
    expect(moves).toEqual([]);
  });
}

test('the watch itself sees a planted shift', async ({ panel, sandbox }) => {
  await openLong(panel, sandbox, await longThread(sandbox, 'Baan Craft', 'SG'));
  await scrollReaderUp(panel);
  const end = await watchShift(panel.thread);
  await panel.thread.evaluate(async (view) => {
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const middle = view.getBoundingClientRect().top + view.clientHeight / 2;
    const messages = [...view.querySelectorAll<HTMLElement>('[data-message-id]')];
    const shown = messages.find((one) => one.getBoundingClientRect().top > middle);
    if (shown !== undefined) shown.style.marginTop = '40px';
    await frame();
    await frame();
  });
  const { moves } = await end();
  expect(moves.length).toBeGreaterThan(0);
});

test('a reader further up is told of new messages and not moved; at the end the thread follows', async ({
  panel,
  sandbox,
}) => {
  const place = await longThread(sandbox, 'Baan Craft', 'MY');
  await openLong(panel, sandbox, place);
  await scrollReaderUp(panel);
  const end = await watchShift(panel.thread);
  await sandbox.buyerWrites(place, 'qx-news-one');
  await sandbox.buyerWrites(place, 'qx-news-two');
  const pill = panel.page.getByTestId('to-latest');
  await expect(pill).toHaveText('2 new messages');
  const { moves } = await end();
  expect(moves).toEqual([]);
  await expect(panel.bubble('qx-news-two')).not.toBeInViewport();
  await pill.click();
  await expect(panel.bubble('qx-news-two')).toBeInViewport();
  await expect(pill).toBeHidden();

  await sandbox.buyerWrites(place, 'qx-news-three');
  await expect(panel.bubble('qx-news-three')).toBeInViewport();
  await expect(pill).toBeHidden();
});

async function scrollReaderUp(panel: PanelPage): Promise<void> {
  await panel.thread.hover();
  await panel.page.mouse.wheel(0, -600);
  await expect(panel.page.getByTestId('to-latest')).toHaveText('Newest messages');
}

test('a refresh, an own message that gets through and a bar above everything move no line', async ({
  panel,
  sandbox,
}) => {
  const { page } = panel;
  await openLong(panel, sandbox, await longThread(sandbox, 'Nusa Living', 'ID'));
  const slow = await sandbox.fault({ kind: 'delay', path: 'send', ms: 600_000 });
  await panel.answer('qx-shift-own');
  await expect.poll(() => sandbox.acceptedSends('qx-shift-own')).toBe(1);
  await scrollReaderUp(panel);
  const end = await watchShift(panel.thread);
  await sandbox.clearFaults(slow);
  await expect(panel.statusOf('qx-shift-own')).toHaveText('Sent', { timeout: 60_000 });
  await page.keyboard.press('F5');
  await expect(page.getByTestId('list-note')).toHaveText('Up to date');
  for (const height of [36, 0]) {
    await page.evaluate(async (pixels) => {
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      // After the watch's own look of a frame: what it sees next is what was painted.
      await frame();
      const bar = document.querySelector<HTMLElement>('#bar-above') ?? document.createElement('div');
      bar.id = 'bar-above';
      bar.style.cssText = `flex: none; height: ${pixels}px`;
      document.querySelector('main')?.parentElement?.before(bar);
      for (let count = 0; count < 4; count += 1) await frame();
    }, height);
  }
  const { moves, frames } = await end();
  expect(frames).toBeGreaterThan(10);
  expect(moves).toEqual([]);
});
