import { describe, expect, it } from 'vitest';
import { socketPort, type SocketLike } from './socket-port.ts';

function fakeSocket(
  readyState: number,
  bufferedAmount = 0,
): SocketLike & {
  readonly did: unknown[];
  fire(type: string, event?: object): void;
  readyState: number;
} {
  const listeners = new Map<string, (event: object) => void>();
  const did: unknown[] = [];
  return {
    did,
    readyState,
    bufferedAmount,
    send: (data) => did.push(data),
    close: (code) => did.push(code),
    addEventListener: (type, listener) => listeners.set(type, listener),
    fire: (type, event = {}) => listeners.get(type)?.(event),
  };
}

describe('a socket port', () => {
  it('keeps posts until the socket is open, in order', () => {
    const socket = fakeSocket(0);
    const port = socketPort(socket);
    port.post('1');
    port.post('2');
    expect(socket.did).toEqual([]);
    socket.readyState = 1;
    socket.fire('open');
    port.post('3');
    expect(socket.did).toEqual(['1', '2', '3']);
  });

  it('ends when more comes than is kept for one that does not listen yet', () => {
    const socket = fakeSocket(1);
    const port = socketPort(socket, 4000);
    for (let sent = 0; sent < 20 && socket.did.length === 0; sent += 1) {
      socket.fire('message', { data: 'x'.repeat(1_000_000) });
    }
    expect(socket.did).toEqual([4000]);
    const heard: string[] = [];
    port.onMessage((text) => heard.push(text));
    expect(heard).toEqual([]);
  });

  it('drops what is not text, and what comes after its end', () => {
    const socket = fakeSocket(1);
    const port = socketPort(socket);
    const seen: string[] = [];
    socket.fire('message', { data: 'early' });
    port.onMessage((text) => seen.push(text));
    socket.fire('message', { data: new Uint8Array(3) });
    socket.fire('message', { data: 'one' });
    port.close();
    port.close();
    socket.fire('message', { data: 'late' });
    port.post('late');
    expect(seen).toEqual(['early', 'one']);
    expect(socket.did).toEqual([1000]);
  });

  it('gives up a reader that does not read', () => {
    const socket = fakeSocket(1, 65_000_000);
    const port = socketPort(socket, 4503);
    let closed = 0;
    port.onClose(() => (closed += 1));
    port.post('one more');
    socket.fire('close');
    expect([socket.did, closed]).toEqual([[4503], 1]);
  });
});
