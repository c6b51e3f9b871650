import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { backoffMs } from '../base/backoff.ts';
import type { Clock } from '../base/time.ts';
import { connectionBundleSchema, type ConnectionBundle } from '../contract/bundle.ts';
import type { HostLog } from './log.ts';

export interface SandboxOptions {
  /** The built sandbox, or its source under a Node that strips types. */
  readonly script: string;
  /** Further arguments; `--json` is always given. */
  readonly args: readonly string[];
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: HostLog;
  /** It died, was started again, and speaks from other addresses than before. */
  onMoved(bundle: ConnectionBundle): void;
}

/** The marketplaces' stand-in, kept running for the practice space. */
export interface SandboxProcess {
  /** Starts it unless it runs; answers how to connect to it. Rejects when it can't be started. */
  start(): Promise<ConnectionBundle>;
  /** Ends it; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Time for the sandbox to make its world and listen. In milliseconds. */
const START_MS = 30_000;
const STOP_MS = 5_000;
/** A sandbox that ran this long was healthy: its end counts as a first one. In milliseconds. */
const HEALTHY_MS = 60_000;

/** Ends the child when its parent is gone, whatever the script itself does about it. */
const LEASH = `data:text/javascript,process.once('disconnect',()=>process.exit(0))`;

/** Makes it; nothing runs until `start`. */
export function createSandboxProcess(options: SandboxOptions): SandboxProcess {
  const { clock, log, random } = options;
  let child: ChildProcess | undefined;
  let starting: Promise<ConnectionBundle> | undefined;
  let cancelRestart = (): void => {};
  let wanted = false;
  let crashes = 0;

  /** Starts a child and answers its bundle; from then on its end leads to a new one. */
  const launch = async (before: ConnectionBundle | null): Promise<ConnectionBundle> => {
    const started = spawn(process.execPath, ['--import', LEASH, options.script, '--json', ...options.args], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    child = started;
    const startedAt = clock.now();
    let bundle = before;
    try {
      bundle = await readBundle(started, clock);
    } catch (error) {
      started.kill('SIGKILL');
      throw error;
    }
    const ended = (): void => {
      if (!wanted || child !== started) return;
      crashes = clock.now() - startedAt > HEALTHY_MS ? 1 : crashes + 1;
      log.error('sandbox ended unexpectedly', { cause: started.signalCode ?? started.exitCode, crashes });
      restart(bundle);
    };
    if (hasEnded(started)) ended();
    else started.once('exit', ended);
    return bundle;
  };

  const restart = (before: ConnectionBundle | null): void => {
    cancelRestart = clock.after(backoffMs(crashes, 200, 10_000, random), () => {
      starting = launch(before);
      starting.then(
        (bundle) => {
          if (JSON.stringify(bundle) !== JSON.stringify(before)) options.onMoved(bundle);
        },
        (error: unknown) => {
          log.error('sandbox can not start', { error: String(error) });
          crashes += 1;
          if (wanted) restart(before);
        },
      );
    });
  };

  return {
    start() {
      if (!wanted || starting === undefined) {
        wanted = true;
        starting = launch(null);
        starting.catch(() => {
          wanted = false;
        });
      }
      return starting;
    },
    async stop() {
      wanted = false;
      cancelRestart();
      await starting?.catch(() => null);
      starting = undefined;
      const running = child;
      child = undefined;
      if (running === undefined || hasEnded(running)) return;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGTERM');
      const cancelKill = clock.after(STOP_MS, () => running.kill('SIGKILL'));
      await gone;
      cancelKill();
    },
  };
}

/** Waits for the one line of JSON; what comes after it is read and dropped, so that the child never blocks. */
function readBundle(child: ChildProcess, clock: Clock): Promise<ConnectionBundle> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`The sandbox could not be started: ${why}`));
    const cancel = clock.after(START_MS, () => fail('it did not answer in time'));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`}`));
    const { stdout } = child;
    if (stdout === null) return fail('it has no output');
    const lines = createInterface({ input: stdout });
    lines.once('line', (line) => {
      cancel();
      const parsed = connectionBundleSchema.safeParse(parseJson(line));
      if (parsed.success) resolve(parsed.data);
      else fail('its first line is not the expected JSON');
    });
    return undefined;
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
