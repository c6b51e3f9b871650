import { createBirpc } from 'birpc';
import type { ErrorShape } from '../base/errors.ts';
import type { Result } from '../base/result.ts';
import type { Clock } from '../base/time.ts';
import type { FeedEvent } from '../contract/feeds.ts';
import type { CallInput, CallOutput, Method } from '../contract/index.ts';
import { isRecord, readPageFrame, requestLimit, type PageFrame } from './frames.ts';
import type { Port } from './port.ts';

/** The part of an AbortSignal that is used; structural, so that this layer needs no DOM types. */
export interface AbortLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface WireClientOptions {
  onFeed(event: FeedEvent): void;
  /** The engine could not read a frame of ours. Only a bug makes this happen. */
  onRefused?(error: ErrorShape): void;
  readonly timers: Pick<Clock, 'after'>;
  /** For calls that name none; default 30 s. In milliseconds. */
  readonly timeoutMs?: number;
}

export interface CallOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortLike;
}

/** The engine, seen from a page. */
export interface WireClient {
  /**
   * Never rejects. Besides the engine's own errors: `closed` when the port is or goes away, `timed-out`, and
   * `closed` with reason `aborted` after the signal. In these three cases the engine may still have done it.
   */
  call<M extends Method>(
    method: M,
    input: CallInput<M>,
    options?: CallOptions,
  ): Promise<Result<CallOutput<M>>>;
  close(): void;
  /** Called once, at once if already closed. */
  onClose(listener: () => void): void;
}

type EngineFunctions = Record<string, (input: unknown) => unknown>;

/** Speaks the contract over a port. */
export function connectWire(port: Port, options: WireClientOptions): WireClient {
  const { timers, timeoutMs: usualMs = 30_000 } = options;
  let receive: ((frame: PageFrame) => void) | undefined;
  const rpc = createBirpc<EngineFunctions, object, false>(Object.create(null) as object, {
    proxify: false,
    post: (text: string) => {
      if (text.length > requestLimit(text)) throw new FrameTooLong();
      port.post(text);
    },
    serialize: JSON.stringify,
    on: (listener) => {
      receive = listener;
    },
    timeout: -1,
  });
  port.onMessage((text) => {
    const frame = readPageFrame(text);
    if (frame?.t === 's') receive?.(frame);
    else if (frame?.m === 'feed') options.onFeed(frame.a[0] as FeedEvent);
    else if (frame?.m === 'refused') options.onRefused?.(frame.a[0] as ErrorShape);
  });
  port.onClose(() => rpc.$close());

  const call = <M extends Method>(
    method: M,
    input: CallInput<M>,
    { timeoutMs = usualMs, signal }: CallOptions = {},
  ): Promise<Result<CallOutput<M>>> =>
    new Promise((resolve) => {
      if (rpc.$closed) return resolve(CLOSED);
      if (signal?.aborted === true) return resolve(ABORTED);
      const onAbort = (): void => settle(ABORTED);
      const cancel = timers.after(timeoutMs, () => settle(TIMED_OUT));
      const settle = (result: Result<CallOutput<M>>): void => {
        cancel();
        signal?.removeEventListener('abort', onAbort);
        resolve(result);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      rpc.$call(method, input).then(
        (answer) => settle(isResult<CallOutput<M>>(answer) ? answer : UNREADABLE),
        (thrown: unknown) => settle(rpc.$closed ? CLOSED : sendError(thrown)),
      );
      return undefined;
    });

  return { call, close: () => port.close(), onClose: (listener) => port.onClose(listener) };
}

class FrameTooLong extends Error {}

const failure = (error: ErrorShape): Result<never> => ({ ok: false, error });
const CLOSED = failure({ code: 'closed', message: 'The engine is not connected.' });
const ABORTED = failure({
  code: 'closed',
  message: 'Given up by the caller.',
  details: { reason: 'aborted' },
});
const TIMED_OUT = failure({ code: 'timed-out', message: 'The engine did not answer in time.' });
const UNREADABLE = failure({ code: 'internal', message: 'The answer has an unknown shape.' });

function sendError(thrown: unknown): Result<never> {
  if (thrown instanceof FrameTooLong) {
    return failure({ code: 'invalid', message: 'Too much for one call.', details: { reason: 'too-large' } });
  }
  return failure({
    code: 'invalid',
    message: 'The input can not be sent.',
    details: { reason: 'malformed' },
  });
}

function isResult<T>(value: unknown): value is Result<T> {
  if (!isRecord(value)) return false;
  return value['ok'] === true ? 'value' in value : value['ok'] === false && isRecord(value['error']);
}
