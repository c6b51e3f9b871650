import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { CodedError } from '../../base/errors.ts';
import type { RandomBytes } from '../../base/random.ts';
import type { Clock } from '../../base/time.ts';
import type { ProxyStop } from '../../contract/models.ts';
import type { Door } from '../net/door.ts';
import type { Net } from '../net/net.ts';
import type { Log } from '../parts.ts';
import type { KeyRing } from '../secrets/key-file.ts';
import { AccountBrowser, type AccountBrowserInput } from './account-browser.ts';
import { keepsCallsInside } from './leak-check.ts';
import { memoryOf } from './memory.ts';
import { createWindows } from './own-window.ts';
import type { AccountFacts, BrowserFound, BrowserPool, PoolListener } from './parts.ts';
import { createProgram, removeTemporary, type BrowserProgram } from './program.ts';
import { whoSleeps } from './room.ts';
import { createSessionFiles } from './session-file.ts';

export interface PoolInput {
  /** Null: this computer has none. */
  readonly found: BrowserFound | null;
  /** Of sessions, downloads and the program's own files. */
  readonly folder: string;
  readonly keys: KeyRing;
  readonly randomBytes: RandomBytes;
  readonly clock: Clock;
  readonly log: Log;
  readonly net: Pick<Net, 'doorFor'>;
  /** Throws `not-found`. */
  readonly factsOf: (accountId: number) => AccountFacts;
  /** Why nothing of it may leave; null: it may. */
  readonly stopOf: (accountId: number) => ProxyStop | null;
  /** Of all browsers together: bytes they may use, and how long one may lie idle. */
  readonly limits: () => { readonly capBytes: number; readonly idleMs: number };
}

/** Sessions are saved, and idle browsers put to sleep, this often. Milliseconds. */
const LOOK_MS = 20_000;
/** After a crash the program starts again this much later. Milliseconds. */
const AGAIN_MS = 1_000;
/** Sessions that are not saved by then stay as they were saved last: the host ends an engine that takes longer. Milliseconds. */
const STOP_MS = 5_000;
/** So many are opened or closed at a time. */
const AT_ONCE = 8;

/** Makes the pool. Nothing runs before a browser is asked for. */
export function createBrowserPool(input: PoolInput): BrowserPool {
  return new Pool(input);
}

class Pool implements BrowserPool {
  readonly #input: PoolInput;
  readonly #program: BrowserProgram | null;
  readonly #shared: AccountBrowserInput;
  readonly #accounts = new Map<number, AccountBrowser>();
  readonly #listeners: PoolListener[] = [];
  #wall: Promise<Door> | null = null;
  /** Of the browser that runs: it was looked at whether calls keep inside. */
  readonly #looked = new WeakMap<Browser, Promise<boolean>>();
  #version: string | null = null;
  #lastMemory: number | null = null;
  #cancelLook: (() => void) | null = null;
  #isStopped = false;

