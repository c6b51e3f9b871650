import { utilityProcess, type MessagePortMain } from 'electron';
import type { EngineChild } from '../../src/hosting/engine-child.ts';
import type { EngineToHost } from '../../src/wire/host-link.ts';

/** Starts an engine as a utility process: plain Node, which ends with this process and takes over pages' ports. */
export function utilityEngine(script: string): EngineChild {
  const child = utilityProcess.fork(script, [], { serviceName: 'Counterdesk engine', stdio: 'inherit' });
  const gone = new Promise<string>((resolve) => child.once('exit', (code) => resolve(`code ${code}`)));
  return {
    post: (message, ports = []) => child.postMessage(message, [...ports] as MessagePortMain[]),
    onMessage: (listener) => {
      child.on('message', (message: EngineToHost) => listener(message));
    },
    onExit: (listener) => {
      void gone.then(listener);
    },
    kill: () => {
      // Electron's own kill asks politely.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}
