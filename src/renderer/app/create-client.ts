import { backoffMs } from '../../base/backoff.ts';
import type { Result } from '../../base/result.ts';
import type { Clock } from '../../base/time.ts';
import type { FeedEvent, FeedKind } from '../../contract/feeds.ts';
import type { CallInput, CallOutput, Method } from '../../contract/index.ts';
import type { StartFailure } from '../../wire/host-link.ts';
import type { Attempt, Connect, Link } from './link.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;
/** A host whose engine refuses to start is asked again this often: the person may have closed the other window. */
const REFUSED_WAIT_MS = 5_000;
/** How long a call waits for the connection to come back before it answers `closed`. */
export const CALL_WAIT_MS = 10_000;

/** How the page stands with its engine. */
export interface Connection {
  readonly state: 'connecting' | 'online' | 'reconnecting' | 'start-failed' | 'no-session';
  /** Why the engine could not start; null unless `start-failed`. */
  readonly reason: StartFailure | null;
}

/** Told which ids changed; an empty list means "any of them: read again". */
export type FeedListener = (ids: readonly number[]) => void;

/** What a client is made of; times and chance come from outside, so that tests repeat. */
export interface ClientParts {
  readonly connect: Connect;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onChange: (connection: Connection) => void;
}

/** The page's way to the engine: keeps a link, makes a new one when it ends, and says how things stand. */
export interface ClientCore {
  start(): void;
  call<M extends Method>(method: M, input: CallInput<M>): Promise<Result<CallOutput<M>>>;
  /** Answers the function that ends the subscription. */
  onFeed(kind: FeedKind, listener: FeedListener): () => void;
  /** Tries again now instead of after the wait. */
  retryNow(): void;
}

/** Makes a client; nothing is connected before `start()`. */
export function createClient(parts: ClientParts): ClientCore {
  const listeners = new Map<FeedKind, Set<FeedListener>>();
  const waiting = new Set<(link: Link | null) => void>();
  let link: Link | null = null;
  let tried = 0;
  let wasOnline = false;
  let lastSeq: number | null = null;
  let cancelWait: (() => void) | null = null;

  const readAllAgain = (): void => {
    for (const set of listeners.values()) for (const listener of set) listener([]);
  };

  const take = (event: FeedEvent, from: Link): void => {
    if (from !== link) return;
    const gap = event.epoch !== from.epoch || (lastSeq !== null && event.seq !== lastSeq + 1);
    lastSeq = event.seq;
    if (gap) readAllAgain();
    else for (const listener of listeners.get(event.kind) ?? []) listener(event.ids);
  };

  const attemptAfter = (ms: number): void => {
    cancelWait?.();
    cancelWait = parts.clock.after(ms, attempt);
  };

  const ended = (which: Link): void => {
    if (which !== link) return;
    link = null;
    tried = 0;
    parts.onChange({ state: 'reconnecting', reason: null });
    attemptAfter(backoffMs(1, FIRST_WAIT_MS, LONGEST_WAIT_MS, parts.random));
  };

  const online = (next: Link): void => {
    link = next;
    tried = 0;
    lastSeq = null;
    next.onFeed((event) => take(event, next));
    next.onClose(() => ended(next));
    if (link !== next) return;
    parts.onChange({ state: 'online', reason: null });
    for (const resume of waiting) resume(next);
    waiting.clear();
    if (wasOnline) readAllAgain();
    wasOnline = true;
  };

  const settle = (outcome: Attempt): void => {
    if (outcome.kind === 'link') return online(outcome.link);
    if (outcome.kind === 'no-session') return parts.onChange({ state: 'no-session', reason: null });
    if (outcome.kind === 'start-failed') {
      parts.onChange({ state: 'start-failed', reason: outcome.reason });
      return attemptAfter(REFUSED_WAIT_MS);
    }
    tried += 1;
    parts.onChange({ state: wasOnline ? 'reconnecting' : 'connecting', reason: null });
    attemptAfter(backoffMs(tried, FIRST_WAIT_MS, LONGEST_WAIT_MS, parts.random));
  };

  function attempt(): void {
    cancelWait = null;
    void parts.connect().then(settle);
  }

  const nextLink = (): Promise<Link | null> =>
    new Promise((resolve) => {
      waiting.add(resolve);
      parts.clock.after(CALL_WAIT_MS, () => {
        if (waiting.delete(resolve)) resolve(null);
      });
    });

  return {
    start: attempt,
    retryNow: () => {
      if (cancelWait !== null) attemptAfter(0);
    },
    call: async (method, input) => {
      const current = link ?? (await nextLink());
      return current === null
        ? { ok: false, error: { code: 'closed', message: 'No connection to the engine.' } }
        : current.call(method, input);
    },
    onFeed: (kind, listener) => {
      const set = listeners.get(kind) ?? new Set();
      listeners.set(kind, set.add(listener));
      return () => void set.delete(listener);
    },
  };
}
