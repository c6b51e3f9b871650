import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';

/** One listening address that can go away and come back on the same port. */
export class LocalPort {
  readonly #server: Server;
  #port: number;

  constructor(listener: RequestListener, port: number) {
    this.#server = createServer(listener);
    this.#port = port;
  }

  /** Base address, without a trailing slash. */
  get url(): string {
    return `http://${HOST}:${this.#port}`;
  }

  /** Listens; with port 0 the system picks one, which is kept from then on. */
  async open(): Promise<void> {
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      const refuse = (error: NodeJS.ErrnoException): void =>
        reject(error.code === 'EADDRINUSE' ? new Error(`Port ${this.#port} is taken.`) : error);
      this.#server.once('error', refuse);
      this.#server.listen(this.#port, HOST, () => {
        this.#server.off('error', refuse);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Closes the port and every connection to it. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}
