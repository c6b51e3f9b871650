import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/**
 * Stands in for Electron's MessagePortMain, over one of Node's own ports. Nobody listens in the main process:
 * what comes waits in the raw port for whoever it is handed to.
 */
export class PortMain extends EventEmitter {
  readonly raw: MessagePort;
  constructor(raw: MessagePort) {
    super();
    this.raw = raw;
    raw.on('close', () => this.emit('close'));
  }
  postMessage(data: unknown): void {
    this.raw.postMessage(data);
  }
  close(): void {
    this.raw.close();
  }
}

/** Stands in for Electron's MessageChannelMain. */
export class MessageChannelMain {
  readonly port1: PortMain;
  readonly port2: PortMain;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new PortMain(port1);
    this.port2 = new PortMain(port2);
  }
}
