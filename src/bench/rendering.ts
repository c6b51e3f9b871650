import { chromium, type Browser, type Page } from '@playwright/test';
import { join } from 'node:path';
import { buildIfChanged } from '../../scripts/lib/build.ts';
import { ensureBrowser } from '../../scripts/lib/ensure-browser.ts';
import { startApp } from '../e2e/app.ts';
import { spaceDir } from '../hosting/spaces.ts';
import { PanelPage } from '../testing/pages/panel-page.ts';
import { tempDir } from '../testing/temp-engine.ts';
import { fillDesk, type DeskSize } from './big-desk.ts';
import { compare, type Bench, type BenchLine, type Sample } from './harness.ts';
import { fillThread } from './long-thread.ts';
import { addProbe, scrollReader, watchShift, wheelFrames } from './page-probe.ts';
import { servePeer } from './peer-page.ts';
import { LIST_ROWS, THREAD_ROWS } from './rows.ts';

const SIZE: DeskSize = { conversations: LIST_ROWS, messagesEach: 60 };
const VIEWPORT = { width: 1440, height: 900 };
const PAGE_ROWS = 50;
/** How late a picture comes, in milliseconds. */
const LATE_MS = 150;

interface Pages {
  readonly ours: PanelPage;
  readonly peerList: Page;
  readonly peerThread: Page;
  /** One more page of ours, whose pictures come late. */
  readonly late: PanelPage;
  readonly threadId: number;
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(address);
  await addProbe(page);
  return page;
}

async function openPanel(browser: Browser, address: string): Promise<PanelPage> {
  const panel = new PanelPage(await openPage(browser, address));
  await panel.view('all').click();
  await panel.rows.first().waitFor();
  return panel;
}

/** A click on another conversation each time, until 50 of its messages are painted. */
function openNext({ ours }: Pages): Sample {
  let turn = 0;
  return async () => {
    turn += 1;
    await ours.page.bringToFront();
    return ours.rows.nth(1 + (turn % 8)).evaluate(
      (row, { each, rows }) => {
        const id = Number(row.getAttribute('data-conversation-id'));
        const isOf = (element: Element): boolean => {
          const message = Number(element.getAttribute('data-message-id'));
          return message > (id - 1) * each && message <= id * each;
        };
        const click = (): void => (row as HTMLElement).click();
        return window.probe.painted(click, () => {
          const messages = [...document.querySelectorAll('[data-testid=message]')];
          return messages.length >= rows && messages.every(isOf);
        });
      },
      { each: SIZE.messagesEach, rows: PAGE_ROWS },
    );
  };
}

/** Enter in the composer, until the bubble is painted in view: the message is in the database by then. */
function appendOurs({ ours }: Pages): Sample {
  let turn = 0;
  return async () => {
    turn += 1;
    await ours.page.bringToFront();
    return ours.field.evaluate((element, text) => {
      const field = element as HTMLTextAreaElement;
      const view = document.querySelector('[data-testid=thread]');
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      field.focus();
      const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      return window.probe.painted(
        () => field.dispatchEvent(enter),
        () => {
          const last = [...document.querySelectorAll('[data-testid=message]')].at(-1);
          if (view === null || last?.textContent.includes(text) !== true) return false;
          return last.getBoundingClientRect().top < view.getBoundingClientRect().bottom;
        },
      );
    }, `Baik Kak, nomor ${turn}.`);
  };
}

function appendPeer({ peerThread }: Pages): Sample {
  let turn = 0;
  return async () => {
    turn += 1;
    await peerThread.bringToFront();
    return peerThread.evaluate((text) => {
      return window.probe.painted(
        () => window.append(text),
        () => {
          const last = [...document.querySelectorAll('[data-row]')].at(-1);
          return last?.textContent === text && last.getBoundingClientRect().top < innerHeight;
        },
      );
    }, `Baik Kak, nomor ${turn}.`);
  };
}

