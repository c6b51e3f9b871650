import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Clock } from '../../base/time.ts';
import type { Log } from '../parts.ts';
import { keepDownloads } from './downloads-saver.ts';
import { labelOf, ownPage } from './own-page.ts';
import type { Windows } from './own-window.ts';
import { watchPage } from './page-watch.ts';
import type { AccountFacts } from './parts.ts';
import type { StorageState } from './session-file.ts';

/** More tabs than these are not opened again. */
const MAX_TABS = 20;
/** The browser's own page about a failure is there by then. Milliseconds. */
const LATE_MS = 2_000;
/** Whoever closes the last page closes the store's browser, after so long. Milliseconds. */
const CLOSED_MS = 300;
/** A page that did not begin to load by then goes on by itself. Milliseconds. */
const LOAD_MS = 30_000;

/** The context of one account, and its pages while it is awake. */
export interface StoreBrowser {
  readonly context: BrowserContext;
  /** Any page of a store is open. */
  readonly isAwake: boolean;
  /** The page a person would look at: the one used last. Null while asleep. */
  readonly page: Page | null;
  /** Addresses its pages are at, or were when there were any; that one's first. */
  readonly tabs: readonly string[];
  readonly usedAt: number;
  readonly isTyping: boolean;
  /** Something was done in it. */
  touch(): void;
  /** Opens these addresses, the first in front; `quietly` in no window that anybody sees. */
  wake(tabs: readonly string[], quietly: boolean): Promise<Page>;
  goto(page: Page, url: string): Promise<void>;
  raise(page: Page): Promise<void>;
  /** A page without a window to speak of, for a moment; its user closes it. */
  quietPage(): Promise<Page>;
  /** Closes its pages; its owner saved what is to be kept. */
  sleep(): Promise<void>;
  end(): Promise<void>;
}

export interface StoreBrowserInput {
  readonly facts: AccountFacts;
  readonly browser: Browser;
  readonly windows: Windows;
  readonly isWindowed: boolean;
  /** Where its door is. */
  readonly proxy: string;
  readonly state: StorageState | undefined;
  readonly downloads: string;
  /** Names of files that are on their way there. */
  readonly downloading: Set<string>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onPage: (page: Page) => void;
  /** Its last page was closed, by a person. */
  readonly onClosed: () => void;
  readonly onPageCrash: (url: string) => void;
  /** A page of it was loaded (null), or why not. */
  readonly onLoaded: (failure: string | null) => void;
}

/** Makes the context; no page is open yet. `onContext` hears of it before anything is loaded. */
export async function openStoreBrowser(
  input: StoreBrowserInput,
  onContext: (context: BrowserContext) => void,
): Promise<StoreBrowser> {
  const { facts, browser, windows, isWindowed } = input;
  const context = await windows.newContext(browser, {
    proxy: { server: input.proxy },
    locale: facts.locale,
    timezoneId: facts.timeZone,
    // In a window the page is as large as the window.
    viewport: isWindowed ? null : { width: 1280, height: 800 },
    ...(input.state === undefined ? {} : { storageState: input.state }),
  });
  const made = new OneBrowser(input, context);
  onContext(context);
  return made;
}

class OneBrowser implements StoreBrowser {
  readonly context: BrowserContext;
  readonly #input: StoreBrowserInput;
  /** Pages of the store, the one used last at the end. */
  readonly #pages: Page[] = [];
  readonly #typing = new Set<Page>();
  /** Where its pages were when there were any. */
  #lastTabs: readonly string[] = [];
  /** Counterdesk's own tab: says whose window it is. */
  #own: Page | null = null;
  #isOwnNext = false;
  /** Pages nobody sees. */
  readonly #aside = new WeakSet<Page>();
  #isClosing = false;
  usedAt: number;

  constructor(input: StoreBrowserInput, context: BrowserContext) {
    this.context = context;
    this.#input = input;
    this.usedAt = input.clock.now();
    context.on('page', (page) => this.#take(page));
    // A question of a page waits for its person; left to Playwright, it is answered with no.
    if (input.isWindowed) context.on('dialog', () => {});
  }

  get isAwake(): boolean {
    return this.#pages.length > 0;
  }

  get page(): Page | null {
    return this.#pages.at(-1) ?? null;
  }

  get tabs(): readonly string[] {
    return this.#pages.length === 0 ? this.#lastTabs : this.#look();
  }

  #look(): readonly string[] {
    return this.#pages
      .toReversed()
      .map((page) => page.url())
      .filter(isWebAddress);
  }

  get isTyping(): boolean {
    return this.#typing.size > 0;
  }

  touch(): void {
    this.usedAt = this.#input.clock.now();
  }

  async wake(tabs: readonly string[], quietly: boolean): Promise<Page> {
    this.touch();
    const { isWindowed } = this.#input;
    // A second one would say nothing new.
    const isFirst = isWindowed && !quietly && this.#own === null && !this.isAwake;
    const first = isFirst ? await this.#openOwn() : null;
    const front =
      quietly && isWindowed
        ? await this.#input.windows.quietPage(this.context)
        : await this.context.newPage();
    const [url, ...rest] = tabs.slice(0, MAX_TABS);
    if (first === null) await this.#openRest(rest);
    if (url !== undefined) await this.goto(front, url);
    if (first !== null) await this.#openRest(rest);
    this.#raiseToEnd(front);
    return front;
  }

