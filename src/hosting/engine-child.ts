import { fork } from 'node:child_process';
import type { EngineToHost, HostToEngine } from '../wire/host-link.ts';

/** A started engine process, however it was started. */
export interface EngineChild {
  /** `ports` are handed over with the message, where the kind of process can do that. */
  post(message: HostToEngine, ports?: readonly unknown[]): void;
  onMessage(listener: (message: EngineToHost) => void): void;
  /** Called once, also when the process could not be started. `cause` is for the log. */
  onExit(listener: (cause: string) => void): void;
  /** Ends it without asking. */
  kill(): void;
}

/** Starts an engine as a child of this Node process. It ends by itself when this process does. */
export function forkEngine(script: string): EngineChild {
  const child = fork(script, [], {
    execArgv: [],
    // JSON would write every frame, which is text already, as a quoted string once more.
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  return {
    post: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => {
      child.on('message', (message) => listener(message as unknown as EngineToHost));
    },
    onExit: (listener) => {
      void gone.then(listener);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
