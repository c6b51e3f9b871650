import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

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
}

/** A running Counterdesk, as `npm start -- --no-window` runs it. */
export interface App {
  /** What it printed; its token works once. */
  readonly address: string;
  readonly origin: string;
  readonly dataDir: string;
  /** The web host's process; engine and sandbox are its children. */
  readonly pid: number;
  /** What host and engine wrote to their logs on the terminal. */
  readonly output: () => string;
  /** Ends it as Ctrl+C would and waits until it is gone. */
  stop(): Promise<void>;
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
export async function startApp({ sandbox = false, dataDir, flags = [] }: AppOptions = {}): Promise<App> {
  const home = mkdtempSync(join(tmpdir(), 'counterdesk-e2e-'));
  const data = dataDir ?? join(home, 'data');
  const config = join(dirname(data), 'config');
  const args = ['--no-window', '--port', '0', '--data', data, ...(sandbox ? ['--sandbox'] : []), ...flags];
  const child = spawn(process.execPath, [join(ROOT, 'out/main/webhost.js'), ...args], {
    cwd: ROOT,
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: config, APPDATA: config, TMPDIR: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (part: Buffer) => (text += part.toString()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const output = (): string => text;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const address = await firstAddress(child, output);
    return { address, origin: new URL(address).origin, dataDir: data, pid: child.pid ?? 0, output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
