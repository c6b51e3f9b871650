import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './project.ts';

export interface RunOptions {
  /** The command is ended after this long; without it, never. */
  readonly timeoutMs?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Nothing of its output is shown. */
  readonly quiet?: boolean;
}

/**
 * Runs a program in the project's root and answers its exit code: 127 if it can't be started, 124 if its time ran out.
 * Ctrl+C and a polite end reach the program too.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  { timeoutMs, env = process.env, quiet = false }: RunOptions = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: quiet ? 'ignore' : 'inherit' });
    let late = false;
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill('SIGKILL');
          }, timeoutMs);
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on('SIGINT', pass);
    process.on('SIGTERM', pass);
    const done = (code: number): void => {
      clearTimeout(timer);
      process.off('SIGINT', pass);
      process.off('SIGTERM', pass);
      resolve(code);
    };
    child.on('error', () => done(127));
    child.on('exit', (code) => done(late ? 124 : (code ?? 1)));
  });
}

/** Runs a script of this project, or the command of an installed package, on the Node of this process. */
export function runNode(
  name: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<number> {
  return runCommand(process.execPath, [join(ROOT, 'scripts/run.mjs'), name, ...args], options);
}
