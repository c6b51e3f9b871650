import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { CodedError } from '../../base/errors.ts';
import type { Log } from '../parts.ts';
import { BROWSER_ARGUMENTS } from './arguments.ts';
import type { BrowserFound } from './parts.ts';

/** A program that does not end by then is left to end with its engine. Milliseconds. */
const CLOSE_MS = 2_000;

/** The one Chromium process (with all its children) in which every account has a context. */
export interface BrowserProgram {
  /** Starts it where it does not run. Rejects with `unreachable`, reason `browser-crashed`, where it can't. */
  browser(): Promise<Browser>;
  /** It runs, or is starting. */
  readonly isRunning: boolean;
  /** The ids of its processes; none while it does not run. */
  processIds(): Promise<number[]>;
  stop(): Promise<void>;
}

interface ProgramInput {
  readonly found: BrowserFound;
  /** The file that names the folder in which the program keeps what it needs while it runs. */
  readonly noted: string;
  /** The proxy of everything that is no account's: lets nothing out. */
  readonly wall: () => Promise<string>;
  readonly log: Log;
  /** It ended and nobody asked it to. */
  readonly onCrash: () => void;
}

export function createProgram(input: ProgramInput): BrowserProgram {
  const { log } = input;
  let running: Promise<Browser> | null = null;

  const launch = async (): Promise<Browser> => {
    const wall = await input.wall();
    const started = performance.now();
    const browser = await inTemporary(input.noted, log, () =>
      chromium.launch({
        executablePath: input.found.path,
        headless: !input.found.isWindowed,
        // Chromium does not start as root with its sandbox.
        chromiumSandbox: process.getuid?.() !== 0,
        proxy: { server: wall },
        args: [...BROWSER_ARGUMENTS],
        // The engine ends it itself, when everything is saved.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      }),
    );
    log.info('browser', { version: browser.version(), ms: Math.round(performance.now() - started) });
    browser.once('disconnected', () => {
      if (running === null) return;
      running = null;
      log.warn('browser-gone');
      input.onCrash();
    });
    return browser;
  };
  return {
    browser: () => {
      const own = (running ??= launch().catch((error: unknown) => {
        if (running === own) running = null;
        log.error('browser-failed', { error });
        throw new CodedError(
          'unreachable',
          'The browser does not start',
          { reason: 'browser-crashed' },
          error,
        );
      }));
      return own;
    },
    get isRunning() {
      return running !== null;
    },
    processIds: async () => {
      const browser = await running?.catch(() => undefined);
      if (browser === undefined) return [];
      try {
        const session = await browser.newBrowserCDPSession();
        const { processInfo } = await session.send('SystemInfo.getProcessInfo');
        await session.detach();
        return processInfo.map((one) => one.id);
      } catch {
        return [];
      }
    },
    stop: async () => {
      const last = running;
      running = null;
      const closed = last?.then(
        (browser) => browser.close(),
        () => {},
      );
      // It ends with its engine, if not now.
      await Promise.race([closed, new Promise((resolve) => void setTimeout(resolve, CLOSE_MS).unref())]);
      removeTemporary(input.noted, log);
    },
  };
}

/**
 * Playwright makes the program's folders where the system's variable says, and they stay behind when it is killed. A
 * data folder's own path can be too long for them: Chromium puts a socket there, whose path has about a hundred bytes.
 */
async function inTemporary<T>(noted: string, log: Log, start: () => Promise<T>): Promise<T> {
  removeTemporary(noted, log);
  const folder = mkdtempSync(join(tmpdir(), 'cdesk-'));
  mkdirSync(dirname(noted), { recursive: true, mode: 0o700 });
  writeFileSync(noted, folder, { mode: 0o600 });
  const name = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
  const before = process.env[name];
  process.env[name] = folder;
  try {
    return await start();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

/** Removes the folder of a program that has ended. Another system may still hold what is in it: then it stays for now. */
export function removeTemporary(noted: string, log: Log): void {
  try {
    const folder = readFileSync(noted, 'utf8');
    // What is noted is ours alone, or nothing is removed.
    if (/[/\\]cdesk-[^/\\]+$/.test(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    rmSync(noted, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn('browser-folder-stays', { error });
  }
}
