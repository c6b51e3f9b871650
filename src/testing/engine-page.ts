import type { FeedEvent } from '../contract/feeds.ts';
import type { CallInput, CallOutput, Method } from '../contract/index.ts';
import { CodedError } from '../base/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { systemClock } from '../base/system-clock.ts';
import { connectWire } from '../wire/client.ts';
import { memoryPortPair } from '../wire/memory-port.ts';

/** A page connected to an engine in the same process: calls as the real page makes them. */
export interface TestPage {
  /** Throws `CodedError` where the real client answers one. */
  call<M extends Method>(method: M, input: CallInput<M>): Promise<CallOutput<M>>;
  readonly events: readonly FeedEvent[];
  close(): void;
}

/** Connects a page over a pair of ports in memory. */
export function connectPage(engine: Engine): TestPage {
  const [here, there] = memoryPortPair();
  const events: FeedEvent[] = [];
  engine.connect(there);
  const wire = connectWire(here, { onFeed: (event) => events.push(event), timers: systemClock });
  return {
    events,
    close: () => wire.close(),
    call: async (method, input) => {
      const result = await wire.call(method, input);
      if (result.ok) return result.value;
      throw new CodedError(result.error.code, result.error.message, result.error.details);
    },
  };
}

/** Asks again until `read` answers something that `isDone`; the test's own time limit ends it. */
export async function until<T>(read: () => Promise<T> | T, isDone: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (isDone(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
