import { portState } from './port-state.ts';
import type { Port } from './port.ts';

interface Sender {
  postMessage(message: string): void;
  start?(): void;
  close(): void;
}

/** The browser's MessagePort, and Node's from `worker_threads`. */
export interface EventTargetMessagePort extends Sender {
  addEventListener(type: string, listener: (event: object) => void): void;
}

/** Electron's MessagePortMain, in its main and utility processes. */
export interface EmitterMessagePort extends Sender {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** A port over a message port of any of the three kinds. What is not text is dropped. */
export function messagePort(raw: EventTargetMessagePort | EmitterMessagePort): Port {
  const state = portState();
  const receive = (event: object): void => {
    const data: unknown = Reflect.get(event, 'data');
    if (typeof data === 'string' && !state.isClosed()) state.deliver(data);
  };
  if ('addEventListener' in raw) {
    raw.addEventListener('message', receive);
    raw.addEventListener('close', () => state.shut());
  } else {
    raw.on('message', receive);
    raw.on('close', () => state.shut());
  }
  raw.start?.();
  return {
    post(text) {
      if (!state.isClosed()) raw.postMessage(text);
    },
    onMessage: state.onMessage,
    onClose: state.onClose,
    close() {
      if (state.shut()) raw.close();
    },
  };
}
