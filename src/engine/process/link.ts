import type { EngineToHost, HostToEngine } from '../../wire/host-link.ts';
import type { EmitterMessagePort } from '../../wire/message-port.ts';

/** The engine's end of the channel to its host. */
export interface HostLink {
  post(message: EngineToHost): void;
  /** `ports` holds what was handed over with the message: at most one. */
  onMessage(listener: (message: HostToEngine, ports: readonly EmitterMessagePort[]) => void): void;
  /** The host is gone. */
  onClose(listener: () => void): void;
}

/** Electron's `process.parentPort` in a utility process; described here because this layer doesn't know Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { data: unknown; ports: readonly EmitterMessagePort[] }) => void,
  ): unknown;
}

/** The link this process was started with, or null when it has no host. */
export function findHostLink(): HostLink | null {
  const parentPort: unknown = Reflect.get(process, 'parentPort');
  if (typeof parentPort === 'object' && parentPort !== null) return utilityLink(parentPort as ParentPort);
  return process.send === undefined ? null : forkLink();
}

function utilityLink(parentPort: ParentPort): HostLink {
  return {
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) => {
      parentPort.on('message', ({ data, ports }) => {
        if (isMessage(data)) listener(data, ports);
      });
    },
    // Electron ends a utility process with its main process; there is no event.
    onClose: () => {},
  };
}

function forkLink(): HostLink {
  return {
    // Without a callback, a channel that closes under a send would be an error nobody catches.
    post: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => {});
    },
    onMessage: (listener) => {
      process.on('message', (message: unknown) => {
        if (isMessage(message)) listener(message, []);
      });
    },
    onClose: (listener) => {
      process.on('disconnect', listener);
    },
  };
}

function isMessage(value: unknown): value is HostToEngine {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'kind') === 'string';
}
