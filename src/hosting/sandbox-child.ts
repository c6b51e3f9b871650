import { spawn } from 'node:child_process';

/** A started sandbox process, however it was started. */
export interface SandboxChild {
  /** Its first line says how to connect to it. */
  readonly stdout: NodeJS.ReadableStream | null;
  /** Called once, at once if it has ended already; also when the process could not be started. `cause` is for the log. */
  onExit(listener: (cause: string) => void): void;
  /** Asks it to end. */
  stop(): void;
  /** Ends it without asking. */
  kill(): void;
}

/** Starts the sandbox's script with these arguments. It must end when its host does. */
export type SpawnSandbox = (script: string, args: readonly string[]) => SandboxChild;

/** Ends the child when its parent is gone, whatever the script itself does about it. */
const LEASH = `data:text/javascript,process.once('disconnect',()=>process.exit(0))`;

/** Starts it as a child of this Node process. */
export const spawnSandbox: SpawnSandbox = (script, args) => {
  const child = spawn(process.execPath, ['--import', LEASH, script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  return {
    stdout: child.stdout,
    onExit: (listener) => {
      void gone.then(listener);
    },
    stop: () => {
      child.kill('SIGTERM');
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};
