import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { PortMain } from './electron-stand-in-ports.ts';

/** What goes over Node's channel between this and `electron-stand-in-parent-port.ts`. */
export type UtilityFrame =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly port: number };

/** Stands in for a utility process: a plain Node process that is given a `parentPort` and knows no Electron. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, PortMain>();
  constructor(script: string, args: readonly string[], options: object) {
    super();
    const stdio: unknown = Reflect.get(options, 'stdio');
    this.#child = fork(script, args, {
      execArgv: ['--import', new URL('./electron-stand-in-parent-port.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: [
        ...(Array.isArray(stdio) ? (stdio as 'pipe'[]) : (['ignore', 'ignore', 'inherit'] as const)),
        'ipc',
      ],
    });
    this.#child.on('message', (frame) => this.#receive(frame as UtilityFrame));
    this.#child.on('exit', (code) => {
      for (const port of this.#ports.values()) port.close();
      this.emit('exit', code ?? 1);
    });
  }
  get pid(): number | undefined {
    return this.#child.pid;
  }
  get stdout(): ChildProcess['stdout'] {
    return this.#child.stdout;
  }
  postMessage(data: unknown, transfer: readonly PortMain[] = []): void {
    const ports = transfer.map((port) => this.#take(port));
    this.#send({ kind: 'message', data, ports });
  }
  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
  #take(port: PortMain): number {
    const number = this.#ports.size + 1;
    this.#ports.set(number, port);
    port.raw.on('message', (data: unknown) => this.#send({ kind: 'port', port: number, data }));
    port.raw.on('close', () => this.#send({ kind: 'port-closed', port: number }));
    return number;
  }
  #receive(frame: UtilityFrame): void {
    if (frame.kind === 'message') this.emit('message', frame.data);
    if (frame.kind === 'port') this.#ports.get(frame.port)?.postMessage(frame.data);
    if (frame.kind === 'port-closed') this.#ports.get(frame.port)?.close();
  }
  #send(frame: UtilityFrame): void {
    if (this.#child.connected) this.#child.send(frame, () => {});
  }
}

/** Every utility process that was started, in order. */
export const started: UtilityProcess[] = [];

export const utilityProcess = {
  fork(script: string, args: readonly string[] = [], options: object = {}): UtilityProcess {
    const child = new UtilityProcess(script, args, options);
    started.push(child);
    return child;
  },
};
