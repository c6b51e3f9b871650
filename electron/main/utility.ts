import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { EngineChild } from '../../src/hosting/engine-child.ts';
import type { SpawnSandbox } from '../../src/hosting/sandbox-child.ts';
import type { EngineToHost } from '../../src/wire/host-link.ts';

// A utility process is plain Node and ends with this process. Electron itself could not be spawned as a Node:
// that is switched off in the packaged application.

function whenGone(child: UtilityProcess): Promise<string> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(`code ${code}`)));
}

/** Electron's own `kill` only asks. */
function killHard(child: UtilityProcess): void {
  if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
}

/** Starts an engine, which takes over pages' ports. */
export function utilityEngine(script: string): EngineChild {
  const child = utilityProcess.fork(script, [], { serviceName: 'Counterdesk engine', stdio: 'inherit' });
  const gone = whenGone(child);
  return {
    post: (message, ports = []) => child.postMessage(message, [...ports] as MessagePortMain[]),
    onMessage: (listener) => {
      child.on('message', (message: EngineToHost) => listener(message));
    },
    onExit: (listener) => {
      void gone.then(listener);
    },
    kill: () => killHard(child),
  };
}

/** Starts the sandbox for practice. */
export const utilitySandbox: SpawnSandbox = (script, args) => {
  const child = utilityProcess.fork(script, [...args], {
    serviceName: 'Counterdesk sandbox',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = whenGone(child);
  return {
    stdout: child.stdout,
    onExit: (listener) => {
      void gone.then(listener);
    },
    stop: () => {
      child.kill();
    },
    kill: () => killHard(child),
  };
};
