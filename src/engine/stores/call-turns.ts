import { CodedError } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { CallLimit } from '../../contract/bundle.ts';
import type { CallFor } from '../parts.ts';

/**
 * Turns at a platform that counts its calls. Whoever would call it one time too many waits here, before the request is
 * signed and before a message says that it is on its way: a call too many costs everybody a ban.
 */
export interface CallTurns {
  /** Comes when `key` may be called once more. Rejects with `closed` once these turns have ended. */
  take(key: string, limit: CallLimit, what: Exclude<CallFor, 'picture'>): Promise<void>;
  /** Nobody gets a turn any more. */
  stop(): void;
}

/** Who goes first. */
const order = ['probe', 'send', 'person', 'background'] as const;
/** Of so many turns one is for whoever has waited longest: nobody waits for ever. */
const FAIR_TURN = 3;
/** A platform's second and ours differ a little, and requests overtake each other on their way. */
const MARGIN = 1.05;

interface Waiting {
  readonly what: (typeof order)[number];
  readonly go: PromiseWithResolvers<void>;
}

/** Measured by timers alone: the computer's clock may be set meanwhile. */
export function createCallTurns(clock: Pick<Clock, 'after'>): CallTurns {
  const queues = new Map<string, Queue>();
  let isOver = false;
  const closed = (): CodedError => new CodedError('closed', 'The engine is ending');
  return {
    take: async (key, limit, what) => {
      if (isOver) throw closed();
      const queue = queues.get(key) ?? new Queue(clock);
      queues.set(key, queue);
      await queue.take(limit, what);
    },
    stop: () => {
      isOver = true;
      for (const queue of queues.values()) queue.stop(closed());
    },
  };
}

class Queue {
  readonly #clock: Pick<Clock, 'after'>;
  /** Longest waiting first. */
  #waiting: Waiting[] = [];
  /** Nobody knows what was called before the engine started: there is no more than one call to begin with. */
  #left = 1;
  #turns = 0;
  #cancel: (() => void) | null = null;
  #limit: CallLimit = { perSecond: 1, burst: 1, scope: 'app' };

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  take(limit: CallLimit, what: Waiting['what']): Promise<void> {
    this.#limit = limit;
    const go = Promise.withResolvers<void>();
    this.#waiting.push({ what, go });
    this.#serve();
    return go.promise;
  }

  stop(reason: CodedError): void {
    this.#cancel?.();
    for (const { go } of this.#waiting) go.reject(reason);
    this.#waiting = [];
  }

  #serve(): void {
    while (this.#left > 0) {
      const next = this.#next();
      if (next === undefined) break;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#left -= 1;
      this.#turns += 1;
      next.go.resolve();
    }
    if (this.#cancel !== null || this.#left >= this.#limit.burst) return;
    this.#cancel = this.#clock.after((1000 / this.#limit.perSecond) * MARGIN, () => {
      this.#cancel = null;
      this.#left += 1;
      this.#serve();
    });
  }

  #next(): Waiting | undefined {
    if (this.#turns % FAIR_TURN === FAIR_TURN - 1) return this.#waiting[0];
    for (const what of order) {
      const first = this.#waiting.find((one) => one.what === what);
      if (first !== undefined) return first;
    }
    return undefined;
  }
}
