import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CallInput, CallOutput, Method } from '../contract/index.ts';
import { CodedError } from '../base/errors.ts';
import { systemClock } from '../base/system-clock.ts';
import { memoryHost } from '../engine/host.ts';
import { connectWire } from '../wire/client.ts';
import type { EngineOptions, EngineToHost, HostToEngine } from '../wire/host-link.ts';
import { memoryPortPair } from '../wire/memory-port.ts';

const main = fileURLToPath(new URL('../engine/main.ts', import.meta.url));

/** A real engine process with one page connected; its host is the test. */
export interface EngineProcess {
  call<M extends Method>(method: M, input: CallInput<M>): Promise<CallOutput<M>>;
  /** What it said of its start, and later of a damaged database. */
  readonly told: EngineToHost[];
  /** As a power cut would: nothing of the process runs after it. */
  kill(): Promise<void>;
  /** Lets it finish; answers its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the engine, from source unless told otherwise, and waits until it is ready or says that it can't start. */
export async function startEngineProcess(options: EngineOptions, script = main): Promise<EngineProcess> {
  const child = fork(script, [], { execArgv: [], serialization: 'advanced' });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const tell = (message: HostToEngine): void => {
    if (child.connected) child.send(message);
  };
  const told: EngineToHost[] = [];
  const [here, there] = memoryPortPair();
  there.onMessage((text) => tell({ kind: 'frame', client: 1, text }));
  void exited.then(() => there.close());
  const started = Promise.withResolvers<void>();
  child.on('message', (received) => {
    const message = received as EngineToHost;
    if (message.kind === 'ask') void answer(child, message);
    else if (message.kind === 'frame') there.post(message.text);
    else told.push(message);
    if (message.kind === 'ready' || message.kind === 'start-failed') started.resolve();
  });
  tell({ kind: 'start', options });
  tell({ kind: 'connect', client: 1 });
  await Promise.race([started.promise, exited]);
  const wire = connectWire(here, { onFeed: () => undefined, timers: systemClock });
  return {
    told,
    call: async (method, input) => {
      const result = await wire.call(method, input);
      if (result.ok) return result.value;
      throw new CodedError(result.error.code, result.error.message, result.error.details);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    stop: () => {
      tell({ kind: 'stop' });
      return exited;
    },
  };
}

const host = memoryHost();

async function answer(child: ChildProcess, ask: Extract<EngineToHost, { kind: 'ask' }>): Promise<void> {
  const value = await host[ask.method](ask.input as never);
  if (child.connected) child.send({ kind: 'answer', id: ask.id, value } satisfies HostToEngine);
}
