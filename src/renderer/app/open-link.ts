import type { Clock } from '../../base/time.ts';
import type { FeedEvent } from '../../contract/feeds.ts';
import { connectWire } from '../../wire/client.ts';
import { readStartFailed } from '../../wire/handshake.ts';
import type { Port } from '../../wire/port.ts';
import type { Attempt } from './link.ts';

/** A host may start its engine, and for practice the sandbox, before the first answer comes. */
const FIRST_ANSWER_MS = 60_000;

/**
 * Speaks the contract over a fresh port and waits for the engine's first answer: only then is there a link.
 * Never rejects.
 */
export async function openLink(port: Port, timers: Pick<Clock, 'after'>): Promise<Attempt> {
  let failure: ReturnType<typeof readStartFailed> = null;
  let listener: ((event: FeedEvent) => void) | null = null;
  const early: FeedEvent[] = [];
  const watched: Port = {
    ...port,
    onMessage: (deliver) =>
      port.onMessage((text) => {
        failure ??= readStartFailed(text);
        if (failure === null) deliver(text);
      }),
  };
  const wire = connectWire(watched, {
    timers,
    onFeed: (event) => (listener === null ? void early.push(event) : listener(event)),
  });
  const info = await wire.call('system.info', {}, { timeoutMs: FIRST_ANSWER_MS });
  if (info.ok) {
    const onFeed = (next: (event: FeedEvent) => void): void => {
      listener = next;
      for (const event of early.splice(0)) next(event);
    };
    return { kind: 'link', link: { ...wire, info: info.value, onFeed } };
  }
  wire.close();
  return startFailed(failure);
}

function startFailed(failure: ReturnType<typeof readStartFailed>): Attempt {
  return failure === null ? { kind: 'unreachable' } : { kind: 'start-failed', reason: failure.reason };
}
