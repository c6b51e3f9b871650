import { rename, rm } from 'node:fs/promises';
import type { Clock } from '../base/time.ts';
import { SANDBOX_EXIT, type ConnectionBundle } from '../contract/bundle.ts';
import { readBundle, SandboxStartError } from './sandbox-bundle.ts';
import { spawnSandbox, type SandboxChild, type SpawnSandbox } from './sandbox-child.ts';
import { sandboxArguments } from './sandbox-record.ts';

interface LaunchOptions {
  /** How it is started; as a child of this Node process unless given. */
  readonly spawn?: SpawnSandbox;
  readonly script: string;
  readonly practiceDir: string;
  readonly clock: Pick<Clock, 'after'>;
}

interface Launched {
  readonly started: SandboxChild;
  readonly bundle: ConnectionBundle;
}

/** One that a killed host left behind lets go of the journal at once; these tries, with this pause, are ample. */
const IN_USE_TRIES = 3;
const IN_USE_PAUSE_MS = 500;

/**
 * Starts a sandbox on the practice folder, at the addresses it had last where they are free.
 * Rejects with `SandboxStartError`; then no process is left.
 */
export async function launchSandbox(options: LaunchOptions, tries = IN_USE_TRIES): Promise<Launched> {
  const { lasting, port } = await sandboxArguments(options.practiceDir);
  try {
    return await run(options, [...lasting, ...port]);
  } catch (error) {
    const code = error instanceof SandboxStartError ? error.exitCode : null;
    // Its ports of last time may be someone else's by now.
    if (code === null) return run(options, lasting);
    if (code !== SANDBOX_EXIT.inUse || tries <= 1) throw error;
    await new Promise<void>((resolve) => options.clock.after(IN_USE_PAUSE_MS, resolve));
    return launchSandbox(options, tries - 1);
  }
}

async function run(options: LaunchOptions, args: readonly string[]): Promise<Launched> {
  const { spawn = spawnSandbox, script, clock } = options;
  const started = spawn(script, ['--json', ...args]);
  try {
    return { started, bundle: await readBundle(started, clock) };
  } catch (error) {
    started.kill();
    throw error;
  }
}

/** Whether a start failed because the practice folder holds the world of another version. */
export function isOtherWorld(error: unknown): boolean {
  return error instanceof SandboxStartError && error.exitCode === SANDBOX_EXIT.otherWorld;
}

/**
 * Moves the practice folder to `<folder>.old`, in the place of one moved before: nobody's own data, but someone may
 * want to look. No engine may have it open.
 */
export async function setPracticeAside(practiceDir: string): Promise<void> {
  const aside = `${practiceDir}.old`;
  await rm(aside, { recursive: true, force: true });
  await rename(practiceDir, aside);
}
