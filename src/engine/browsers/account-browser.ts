import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { CodedError, toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import { createTurns, type Turns } from '../../base/turns.ts';
import type { BrowserState } from '../../contract/browsers.ts';
import type { Door } from '../net/door.ts';
import type { TunnelCode } from '../net/tunnel-failure.ts';
import type { Log } from '../parts.ts';
import { asCrash } from './as-crash.ts';
import type { Windows } from './own-window.ts';
import type { AccountFacts } from './parts.ts';
import type { SessionFiles, StorageState } from './session-file.ts';
import { EMPTY_STATE, readAll, readQuickly, withoutDatabases, type ReadState } from './storage.ts';
import { openStoreBrowser, type StoreBrowser } from './store-browser.ts';

/** What the browsers of all accounts are made with. */
export interface AccountBrowserInput {
  readonly folder: string;
  readonly files: SessionFiles;
  readonly windows: Windows;
  readonly isWindowed: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly browser: () => Promise<Browser>;
  readonly openDoor: (facts: AccountFacts, onFailure: (code: TunnelCode) => void) => Promise<Door>;
  readonly onContext: (accountId: number, context: BrowserContext) => void;
  readonly onPage: (accountId: number, page: Page) => void;
  readonly onChange: (accountId: number) => void;
}

/** Crashes within this time count together; after the third nothing is opened again by itself. Milliseconds. */
const CRASH_MS = 300_000;
const MAX_CRASHES = 3;

/** One account's browser through all its states. What is asked of it is done in order. */
export class AccountBrowser {
  readonly accountId: number;
  readonly #input: AccountBrowserInput;
  readonly #turns: Turns = createTurns();
  #waiting = 0;
  #facts: AccountFacts;
  #live: StoreBrowser | null = null;
  #door: Door | null = null;
  #isOpening = false;
  /** It was woken, and neither it nor its person has closed its pages since; those of a browser that has gone close too. */
  #isAwake = false;
  #isToReturn = false;
  /** Names of files that are on their way into its folder. */
  readonly #downloading = new Set<string>();
  /** A person asked for its window. */
  #isShown = false;
  #tabs: readonly string[] = [];
  /** What was read of the context last, and what stands in its file. */
  #read = EMPTY_STATE;
  #written = '';
  /** Its window was closed by a person: IndexedDB was not read since. */
  #isUnread = false;
  #error: ErrorShape | null = null;
  #trouble: TunnelCode | null = null;
  #crashes: readonly number[] = [];

  constructor(facts: AccountFacts, input: AccountBrowserInput) {
    this.accountId = facts.accountId;
    this.#facts = facts;
    this.#input = input;
  }

  get state(): BrowserState {
    if (this.#isOpening) return 'opening';
    if (this.#live === null) return 'closed';
    return this.#live.isAwake ? 'open' : 'asleep';
  }

  get error(): ErrorShape | null {
    return this.#error;
  }

  get context(): BrowserContext | null {
    return this.#live?.context ?? null;
  }

  /** Something is being done with it. */
  get isBusy(): boolean {
    return this.#waiting > 0;
  }

  get isShown(): boolean {
    return this.#isShown;
  }

  /** Its pages went with the whole browser, and are to come back. */
  get isToReturn(): boolean {
    return this.#isToReturn;
  }

  get usedAt(): number {
    return this.#live?.usedAt ?? 0;
  }

  get isTyping(): boolean {
    return this.#live?.isTyping ?? false;
  }

  /** As `BrowserPool.open`, once there is room. */
  open(facts: AccountFacts, url: string | null, show: boolean): Promise<Page> {
    return this.#inTurn(async () => {
      this.#facts = facts;
      this.#isToReturn = false;
      this.#isShown ||= show;
      const live = this.#live ?? (await this.#begin());
      const page = live.page;
      if (page === null) return this.#wake(live, this.#startTabs(url), !show);
      // What is typed and not sent would go with its page.
      if (url !== null && live.isTyping) return this.#wake(live, [url], !show);
      if (url !== null) await this.#goto(live, page, url);
      if (show) await live.raise(page);
      return page;
    });
  }

  /** As `BrowserPool.aside`. */
  async aside<T>(facts: AccountFacts, use: (page: Page) => Promise<T>): Promise<T> {
    const page = await this.#inTurn(async () => {
      this.#facts = facts;
      const live = this.#live ?? (await this.#begin());
      // What is to be kept of this is read when its context goes.
      this.#isUnread = true;
      return live.quietPage();
    });
    try {
      return await use(page);
    } finally {
      await page.close().catch(() => {});
    }
  }

  sleep(): Promise<void> {
    return this.#inTurn(async () => {
      const live = this.#live;
      if (live === null || !live.isAwake) return;
      this.#tabs = live.tabs;
      await this.#saveAll(live);
      // That took a while.
      if (live.isTyping) return;
      await live.sleep();
      this.#isShown = false;
      this.#isAwake = false;
      this.#changed();
    });
  }

  close(): Promise<void> {
    this.#isToReturn = false;
    return this.#inTurn(async () => {
      const live = this.#live;
      if (live === null) return;
      if (live.isAwake) this.#tabs = live.tabs;
      if (live.isAwake || this.#isUnread) await this.#saveAll(live);
      await this.#end();
    });
  }

  /** Forgets its session. */
  clear(): Promise<void> {
    this.#isToReturn = false;
    return this.#inTurn(async () => {
      await this.#end();
      this.#tabs = [];
      this.#read = EMPTY_STATE;
      this.#written = '';
      this.#isUnread = false;
      this.#error = null;
      this.#input.files.remove(this.#facts.contextKey);
      this.#changed();
    });
  }

  /** What can be read without being seen. */
  save(): Promise<void> {
    return this.#inTurn(async () => {
      const live = this.#live;
      if (live === null || !(live.isAwake || this.#isUnread)) return;
      if (live.isAwake) this.#tabs = live.tabs;
      await this.#write(async () => ({ state: await readQuickly(live.context, this.#read), isWhole: false }));
    });
  }

  /** Chromium ended: whether its pages are to come back. */
  lost(): boolean {
    const live = this.#live;
    if (live === null) return false;
    const wasAwake = this.#isAwake;
    if (wasAwake) this.#tabs = live.tabs;
    this.#isAwake = false;
    this.#live = null;
    void this.#door?.end();
    this.#door = null;
    const again = wasAwake && this.#mayAgain();
    this.#isToReturn = again;
    if (wasAwake && !again) this.#fail('browser-crashed');
    this.#changed();
    return again;
  }

  /** It could not be opened again. */
  failed(error: unknown): void {
    this.#error = toErrorShape(error);
    this.#changed();
  }

  async #begin(): Promise<StoreBrowser> {
    const { files } = this.#input;
    const facts = this.#facts;
    this.#isOpening = true;
    this.#changed();
    try {
      const browser = await this.#input.browser();
      const session = files.read(facts.contextKey);
      if (session !== null) this.#read = session.state;
      if (session !== null && this.#tabs.length === 0) this.#tabs = session.tabs;
      this.#door = await this.#input.openDoor(facts, (code) => {
        this.#trouble = code;
      });
      const { port } = this.#door;
      this.#live = await this.#withState((state) => this.#make(browser, port, state));
      return this.#live;
    } catch (error) {
      await this.#door?.end();
      this.#door = null;
      throw asCrash(error);
    } finally {
      this.#isOpening = false;
      this.#changed();
    }
  }

  /** With what was kept, or with as much of it as the browser takes back. */
  async #withState(make: (state: StorageState | undefined) => Promise<StoreBrowser>): Promise<StoreBrowser> {
    const whole = this.#read;
    const kept = [whole, withoutDatabases(whole), { ...whole, origins: [] }];
    for (const [index, state] of kept.entries()) {
      try {
        return await make(state);
      } catch (error) {
        if (!/storage state|IndexedDB/i.test(String(error))) throw error;
        this.#input.log.warn('session-not-whole', { accountId: this.accountId, without: index + 1 });
      }
    }
    return make(undefined);
  }

  #make(browser: Browser, port: number, state: StorageState | undefined): Promise<StoreBrowser> {
    const { windows, isWindowed, clock, log, folder } = this.#input;
    const input = {
      facts: this.#facts,
      browser,
      windows,
      isWindowed,
      proxy: `http://127.0.0.1:${port}`,
      state,
      downloads: join(folder, this.#facts.contextKey, 'downloads'),
      downloading: this.#downloading,
      clock,
      log,
      onPage: (page: Page) => this.#input.onPage(this.accountId, page),
      onClosed: () => void this.#closedByPerson(),
      onPageCrash: (url: string) => void this.#pageCrashed(url),
      onLoaded: (failure: string | null) => this.#loaded(failure),
    };
    return openStoreBrowser(input, (context) => this.#input.onContext(this.accountId, context));
  }

  async #wake(live: StoreBrowser, tabs: readonly string[], quietly: boolean): Promise<Page> {
    this.#trouble = null;
    try {
      this.#isAwake = true;
      return await live.wake(tabs, quietly);
    } catch (error) {
      throw asCrash(error);
    } finally {
      this.#changed();
    }
  }

  async #goto(live: StoreBrowser, page: Page, url: string): Promise<void> {
    this.#trouble = null;
    await live.goto(page, url);
  }

  /** Where it was, else its first store's seller centre. */
  #startTabs(url: string | null): readonly string[] {
    if (url !== null) return [url, ...this.#tabs.filter((tab) => tab !== url)];
    if (this.#tabs.length > 0) return this.#tabs;
    const home = this.#facts.stores.find((store) => store.home !== null)?.home;
    if (home === undefined || home === null) {
      throw new CodedError('unreachable', 'No seller centre is known', { reason: 'no-seller-centre' });
    }
    return [home];
  }

  async #saveAll(live: StoreBrowser): Promise<void> {
    const isSeen = live.isAwake || !this.#input.isWindowed;
    // The page it reads with would come up in a window of its own.
    const quiet = isSeen ? null : await live.quietPage().catch(() => null);
    const done = await this.#write(() => readAll(live.context, this.#read));
    await quiet?.close().catch(() => {});
    this.#isUnread = !done;
  }

  /** Whether all of it is written. */
  async #write(read: () => Promise<ReadState>): Promise<boolean> {
    const { files, log } = this.#input;
    try {
      const { state, isWhole } = await read();
      this.#read = state;
      const session = { state: this.#read, tabs: this.#tabs };
      const text = JSON.stringify(session);
      if (text === this.#written) return isWhole;
      files.write(this.#facts.contextKey, session);
      this.#written = text;
      return isWhole;
    } catch (error) {
      log.warn('session-not-saved', { accountId: this.accountId, error });
      return false;
    }
  }

  async #end(): Promise<void> {
    const [live, door] = [this.#live, this.#door];
    this.#live = null;
    this.#door = null;
    this.#isShown = false;
    this.#isAwake = false;
    await live?.end();
    await door?.end();
    this.#changed();
  }

  async #closedByPerson(): Promise<void> {
    this.#isUnread = true;
    this.#isShown = false;
    this.#isAwake = false;
    this.#tabs = [];
    this.#changed();
    await this.save();
  }

  async #pageCrashed(url: string): Promise<void> {
    this.#input.log.warn('page-crashed', { accountId: this.accountId });
    const live = this.#live;
    if (live === null) return;
    if (!this.#mayAgain()) return this.#fail('page-crashed');
    await this.#inTurn(() => this.#wake(live, [url], !this.#isShown)).catch(() => this.#fail('page-crashed'));
  }

  #mayAgain(): boolean {
    const now = this.#input.clock.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASH_MS), now];
    return this.#crashes.length <= MAX_CRASHES;
  }

  #loaded(failure: string | null): void {
    if (failure === null && this.#error === null) return;
    if (failure === null) this.#error = null;
    else {
      const reason =
        this.#trouble === null ? 'page-not-loaded' : this.#trouble.toLowerCase().replaceAll('_', '-');
      this.#error = { code: 'unreachable', message: failure, details: { reason } };
    }
    this.#changed();
  }

  #fail(reason: string): void {
    this.#error = { code: 'unreachable', message: reason, details: { reason } };
    this.#changed();
  }

  #changed(): void {
    this.#input.onChange(this.accountId);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    return this.busyWhile(() => this.#turns(task));
  }

  /** It counts as busy while this goes on. */
  async busyWhile<T>(task: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    try {
      return await task();
    } finally {
      this.#waiting -= 1;
    }
  }
}