  constructor(input: PoolInput) {
    this.#input = input;
    const { found, log } = input;
    const temporary = join(input.folder, 'program-folder');
    // Left behind by an engine that was killed.
    removeTemporary(temporary, log);
    this.#program =
      found === null
        ? null
        : createProgram({
            found,
            noted: temporary,
            log,
            wall: () => this.#wallAddress(),
            onCrash: () => void this.#crashed(),
          });
    const { folder, keys, randomBytes, clock } = input;
    this.#shared = {
      folder,
      files: createSessionFiles({ folder, keys, randomBytes }),
      windows: createWindows(),
      isWindowed: found?.isWindowed ?? false,
      clock,
      log,
      browser: () => this.#browser(),
      openDoor: (facts, onFailure) => input.net.doorFor(facts.accountId, facts.own, onFailure),
      onContext: (accountId, context) => this.#tell((one) => one.onContext?.(accountId, context)),
      onPage: (accountId, page) => this.#tell((one) => one.onPage?.(accountId, page)),
      onChange: (accountId) => this.#tell((one) => one.onChange?.(accountId)),
    };
  }

  readonly open: BrowserPool['open'] = async (accountId, { url, show = false } = {}) => {
    const facts = this.#ready(accountId);
    if (show && this.#input.found?.isWindowed !== true) throw refused('no-display');
    const own = this.#of(facts);
    return own.busyWhile(async () => {
      if (own.state !== 'open') await this.#makeRoom(accountId, 1);
      return own.open(facts, url ?? null, show);
    });
  };

  readonly aside: BrowserPool['aside'] = async (accountId, use) => {
    const facts = this.#ready(accountId);
    return this.#of(facts).aside(facts, use);
  };

  readonly sleep: BrowserPool['sleep'] = async (accountId) => this.#accounts.get(accountId)?.sleep();
  readonly close: BrowserPool['close'] = async (accountId) => this.#accounts.get(accountId)?.close();
  readonly save: BrowserPool['save'] = async (accountId) => this.#accounts.get(accountId)?.save();
  readonly clear: BrowserPool['clear'] = (accountId, facts = this.#input.factsOf(accountId)) =>
    this.#of(facts).clear();

  readonly of: BrowserPool['of'] = (accountId) => {
    const own = this.#accounts.get(accountId);
    return { state: own?.state ?? 'closed', error: own?.error ?? null };
  };
  readonly isBusy: BrowserPool['isBusy'] = (accountId) => this.#accounts.get(accountId)?.isBusy ?? false;
  readonly contextOf: BrowserPool['contextOf'] = (accountId) =>
    this.#accounts.get(accountId)?.context ?? null;
  readonly hasSession: BrowserPool['hasSession'] = (accountId, facts = this.#input.factsOf(accountId)) =>
    this.contextOf(accountId) !== null || this.#shared.files.has(facts.contextKey);
  readonly downloadsOf: BrowserPool['downloadsOf'] = (accountId) =>
    join(this.#input.folder, this.#input.factsOf(accountId).contextKey, 'downloads');
  readonly memory: BrowserPool['memory'] = async () => {
    this.#lastMemory = memoryOf((await this.#program?.processIds()) ?? []);
    return this.#lastMemory;
  };
  readonly lastMemory: BrowserPool['lastMemory'] = () => this.#lastMemory;
  readonly version: BrowserPool['version'] = () => this.#version;
  readonly listen: BrowserPool['listen'] = (listener) => void this.#listeners.push(listener);

  readonly stop: BrowserPool['stop'] = async () => {
    this.#isStopped = true;
    this.#cancelLook?.();
    const all = [...this.#accounts.values()];
    // What can be had at once comes first: the host does not wait for long.
    const saved = each(all, (own) => own.save()).then(() => each(all, (own) => own.close()));
    await Promise.race([saved, realPause(STOP_MS)]);
    await this.#program?.stop();
    await (await this.#wall?.catch(() => null))?.end();
  };

  /** The facts of an account whose browser may be opened now. */
  #ready(accountId: number): AccountFacts {
    const facts = this.#input.factsOf(accountId);
    if (this.#isStopped) throw refused('stopping');
    if (this.#input.found === null) throw refused('no-browser');
    const stop = this.#input.stopOf(accountId);
    if (stop !== null) throw refused(`proxy-${stop}`);
    this.#look();
    return facts;
  }

  #of(facts: AccountFacts): AccountBrowser {
    const own = this.#accounts.get(facts.accountId) ?? new AccountBrowser(facts, this.#shared);
    this.#accounts.set(facts.accountId, own);
    return own;
  }

  /** The browser, once it was looked at whether what it shows keeps to its proxies. */
  async #browser(): Promise<Browser> {
    const { found, folder, log } = this.#input;
    if (this.#program === null || found === null) throw refused('no-browser');
    if (this.#isStopped) throw refused('stopping');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const browser = await this.#program.browser();
    this.#version = browser.version();
    const look =
      this.#looked.get(browser) ?? keepsCallsInside(browser, found.path, join(folder, 'calls-kept-inside'));
    this.#looked.set(browser, look);
    look.catch(() => this.#looked.delete(browser));
    if (await look) return browser;
    log.error('browser-leaks', { version: browser.version() });
    throw refused('browser-leaks');
  }

  /** Of an account nobody knows nothing gets out. */
  async #wallAddress(): Promise<string> {
    this.#wall ??= this.#input.net.doorFor(0, [], () => {});
    return `http://127.0.0.1:${(await this.#wall).port}`;
  }

  async #makeRoom(forAccount: number | null, wanted: number): Promise<void> {
    const awake = [...this.#accounts.values()].filter((own) => own.state === 'open');
    if (awake.length === 0) return;
    const { capBytes: cap, idleMs } = this.#input.limits();
    const used = await this.memory();
    const tired = new Set(whoSleeps(awake, { used, cap, idleMs }, this.#input.clock.now(), wanted));
    // One that something is being done with is not waited for: it might be waiting for this one.
    const free = awake.filter(
      (own) => tired.has(own.accountId) && own.accountId !== forAccount && !own.isBusy,
    );
    await each(free, (own) => own.sleep());
  }

  /** Plans the next look, unless it is planned. */
  #look(): void {
    this.#cancelLook ??= this.#input.clock.after(LOOK_MS, () => {
      this.#cancelLook = null;
      if (this.#isStopped) return;
      // Planned first: one page that does not answer keeps the others from nothing.
      if (this.#program?.isRunning === true) this.#look();
      this.#lookNow().catch((error: unknown) => this.#input.log.warn('browsers-not-looked-at', { error }));
    });
  }

  async #lookNow(): Promise<void> {
    const free = [...this.#accounts.values()].filter((own) => !own.isBusy);
    await each(free, (own) => own.save());
    await this.#makeRoom(null, 0);
  }

  /** Those that were awake come back as they were saved; what slept is woken when it is asked for. */
  async #crashed(): Promise<void> {
    const { clock, factsOf, log } = this.#input;
    const again = [...this.#accounts.values()].filter((own) => own.lost());
    if (again.length === 0 || this.#isStopped) return;
    await new Promise<void>((resolve) => void clock.after(AGAIN_MS, resolve));
    log.info('browsers-again', { accountIds: again.map((own) => own.accountId) });
    this.#look();
    await each(again, async (own) => {
      // A person may have closed it meanwhile, or cleared it.
      if (this.#isStopped || !own.isToReturn) return;
      try {
        await own.open(factsOf(own.accountId), null, own.isShown);
      } catch (error) {
        own.failed(error);
      }
    });
  }

  #tell(tell: (listener: PoolListener) => void): void {
    for (const listener of this.#listeners) tell(listener);
  }
}

/** The machine's own time: at the end nobody waits for a clock that stands still. */
function realPause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}

async function each<T>(items: readonly T[], use: (item: T) => Promise<unknown>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await use(item);
  };
  await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
}

function refused(reason: string): CodedError {
  return new CodedError('unreachable', `The browser can't be opened: ${reason}`, { reason });
}
