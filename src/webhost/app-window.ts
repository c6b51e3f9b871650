import { spawn, type ChildProcess } from 'node:child_process';
import type { Clock } from '../base/time.ts';
import type { HostLog } from '../hosting/log.ts';
import { createOpeningPages } from './opening-page.ts';

export interface AppWindowOptions {
  /** A browser of the Chromium family. */
  readonly browser: string;
  /** The window's own user-data folder, so that it shares nothing with the person's browser. */
  readonly profileDir: string;
  readonly clock: Clock;
  readonly log: HostLog;
  /** The window is closed and no page is connected. */
  onClosed(): void;
}

/** Counterdesk's window: a browser in app mode. */
export interface AppWindow {
  open(address: string): void;
  /** The token of an address was traded for a session. */
  tokenUsed(token: string): void;
  /** Tells how many pages are connected, wherever they are open. */
  setPages(count: number): void;
  /** Closes the window if it is open. */
  close(): void;
}

/** A page that reloads is gone for a moment. In milliseconds. */
const RELOAD_MS = 3_000;
/** A browser that ends by itself this soon has handed the address to one that was running; its page needs time to connect. */
const HANDED_OVER_MS = 5_000;
const CONNECT_MS = 20_000;

/** The browser's arguments, which every user of the machine can read. Its own sandbox is off only for root, under whom Chromium does not start otherwise. */
export function windowArguments(address: string, profileDir: string, uid: number | undefined): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profileDir}`,
    '--no-first-run',
    '--no-default-browser-check',
    ...(uid === 0 ? ['--no-sandbox'] : []),
  ];
}

/** Opens windows and notices when the last one was closed. A browser that can't even start closes none. */
export function createAppWindow(options: AppWindowOptions): AppWindow {
  const { browser, profileDir, clock, log } = options;
  const openingPages = createOpeningPages(profileDir, clock);
  const running = new Set<ChildProcess>();
  let pages = 0;
  let wasSeen = false;
  let cancelEnd = (): void => {};

  const endSoon = (ms: number): void => {
    cancelEnd();
    cancelEnd = clock.after(ms, () => {
      if (running.size === 0 && pages === 0) options.onClosed();
    });
  };

  return {
    open(address) {
      cancelEnd();
      let start: string;
      try {
        start = openingPages.write(address);
      } catch (error) {
        return log.warn('window not opened', { browser, why: String(error) });
      }
      const child = spawn(browser, windowArguments(start, profileDir, process.getuid?.()), {
        stdio: 'ignore',
      });
      const startedAt = clock.now();
      running.add(child);
      const gone = (why: string, byItself: boolean): void => {
        if (!running.delete(child)) return;
        const isEarly = clock.now() - startedAt < HANDED_OVER_MS;
        // Whoever has only the printed address goes on with that.
        if (isEarly && !byItself && !wasSeen) return log.warn('window not opened', { browser, why });
        const handedOver = isEarly && byItself;
        log.info('window process ended', { why, handedOver });
        endSoon(handedOver ? CONNECT_MS : RELOAD_MS);
      };
      child.once('error', (error) => gone(error.message, false));
      child.once('exit', (code, signal) => gone(signal ?? `code ${code}`, code === 0));
    },
    tokenUsed: openingPages.used,
    setPages(count) {
      pages = count;
      wasSeen ||= count > 0;
      if (count === 0 && running.size === 0) endSoon(RELOAD_MS);
    },
    close() {
      cancelEnd();
      for (const child of running) child.kill('SIGTERM');
      running.clear();
      openingPages.clear();
    },
  };
}
