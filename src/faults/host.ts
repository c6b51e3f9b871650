import { spawn, type ChildProcess } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
  type WriteStream,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { childPid } from '../e2e/processes.ts';

const source = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const READY = 'Counterdesk is ready: ';
/** Time for host, sandbox and engine to start. Milliseconds. */
const START_MS = 120_000;

/** Where a run keeps what. */
export interface Folders {
  /** Everything; removed at the end. */
  readonly home: string;
  /** DATA. */
  readonly data: string;
  /** The sandbox's journal lies outside DATA: a full disk there must not touch the oracle. */
  readonly journal: string;
}

/** How the parts are run. */
export interface HostOptions extends Folders {
  /** Further arguments of the sandbox. */
  readonly sandbox: readonly string[];
}

/** The real web host from source, in practice: engine and sandbox are processes of their own under it. */
export class HostProcess {
  readonly #options: HostOptions;
  readonly #log: WriteStream;
  readonly #clock: string;
  #child: ChildProcess | null = null;
  #gone: Promise<void> = Promise.resolve();
  #port = 0;
  #ending = false;
  /** The first address, whose token opens the page's session; later ones are not needed. */
  address = '';
  starts = 0;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#clock = join(options.home, 'clock');
    this.#log = createWriteStream(join(options.home, 'host.log'), { flags: 'a' });
    const page = join(options.home, 'page');
    mkdirSync(page, { recursive: true });
    writeFileSync(join(page, 'index.html'), '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__">');
  }

  get logFile(): string {
    return join(this.#options.home, 'host.log');
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Process numbers of those that run now. */
  pid(of: 'host' | 'engine' | 'sandbox'): number | undefined {
    const host = this.#child?.pid;
    if (host === undefined || of === 'host') return host;
    return childPid(host, of === 'engine' ? 'engine/main.ts' : 'practice-sandbox.ts');
  }

  /** The sandbox's command address, as the host wrote it down; null before its first start. */
  get admin(): string | null {
    const record = join(this.#options.data, 'practice', 'sandbox.json');
    if (!existsSync(record)) return null;
    try {
      return (JSON.parse(readFileSync(record, 'utf8')) as { admin: string }).admin;
    } catch {
      return null;
    }
  }

  /** Sets the engine's clock off by so many milliseconds. */
  setClock(offsetMs: number): void {
    writeFileSync(this.#clock, String(offsetMs));
  }

  /** Starts it, and again on the same port whenever it dies, until `stop`. Resolves once a page may come. */
  async start(): Promise<void> {
    const first = Promise.withResolvers<void>();
    void this.#keep(first.resolve);
    await first.promise;
  }

  async #keep(onReady: () => void): Promise<void> {
    while (!this.#ending) {
      if (await this.#startOnce()) onReady();
      await this.#gone;
    }
  }

  #startOnce(): Promise<boolean> {
    const { data, home, journal, sandbox } = this.#options;
    const args = ['--no-window', '--port', String(this.#port), '--data', data, '--sandbox'];
    const parts = [
      '--engine',
      source('engine/main.ts'),
      '--sandbox-script',
      source('faults/practice-sandbox.ts'),
    ];
    const config = join(home, 'config');
    const env = {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: config,
      APPDATA: config,
      TMPDIR: home,
      FAULTS_SANDBOX: JSON.stringify([...sandbox, '--journal', journal]),
      FAULTS_CLOCK: this.#clock,
      NODE_OPTIONS: `--import=${new URL('engine-clock.ts', import.meta.url).href}`,
    };
    const script = source('webhost/main.ts');
    const child = spawn(process.execPath, [script, ...args, ...parts, '--page', join(home, 'page')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.starts += 1;
    child.stderr.pipe(this.#log, { end: false });
    const ready = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
    this.#gone = new Promise((resolve) => {
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
        ready.resolve(false);
      });
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith(READY)) return;
      clearTimeout(timer);
      const address = line.slice(READY.length).trim();
      this.#port = Number(new URL(address).port);
      if (this.address === '') this.address = address;
      ready.resolve(true);
    });
    return ready.promise;
  }

  /** Kills one of the three; false when it was not there. Engine and sandbox are started again by their host. */
  kill(victim: 'host' | 'engine' | 'sandbox'): boolean {
    const pid = this.pid(victim);
    if (pid === undefined) return false;
    try {
      process.kill(pid, 'SIGKILL');
      return true;
    } catch {
      return false;
    }
  }

  /** Ends it as Ctrl+C would; it is started again. */
  restart(): void {
    this.#child?.kill('SIGTERM');
  }

  /** Ends all three as Ctrl+C would. */
  async stop(): Promise<void> {
    this.#ending = true;
    this.#child?.kill('SIGTERM');
    await this.#gone;
    this.#log.end();
  }
}