/** Scrolls up through some pages of older messages; most move in pixels that nobody asked for. */
function shift({ late }: Pages): Sample {
  return async () => {
    await late.page.bringToFront();
    const end = await watchShift(late.thread);
    for (let step = 0; step < 12; step += 1) {
      await scrollReader(late.thread, -600);
      await late.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    await late.page.waitForTimeout(2 * LATE_MS);
    return end();
  };
}

const FRAMES = { unit: 'ms', samples: 2, discard: 0, peer: 'plain react-virtuoso 4.18.21', goal: '<=1.1' };

async function list(pages: Pages): Promise<BenchLine> {
  const { ours, peerList } = pages;
  return compare({
    ...FRAMES,
    name: 'scroll 2,000 conversations: frame',
    ours: wheelFrames(ours.page, ours.list, 1),
    against: wheelFrames(peerList, peerList.locator('[data-virtuoso-scroller]'), 1),
  });
}

async function thread(pages: Pages): Promise<BenchLine> {
  const { ours, peerThread, threadId } = pages;
  await openThread(ours, threadId);
  return compare({
    ...FRAMES,
    name: 'scroll 10,000 messages: frame',
    ours: wheelFrames(ours.page, ours.thread, -1),
    against: wheelFrames(peerThread, peerThread.locator('[data-virtuoso-scroller]'), -1),
  });
}

async function append(pages: Pages): Promise<BenchLine> {
  await pages.peerThread.locator('[data-virtuoso-scroller]').evaluate((view) => {
    view.scrollTop = view.scrollHeight;
  });
  return compare({
    name: 'Enter to painted, stored on disk',
    unit: 'ms',
    samples: 5,
    discard: 1,
    peer: 'append in plain react-virtuoso',
    goal: '<=1',
    ours: appendOurs(pages),
    against: appendPeer(pages),
  });
}

async function openThread(panel: PanelPage, threadId: number): Promise<void> {
  const row = panel.page.locator(`[data-conversation-id="${threadId}"]`).first();
  await panel.list.evaluate((view) => {
    view.scrollTop = 0;
  });
  await row.click();
  await panel.page.locator('[data-testid=message] img').first().waitFor();
}

async function measure(pages: Pages, report: (line: BenchLine) => void): Promise<void> {
  report(await list(pages));
  await pages.ours.list.evaluate((view) => {
    view.scrollTop = 0;
  });
  report(
    await compare({
      name: 'click to 50 messages painted',
      unit: 'ms',
      samples: 8,
      discard: 0,
      judge: 0.95,
      peer: 'limit at the 95th percentile',
      goal: '<=1',
      ours: openNext(pages),
      against: 100,
    }),
  );
  report(await thread(pages));
  await openThread(pages.late, pages.threadId);
  report(
    await compare({
      name: 'older messages and late pictures: shift',
      unit: 'px',
      samples: 2,
      discard: 0,
      judge: 1,
      peer: 'limit: less than half a pixel',
      goal: '<1',
      ours: shift(pages),
      against: 0.5,
    }),
  );
  report(await append(pages));
}

export const renderingBench: Bench = {
  name: 'rendering',
  run: async (report) => {
    await buildIfChanged();
    const browser = await chromium.launch({ executablePath: await ensureBrowser() });
    const folder = tempDir();
    const data = join(folder.path, 'data');
    fillDesk(spaceDir(data, 'real'), SIZE);
    const { id: threadId } = fillThread(spaceDir(data, 'real'), SIZE, THREAD_ROWS);
    const peer = await servePeer();
    const app = await startApp({ dataDir: data });
    try {
      const ours = await openPanel(browser, await app.address());
      const late = await openPanel(browser, await app.address());
      await late.page.route('**/media/*', async (route) => {
        await late.page.waitForTimeout(LATE_MS);
        await route.continue();
      });
      const peerList = await openPage(browser, peer.address);
      const peerThread = await openPage(browser, `${peer.address}#thread`);
      await measure({ ours, late, peerList, peerThread, threadId }, report);
    } finally {
      await browser.close();
      await app.stop();
      await peer.close();
      folder.remove();
    }
  },
};
