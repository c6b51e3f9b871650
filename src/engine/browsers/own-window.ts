import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { createTurns, type Turns } from '../../base/turns.ts';

/** Windows of a browser with a display: a context made here can be given one that stays out of a person's way. */
export interface Windows {
  /** As `browser.newContext`, its id kept. */
  newContext(
    browser: Browser,
    options: NonNullable<Parameters<Browser['newContext']>[0]>,
  ): Promise<BrowserContext>;
  /** A page in a window of its own that is minimized. */
  quietPage(context: BrowserContext): Promise<Page>;
  /** Brings a page's window to the front, minimized or not. */
  raise(page: Page): Promise<void>;
}

export function createWindows(): Windows {
  const ids = new WeakMap<BrowserContext, string>();
  const turns: Turns = createTurns();
  const atBrowser = async <T>(browser: Browser, use: (session: CDPSession) => Promise<T>): Promise<T> => {
    const session = await browser.newBrowserCDPSession();
    try {
      return await use(session);
    } finally {
      await session.detach().catch(() => {});
    }
  };
  const contextIds = (browser: Browser): Promise<string[]> =>
    atBrowser(
      browser,
      async (session) => (await session.send('Target.getBrowserContexts')).browserContextIds,
    );

  return {
    // One at a time: the new one's id is the one that was not there before.
    newContext: (browser, options) =>
      turns(async () => {
        const before = new Set(await contextIds(browser));
        const context = await browser.newContext(options);
        const own = (await contextIds(browser)).find((id) => !before.has(id));
        if (own !== undefined) ids.set(context, own);
        return context;
      }),
    quietPage: async (context) => {
      const [browser, browserContextId] = [context.browser(), ids.get(context)];
      if (browser === null || browserContextId === undefined) return context.newPage();
      const seen: Page[] = [];
      const see = (page: Page): void => void seen.push(page);
      context.on('page', see);
      try {
        const { targetId } = await atBrowser(browser, (session) =>
          session.send('Target.createTarget', {
            url: 'about:blank',
            browserContextId,
            newWindow: true,
            windowState: 'minimized',
          }),
        );
        return await ownPageOf(context, seen, targetId);
      } finally {
        context.off('page', see);
      }
    },
    raise: async (page) => {
      await page.bringToFront();
      const session = await page.context().newCDPSession(page);
      const { windowId, bounds } = await session.send('Browser.getWindowForTarget');
      if (bounds.windowState === 'minimized') {
        await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
      }
      await session.detach();
    },
  };
}

/** Pages of the site may open meanwhile: ours is the one of this target. */
async function ownPageOf(context: BrowserContext, seen: Page[], targetId: string): Promise<Page> {
  for (;;) {
    const page = seen.shift() ?? (await context.waitForEvent('page', { timeout: 10_000 }));
    const session = await context.newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    await session.detach();
    if (targetInfo.targetId === targetId) return page;
  }
}
