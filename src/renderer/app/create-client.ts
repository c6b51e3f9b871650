import { backoffMs } from '../../base/backoff.ts';
import type { Result } from '../../base/result.ts';
import type { Clock } from '../../base/time.ts';
import type { FeedKind } from '../../contract/feeds.ts';
import type { CallInput, CallOutput, Method } from '../../contract/index.ts';
import type { SystemInfo } from '../../contract/system.ts';
import type { CallOptions } from '../../wire/client.ts';
import type { StartFailure } from '../../wire/host-link.ts';
import { createFeedListeners, type FeedListener } from './feed-listeners.ts';
import { createLine } from './line.ts';
import type { Attempt, Connect, Link } from './link.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;
/** How long a call waits for the connection to come back before it answers `closed`. */
export const CALL_WAIT_MS = 10_000;

/** How the page stands with its engine. */
export interface Connection {
  readonly state:
    | 'connecting'
    | 'online'
    | 'reconnecting'
    /** The line is open and nothing comes: the engine hangs. */
    | 'silent'
    | 'start-failed'
    | 'no-session';
  /** Why the engine could not start; null unless `start-failed`. */
  readonly reason: StartFailure | null;
  /** What the engine last said of itself; null before the first link. */
  readonly info: SystemInfo | null;
}

/** What a client is made of; times and chance come from outside, so that tests repeat. */
export interface ClientParts {
  readonly connect: Connect;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onChange: (connection: Connection) => void;
}

/**
 * The page's way to one data folder: keeps a link, makes a new one when it ends, and says how things stand. Once another
 * folder is open in its place it says so and answers every call `closed`: the page must start anew.
 */
export interface ClientCore {
  start(): void;
  call<M extends Method>(
    method: M,
    input: CallInput<M>,
    options?: CallOptions,
  ): Promise<Result<CallOutput<M>>>;
  /** Answers the function that ends the subscription. */
  onFeed(kind: FeedKind, listener: FeedListener): () => void;
  /** Tries again now: instead of after the wait, or after the engine refused to start. */
  retryNow(): void;
}

const CLOSED = { ok: false, error: { code: 'closed', message: 'No connection to the engine.' } } as const;

/** Makes a client; nothing is connected before `start()`. */
export function createClient(parts: ClientParts): ClientCore {
  const feeds = createFeedListeners();
  const calls = createWaitingCalls(parts.clock);
  let tried = 0;
  let wasOnline = false;
  let missed = false;
  let cancelWait: (() => void) | null = null;
  let attempting = false;
  let info: SystemInfo | null = null;

  const show = (state: Connection['state'], reason: StartFailure | null = null): void =>
    parts.onChange({ state, reason, info });

  const line = createLine(parts.clock, {
    onSilent: () => show('silent'),
    onSpeaks: (link) => {
      show('online');
      calls.resume(link);
      feeds.readAllAgain();
    },
  });

  const attemptAfter = (ms: number): void => {
    cancelWait?.();
    cancelWait = parts.clock.after(ms, attempt);
  };

  const ended = (which: Link): void => {
    if (which !== line.link) return;
    line.end();
    tried = 0;
    show('reconnecting');
    attemptAfter(backoffMs(1, FIRST_WAIT_MS, LONGEST_WAIT_MS, parts.random));
  };

  /** Its ids mean other stores and buyers there: nothing that was asked of the one folder may reach the other. */
  const elsewhere = (next: Link): void => {
    info = next.info;
    calls.resume(null);
    show('online');
  };

  const online = (next: Link): void => {
    if (info !== null && info.dataDir !== next.info.dataDir) return elsewhere(next);
    info = next.info;
    tried = 0;
    feeds.restart();
    line.begin(next, (event) => feeds.take(event, next.info.epoch));
    next.onClose(() => ended(next));
    if (line.link !== next) return;
    show('online');
    calls.resume(next);
    if (wasOnline || missed) feeds.readAllAgain();
    wasOnline = true;
    missed = false;
  };

  const settle = (outcome: Attempt): void => {
    if (outcome.kind === 'link') return online(outcome.link);
    if (outcome.kind === 'no-session') return show('no-session');
    if (outcome.kind === 'start-failed') return show('start-failed', outcome.reason);
    tried += 1;
    show(wasOnline ? 'reconnecting' : 'connecting');
    attemptAfter(backoffMs(tried, FIRST_WAIT_MS, LONGEST_WAIT_MS, parts.random));
  };

  function attempt(): void {
    cancelWait = null;
    attempting = true;
    void parts.connect().then((outcome) => {
      attempting = false;
      settle(outcome);
    });
  }

  return {
    start: attempt,
    retryNow: () => {
      if (attempting || line.link !== null) return;
      cancelWait?.();
      attempt();
    },
    call: async (method, input, options) => {
      const current = line.usable ?? (await calls.nextLink(() => (missed = true)));
      return current === null ? CLOSED : line.call(current, method, input, options);
    },
    onFeed: feeds.on,
  };
}

/** Calls that were made while there is no link. */
function createWaitingCalls(clock: Clock) {
  const waiting = new Set<(link: Link | null) => void>();
  return {
    /** Null when there is none in time, or none to be had: `onMissed` hears of the first. */
    nextLink: (onMissed: () => void): Promise<Link | null> =>
      new Promise((resolve) => {
        waiting.add(resolve);
        clock.after(CALL_WAIT_MS, () => {
          if (!waiting.delete(resolve)) return;
          onMissed();
          resolve(null);
        });
      }),
    resume: (link: Link | null): void => {
      for (const resolve of waiting) resolve(link);
      waiting.clear();
    },
  };
}