  async goto(page: Page, url: string): Promise<void> {
    this.touch();
    this.#raiseToEnd(page);
    try {
      await page.goto(url, { waitUntil: 'commit', timeout: LOAD_MS });
      this.#input.onLoaded(null);
    } catch (error) {
      if (page.isClosed()) return;
      // Whatever it is, the window shows it; which way out failed the door knows better.
      this.#input.onLoaded(netError(error));
      // The browser's own page about it comes late, and would end what is begun meanwhile.
      await page.waitForURL(/^chrome-error:/, { timeout: LATE_MS, waitUntil: 'commit' }).catch(() => {});
    }
  }

  async raise(page: Page): Promise<void> {
    this.touch();
    this.#raiseToEnd(page);
    if (this.#input.isWindowed) await this.#input.windows.raise(page);
    else await page.bringToFront();
  }

  async quietPage(): Promise<Page> {
    const { isWindowed, windows } = this.#input;
    const page = await (isWindowed ? windows.quietPage(this.context) : this.context.newPage());
    this.#aside.add(page);
    this.#drop(page);
    if (isWindowed) page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
    return page;
  }

  async sleep(): Promise<void> {
    this.#isClosing = true;
    try {
      await Promise.allSettled(this.context.pages().map((page) => page.close()));
    } finally {
      this.#isClosing = false;
    }
  }

  async end(): Promise<void> {
    this.#isClosing = true;
    await this.context.close().catch(() => {});
  }

  async #openOwn(): Promise<Page> {
    this.#isOwnNext = true;
    try {
      const page = await this.context.newPage();
      await page.setContent(ownPage(this.#input.facts));
      return page;
    } finally {
      this.#isOwnNext = false;
    }
  }

  async #openRest(urls: readonly string[]): Promise<void> {
    for (const url of urls) {
      const page = await this.context.newPage();
      void this.goto(page, url);
    }
  }

  #take(page: Page): void {
    if (this.#isOwnNext) {
      this.#isOwnNext = false;
      this.#own = page;
      page.once('close', () => {
        this.#own = null;
      });
      return;
    }
    const { log, facts } = this.#input;
    this.#pages.push(page);
    page.on('close', () => this.#gone(page));
    page.on('crash', () => {
      const url = page.url();
      this.#isClosing = true;
      void page
        .close()
        .catch(() => {})
        .finally(() => {
          this.#isClosing = false;
          this.#input.onPageCrash(url);
        });
    });
    keepDownloads(page, this.#input.downloads, this.#input.downloading, log);
    this.#input.onPage(page);
    // What a page that nobody sees opens is seen by nobody either.
    void page.opener().then((opener) => {
      if (opener === null || !this.#aside.has(opener)) return;
      this.#drop(page);
      void page.close().catch(() => {});
    });
    const onDoing = ({ isTyping }: { readonly isTyping: boolean }): void => {
      this.touch();
      this.#raiseToEnd(page);
      if (isTyping) this.#typing.add(page);
      else this.#typing.delete(page);
    };
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) return;
      this.#typing.delete(page);
      this.#lastTabs = this.#look();
      // Also what a person loads again.
      if (isWebAddress(page.url())) this.#input.onLoaded(null);
    });
    // Nobody sees or types in a page without a window, and each world beside a page's own takes memory.
    if (!this.#input.isWindowed) return;
    watchPage(this.context, page, labelOf(facts), onDoing).catch((error: unknown) => {
      if (!page.isClosed()) log.warn('page-not-watched', { accountId: facts.accountId, error });
    });
  }

  #gone(page: Page): void {
    if (!this.#drop(page)) return;
    if (this.#isClosing || this.isAwake) return;
    // Pages close one by one when the whole browser has gone, too: that is told a moment later.
    this.#input.clock.after(CLOSED_MS, () => {
      if (this.#isClosing || this.isAwake || this.context.browser()?.isConnected() !== true) return;
      // A window with nothing but the name of its store serves nobody.
      void this.#own?.close().catch(() => {});
      this.#input.onClosed();
    });
  }

  /** Whether it was one of the store's. */
  #drop(page: Page): boolean {
    this.#typing.delete(page);
    const index = this.#pages.indexOf(page);
    if (index >= 0) this.#pages.splice(index, 1);
    return index >= 0;
  }

  #raiseToEnd(page: Page): void {
    const index = this.#pages.indexOf(page);
    if (index < 0 || index === this.#pages.length - 1) return;
    this.#pages.splice(index, 1);
    this.#pages.push(page);
  }
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** Chromium's own name of what went wrong (`ERR_…`), and nothing that may hold an address. */
function netError(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  return /ERR_[A-Z0-9_]+/.exec(text)?.[0] ?? 'ERR_FAILED';
}
