import { createBirpc } from 'birpc';
import type { ErrorShape } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import type { FeedEvent } from '../contract/feeds.ts';
import type { Handlers } from '../contract/index.ts';
import { createDispatch, refusal, type WireLog } from './dispatch.ts';
import { idAtTail, readRequest, requestLimit, type RequestFrame } from './frames.ts';
import type { Port } from './port.ts';

export interface ServeOptions {
  readonly log: WireLog;
  readonly timers: Pick<Clock, 'after'>;
  /** Default 60 s. The call that sends a message answers after its commit, so none needs longer. */
  readonly timeoutMs?: number;
  /** Default 200. */
  readonly maxInFlight?: number;
}

/** One connected page, seen from the engine. */
export interface Connection {
  /** Sends a feed event; nothing happens once closed. */
  emit(event: FeedEvent): void;
  close(): void;
  /** Resolves when either side has closed. */
  readonly closed: Promise<void>;
}

interface PageFunctions {
  feed(event: FeedEvent): void;
  /** A frame of the page could not be read, and had no id to answer to. */
  refused(error: ErrorShape): void;
}

/** Answers the calls of one page. No frame, however odd, throws out of here. */
export function serve(port: Port, handlers: Handlers, options: ServeOptions): Connection {
  const { log, timers, timeoutMs = 60_000, maxInFlight = 200 } = options;
  const dispatch = createDispatch(handlers, { log, timers, timeoutMs, maxInFlight });
  let receive: ((frame: RequestFrame) => void) | undefined;
  const closed = new Promise<void>((resolve) => port.onClose(resolve));

  const rpc = createBirpc<PageFunctions, object, false>(Object.create(null) as object, {
    proxify: false,
    post: (text: string) => {
      try {
        port.post(text);
      } catch (thrown) {
        log.warn('frame not sent', { error: String(thrown) });
      }
    },
    serialize: (frame: unknown) => encode(frame, log),
    on: (listener) => {
      receive = listener;
    },
    // Every name resolves, so that an unknown one is answered with our code and not with birpc's error.
    resolver: (name) => (input: unknown) => dispatch(name, input),
    timeout: -1,
    onGeneralError: (error) => {
      log.error('wire error', { error: error.message });
      return true;
    },
  });

  const refuse = (text: string): void => {
    const limit = requestLimit(text);
    const tooLong = text.length > limit;
    const result = tooLong
      ? refusal('invalid', `A frame may hold ${limit} characters.`, 'too-large')
      : refusal('invalid', 'Not a call.', 'malformed');
    log.warn('frame refused', { length: text.length, tooLong });
    const id = tooLong ? idAtTail(text) : undefined;
    if (id !== undefined) port.post(JSON.stringify({ t: 's', i: id, r: result }));
    else if (!result.ok) void rpc.$callEvent('refused', result.error);
  };

  port.onMessage((text) => {
    const frame = text.length > requestLimit(text) ? null : readRequest(text);
    if (frame === null) refuse(text);
    else receive?.(frame);
  });
  port.onClose(() => rpc.$close());

  return {
    emit(event) {
      if (!rpc.$closed) void rpc.$callEvent('feed', event);
    },
    close: () => port.close(),
    closed,
  };
}

/** JSON text; an answer that can't be written as JSON becomes an `internal` error under the same id. */
function encode(frame: unknown, log: WireLog): string {
  try {
    return JSON.stringify(frame);
  } catch (thrown) {
    log.error('answer is not JSON', { error: String(thrown) });
    const id: unknown = typeof frame === 'object' && frame !== null ? Reflect.get(frame, 'i') : undefined;
    return JSON.stringify({ t: 's', i: id, r: refusal('internal', 'The answer could not be written.') });
  }
}
