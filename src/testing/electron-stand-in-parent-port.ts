// Loaded before the script of a stand-in utility process: gives it what Electron would, and no more.
import { EventEmitter } from 'node:events';
import './without-electron.ts';
import type { UtilityFrame } from './electron-stand-in-utility.ts';

const ports = new Map<number, EventEmitter>();
const send = (frame: UtilityFrame): void => {
  if (process.connected) process.send?.(frame, undefined, undefined, () => {});
};

/** A MessagePortMain of the utility process; holds messages back until `start`, as Electron's do. */
class ChildPort extends EventEmitter {
  readonly #port: number;
  #held: unknown[] | null = [];
  constructor(port: number) {
    super();
    this.#port = port;
    ports.set(port, this);
    this.on('incoming', (data: unknown) => {
      if (this.#held === null) this.emit('message', { data, ports: [] });
      else this.#held.push(data);
    });
  }
  start(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const data of held) this.emit('message', { data, ports: [] });
  }
  postMessage(data: unknown): void {
    send({ kind: 'port', port: this.#port, data });
  }
  close(): void {
    send({ kind: 'port-closed', port: this.#port });
  }
}

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown): void => send({ kind: 'message', data, ports: [] }),
});
Reflect.set(process, 'parentPort', parentPort);

process.on('message', (message) => {
  const frame = message as UtilityFrame;
  if (frame.kind === 'message') {
    parentPort.emit('message', { data: frame.data, ports: frame.ports.map((port) => new ChildPort(port)) });
  }
  if (frame.kind === 'port') ports.get(frame.port)?.emit('incoming', frame.data);
  if (frame.kind === 'port-closed') ports.get(frame.port)?.emit('close');
});
// A utility process ends with its main process.
process.on('disconnect', () => process.exit(0));
