import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { askRunningHost } from '../webhost/single-instance.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const READY = 'Counterdesk is ready: ';
/** Time for host, engine and sandbox to start on a busy machine. In milliseconds. */
const START_MS = 90_000;

export interface AppOptions {
  /** Start in practice, as `--sandbox` does. */
  readonly sandbox?: boolean;
  /** A DATA folder of a former run; a new one by default, removed at the end. */
  readonly dataDir?: string;
  /** Further flags of `npm start`. */
  readonly flags?: readonly string[];
  /** A screen for stores' windows: the value of `DISPLAY`. */
  readonly display?: string;
}

/** A running Counterdesk, as `npm start -- --no-window` runs it. */
export interface App {
  readonly origin: string;
  readonly dataDir: string;
  /** The web host's process; engine and sandbox are its children. */
  readonly pid: number;
  /** What host and engine wrote to their logs on the terminal. */
  readonly output: () => string;
  /** A fresh address; its token works once. A second `npm start` on the same data prints one in the same way. */
  address(): Promise<string>;
  /** Ends it as Ctrl+C would and waits until it is gone. */
  stop(): Promise<void>;
  /** Ends the host as a crash would; its data stays. */
  kill(): Promise<void>;
}

function firstAddress(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`Counterdesk did not start: ${why}\n${output()}`));
    const timer = setTimeout(() => fail('no address in time'), START_MS);
    child.once('exit', (code) => fail(`it ended with code ${code}`));
    if (child.stdout === null) return fail('it has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith(READY)) return;
      clearTimeout(timer);
      resolve(line.slice(READY.length).trim());
    });
  });
}

/** Starts the built web host on a free port, with settings and keys in a folder of its own. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const { sandbox = false, dataDir, flags = [], display } = options;
  const home = mkdtempSync(join(tmpdir(), 'counterdesk-e2e-'));
  const data = dataDir ?? join(home, 'data');
  const config = join(dirname(data), 'config');
  const args = ['--no-window', '--port', '0', '--data', data, ...(sandbox ? ['--sandbox'] : []), ...flags];
  const child = spawn(process.execPath, [join(ROOT, 'out/main/webhost.js'), ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: config,
      APPDATA: config,
      TMPDIR: home,
      DISPLAY: display ?? '',
      WAYLAND_DISPLAY: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (part: Buffer) => (text += part.toString()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const output = (): string => text;
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  const stop = async (): Promise<void> => {
    await end('SIGTERM');
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const address = async (): Promise<string> => {
    const running = await askRunningHost(data, false);
    if (running?.address == null) throw new Error(`No Counterdesk answers.\n${text}`);
    return running.address;
  };
  try {
    const first = await firstAddress(child, output);
    const { origin } = new URL(first);
    const kill = (): Promise<void> => end('SIGKILL');
    return { origin, dataDir: data, pid: child.pid ?? 0, output, address, stop, kill };
  } catch (error) {
    await stop();
    throw error;
  }
}
