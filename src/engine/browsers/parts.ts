import type { BrowserContext, Page } from 'playwright-core';
import type { PlatformId } from '../../contract/models.ts';
import type { ErrorShape } from '../../base/errors.ts';
import type { BrowserState } from '../../contract/browsers.ts';

/** A browser of the Chromium family on this computer, as the host found it. */
export interface BrowserFound {
  readonly path: string;
  /** There is a display, and the browser can show windows on it. */
  readonly isWindowed: boolean;
}

/** What a store's browser is made with: facts of its account, never secrets. */
export interface AccountFacts {
  readonly accountId: number;
  /** Names its folder. */
  readonly contextKey: string;
  readonly platform: PlatformId;
  /** Its stores, the oldest first. */
  readonly stores: readonly {
    readonly id: number;
    readonly site: string;
    readonly remoteId: string;
    /** What the platform calls its seller, where that is another id. */
    readonly sellerId: string | null;
    readonly name: string;
    /** Where its seller centre is; null: not known for its site. */
    readonly home: string | null;
  }[];
  /** Addresses of its environment, which may be on this computer. */
  readonly own: readonly string[];
  /** BCP 47, e.g. `th-TH`. */
  readonly locale: string;
  /** IANA, e.g. `Asia/Bangkok`. */
  readonly timeZone: string;
}

/** Hears what happens in a store's browser. Pages of platforms are hostile input: listeners must bear anything. */
export interface PoolListener {
  /** Its pages and what they load can be watched from now on; called before the first navigation. */
  onContext?(accountId: number, context: BrowserContext): void;
  onPage?(accountId: number, page: Page): void;
  /** The state or the error of an account's browser changed. */
  onChange?(accountId: number): void;
}

/** How an account's browser is doing. */
export interface PoolEntry {
  readonly state: BrowserState;
  readonly error: ErrorShape | null;
}

/**
 * The isolated browsers of accounts: one Chromium process, a context each, with the account's door as its only way out.
 * Whatever is asked of one account is done in order.
 */
export interface BrowserPool {
  /**
   * Wakes or opens the account's browser and answers the page a person would look at, in front if `show`. With `url` it
   * goes there, else it stays where it was, or goes to the first store's seller centre. Errors: `unreachable` with reason
   * `no-browser`, `no-display` (with `show`), `no-seller-centre`, `proxy-…`, `browser-crashed`, `browser-leaks`, `stopping`.
   * Whether the page could be loaded is in `of(accountId).error`.
   */
  open(accountId: number, options?: { readonly url?: string; readonly show?: boolean }): Promise<Page>;
  /**
   * Uses a page of the account's context that nobody sees and that is gone afterwards; what a person has open stays as it
   * is. Errors: as of `open`, and those of `use`.
   */
  aside<T>(accountId: number, use: (page: Page) => Promise<T>): Promise<T>;
  /** Closes its pages and keeps its context. Nothing where it is not open. */
  sleep(accountId: number): Promise<void>;
  /** Saves its session and ends its context. */
  close(accountId: number): Promise<void>;
  /** Ends its context and removes what was kept of its session. `facts`: of one that holds no store any more. */
  clear(accountId: number, facts?: AccountFacts): Promise<void>;
  /** Writes its session down now; nothing where nothing changed. */
  save(accountId: number): Promise<void>;
  of(accountId: number): PoolEntry;
  /** Something is being done with it, or waits to be. */
  isBusy(accountId: number): boolean;
  /** Its context while it has one, asleep or awake. */
  contextOf(accountId: number): BrowserContext | null;
  /** `facts`: where they are known already. */
  hasSession(accountId: number, facts?: AccountFacts): boolean;
  /** Where its downloads lie. */
  downloadsOf(accountId: number): string;
  /** Bytes of the browser and all its processes, where they can be told. */
  memory(): Promise<number | null>;
  /** As it was measured last, at most half a minute ago: to measure takes the system a while. */
  lastMemory(): number | null;
  /** The program's version, once it ran. */
  version(): string | null;
  listen(listener: PoolListener): void;
  /** Saves every session and ends the browser. */
  stop(): Promise<void>;
}
