import { portState } from './port-state.ts';
import type { Port } from './port.ts';

/** What the browser's WebSocket and a server socket of `ws` have in common. */
export interface SocketLike {
  readonly readyState: number;
  /** Bytes given to `send` that have not left yet. */
  readonly bufferedAmount: number;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: object) => void): void;
}

const CONNECTING = 0;
const OPEN = 1;
/** A reader this far behind will not catch up, and what waits for it is our memory. */
const MAX_BUFFERED_BYTES = 64_000_000;

/**
 * A port over a WebSocket of either side. Posts wait until the socket is open; binary frames are dropped.
 * `closeCode` is what the other side sees when this port is closed from here.
 */
export function socketPort(socket: SocketLike, closeCode = 1000): Port {
  const state = portState();
  const waiting: string[] = [];
  const close = (): void => {
    if (state.shut()) socket.close(closeCode);
  };
  socket.addEventListener('open', () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  socket.addEventListener('message', (event) => {
    const data: unknown = Reflect.get(event, 'data');
    if (typeof data === 'string' && !state.isClosed() && !state.deliver(data)) close();
  });
  socket.addEventListener('close', () => state.shut());
  // A `close` always follows; without a listener `ws` would throw.
  socket.addEventListener('error', () => {});
  return {
    post(text) {
      if (state.isClosed()) return;
      if (socket.readyState === CONNECTING) waiting.push(text);
      else if (socket.bufferedAmount > MAX_BUFFERED_BYTES) close();
      else if (socket.readyState === OPEN) socket.send(text);
    },
    onMessage: state.onMessage,
    onClose: state.onClose,
    close,
  };
}
