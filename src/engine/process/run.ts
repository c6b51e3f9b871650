import type { EngineOptions, HostToEngine } from '../../wire/host-link.ts';
import { messagePort } from '../../wire/message-port.ts';
import type { Port } from '../../wire/port.ts';
import type { Host } from '../host.ts';
import { StartError } from '../start-error.ts';
import { createHostProxy } from './host-proxy.ts';
import type { HostLink } from './link.ts';
import { createPagePorts } from './page-ports.ts';

/** A running engine: what `engine.ts` makes. */
export interface RunningEngine {
  readonly epoch: string;
  connect(port: Port): void;
  /** What the operating system told the host. */
  systemEvent?(event: Extract<HostToEngine, { kind: 'system-event' }>['event']): void;
  /** Finishes what is being written. */
  close(): Promise<void>;
}

export interface RunOptions {
  readonly link: HostLink;
  create(options: EngineOptions, host: Host): Promise<RunningEngine>;
  /** Ends the process; called once. */
  exit(code: number): void;
}

/**
 * Runs one engine for the host at the other end of the link, until the host says stop or is gone.
 * Answers a function that stops it from here (a signal).
 */
export function runEngine({ link, create, exit }: RunOptions): () => void {
  const proxy = createHostProxy(link.post);
  const pages = createPagePorts(link.post);
  const early: Port[] = [];
  let running: RunningEngine | undefined;
  let starting: Promise<void> | undefined;
  let stopping = false;

  const connect = (port: Port): void => {
    if (running === undefined) early.push(port);
    else running.connect(port);
  };

  const start = async (options: EngineOptions): Promise<void> => {
    try {
      running = await create(options, proxy.host);
    } catch (thrown) {
      const reason = thrown instanceof StartError ? thrown.reason : 'other';
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      // The host answers with stop: ending at once could lose this very message.
      link.post({ kind: 'start-failed', reason, message });
      return;
    }
    if (stopping) return;
    link.post({ kind: 'ready', epoch: running.epoch });
    for (const port of early.splice(0)) running.connect(port);
  };

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await starting;
    let code = 0;
    try {
      await running?.close();
    } catch {
      code = 1;
    }
    exit(code);
  };

  link.onMessage((message: HostToEngine, [handedOver]) => {
    switch (message.kind) {
      case 'start':
        starting ??= start(message.options);
        return;
      case 'connect':
        return connect(handedOver === undefined ? pages.open(message.client) : messagePort(handedOver));
      case 'frame':
        return pages.deliver(message.client, message.text);
      case 'disconnect':
        return pages.drop(message.client);
      case 'answer':
        return proxy.answer(message.id, message.value);
      case 'answer-error':
        return proxy.answerError(message.id, message.message);
      case 'system-event':
        return running?.systemEvent?.(message.event);
      case 'stop':
        return void stop();
    }
  });
  link.onClose(() => void stop());
  return () => void stop();
}
