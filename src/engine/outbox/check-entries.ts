import type { ErrorShape } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { JobRow } from './queries.ts';

/** Timers can't count further than 2^31 milliseconds. */
const LONGEST_TIMER_MS = 3_600_000;

/** A message that is looked for. */
export interface Entry {
  readonly messageId: number;
  /** It is to be looked for now. */
  isDue: boolean;
  /** The platform's settle time has passed. */
  isOver: boolean;
  failures: number;
  refusals: number;
  /** Why the conversation could not be read when that was last tried. */
  readError: ErrorShape | null;
  readonly timers: Set<() => void>;
}

/** The messages that are looked for, one a conversation at a time. */
export interface Entries {
  /** A new one is due at once, and once more when the settle time has passed. */
  of(job: JobRow): Entry;
  get(conversationId: number): Entry | undefined;
  all(): Iterable<Entry>;
  /** It is due again after so long. */
  again(job: JobRow, ms: number): void;
  forget(conversationId: number): void;
  stop(): void;
}

interface EntryNeeds {
  readonly clock: Clock;
  readonly settleMs: (storeId: number) => number;
  /** Looks at the conversation again. */
  readonly wake: (conversationId: number) => void;
}

export function createEntries({ clock, settleMs, wake }: EntryNeeds): Entries {
  const entries = new Map<number, Entry>();

  const after = (entry: Entry, conversationId: number, ms: number, task = (): void => {}): void => {
    const cancel = clock.after(Math.min(ms, LONGEST_TIMER_MS), () => {
      entry.timers.delete(cancel);
      entry.isDue = true;
      task();
      wake(conversationId);
    });
    entry.timers.add(cancel);
  };
  const settle = (entry: Entry, conversationId: number, ms: number): void =>
    after(entry, conversationId, ms, () => {
      if (ms > LONGEST_TIMER_MS) settle(entry, conversationId, ms - LONGEST_TIMER_MS);
      else entry.isOver = true;
    });
  const forget = (conversationId: number): void => {
    for (const cancel of entries.get(conversationId)?.timers ?? []) cancel();
    entries.delete(conversationId);
  };
  const of = (job: JobRow): Entry => {
    const { conversation_id: conversationId, message_id: messageId } = job;
    const known = entries.get(conversationId);
    if (known?.messageId === messageId) return known;
    forget(conversationId);
    // Of one that was recovered nothing was sent from here: nothing can come late.
    const isOver = job.recovered === 1;
    const none = { failures: 0, refusals: 0, readError: null };
    const entry: Entry = { messageId, isDue: true, isOver, ...none, timers: new Set() };
    entries.set(conversationId, entry);
    if (!isOver) settle(entry, conversationId, settleMs(job.store_id));
    return entry;
  };

  return {
    of,
    get: (conversationId) => entries.get(conversationId),
    all: () => entries.values(),
    again: (job, ms) => after(of(job), job.conversation_id, ms),
    forget,
    stop: () => {
      for (const conversationId of entries.keys()) forget(conversationId);
    },
  };
}
