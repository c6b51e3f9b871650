import { backoffMs } from '../base/backoff.ts';
import type { Clock } from '../base/time.ts';
import type { ConnectionBundle } from '../contract/bundle.ts';
import type { HostLog } from './log.ts';
import type { SandboxChild, SpawnSandbox } from './sandbox-child.ts';
import { isOtherWorld, launchSandbox, setPracticeAside } from './sandbox-launch.ts';
import { sameAddresses, writeSandboxRecord } from './sandbox-record.ts';

export interface SandboxOptions {
  /** How it is started; as a child of this Node process unless given. */
  readonly spawn?: SpawnSandbox;
  /** The built sandbox, or its source under a Node that strips types. */
  readonly script: string;
  /** Holds its journal, from which its world comes back, and a record of its addresses. Made if missing. */
  readonly practiceDir: string;
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

const STOP_MS = 5_000;
/** A sandbox that ran this long was healthy: its end counts as a first one. In milliseconds. */
const HEALTHY_MS = 60_000;

/** Makes it; nothing runs until `start`. */
export function createSandboxProcess(options: SandboxOptions): SandboxProcess {
  const { clock, log, random } = options;
  let child: SandboxChild | undefined;
  let starting: Promise<ConnectionBundle> | undefined;
  let cancelRestart = (): void => {};
  let wanted = false;
  let crashes = 0;

  /** Starts a child and answers its bundle; from then on its end leads to a new one. */
  const launch = async (): Promise<ConnectionBundle> => {
    const { started, bundle } = await launchSandbox(options);
    child = started;
    await writeSandboxRecord(options.practiceDir, bundle);
    const startedAt = clock.now();
    started.onExit((cause) => {
      if (!wanted || child !== started) return;
      crashes = clock.now() - startedAt > HEALTHY_MS ? 1 : crashes + 1;
      log.error('sandbox ended unexpectedly', { cause, crashes });
      restart(bundle);
    });
    return bundle;
  };

  /** At a first start no engine has the practice folder open, so it may be changed for a new one. */
  const launchFirst = (): Promise<ConnectionBundle> =>
    launch().catch(async (error: unknown) => {
      if (!isOtherWorld(error)) throw error;
      log.warn('practice starts anew', { why: String(error) });
      await setPracticeAside(options.practiceDir);
      return launch();
    });

  const restart = (before: ConnectionBundle): void => {
    cancelRestart = clock.after(backoffMs(crashes, 200, 10_000, random), () => {
      starting = launch();
      starting.then(
        (bundle) => {
          if (!sameAddresses(before, bundle)) options.onMoved(bundle);
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
        starting = launchFirst();
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
      if (running === undefined) return;
      const gone = new Promise<void>((resolve) => running.onExit(() => resolve()));
      running.stop();
      const cancelKill = clock.after(STOP_MS, () => running.kill());
      await gone;
      cancelKill();
    },
  };
}
