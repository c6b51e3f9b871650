import { toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { ReadBack } from '../sync/read-back.ts';
import { NOTHING, type TurnParts, type TurnResult } from './attempt.ts';
import type { CheckOutcome, CheckRecords, Look } from './check-records.ts';
import { depthOf } from './matching.ts';
import type { JobRow } from './queries.ts';
import { again, repeatMs } from './verdict.ts';

/** A platform that refuses to be read is asked so often: the reason may have been the computer's clock. */
const MAX_REFUSALS = 4;
/** Timers can't count further than 2^31 milliseconds. */
const LONGEST_TIMER_MS = 3_600_000;

/**
 * Finds out whether messages arrived whose attempt ended without a clear answer: the conversation is read back at once,
 * and again once the platform can bring nothing more to light. That time is measured from here on, by a timer: clocks
 * jump, and what is stored of them says nothing.
 */
export interface Checks {
  /** Whether this message is to be looked for now; a timer of ours brings the next time about. */
  isDue(job: JobRow): boolean;
  run(job: JobRow): Promise<TurnResult>;
  /** Nothing in this conversation is to be looked for any more. */
  forget(conversationId: number): void;
  /** The platform can be reached again: no use in waiting. */
  hurry(): void;
  stop(): void;
}

interface Entry {
  readonly messageId: number;
  isDue: boolean;
  /** The platform's settle time has passed. */
  isOver: boolean;
  failures: number;
  refusals: number;
  readonly timers: Set<() => void>;
}

export interface CheckNeeds {
  readonly records: CheckRecords;
  readonly readBack: ReadBack;
  readonly checkOpen: () => void;
  readonly isEnding: () => boolean;
  readonly limit: () => number;
  /** Looks at the conversation again. */
  readonly wake: (conversationId: number) => void;
}

export function createChecks(parts: TurnParts, needs: CheckNeeds): Checks {
  const { clock, stores, random, log } = parts;
  const { records, readBack, isEnding, wake } = needs;
  /** By conversation: one message at a time. */
  const entries = new Map<number, Entry>();

  const after = (entry: Entry, conversationId: number, ms: number, task: () => void): void => {
    const cancel = clock.after(Math.min(ms, LONGEST_TIMER_MS), () => {
      entry.timers.delete(cancel);
      entry.isDue = true;
      task();
      wake(conversationId);
    });
    entry.timers.add(cancel);
  };
  const forget = (conversationId: number): void => {
    for (const cancel of entries.get(conversationId)?.timers ?? []) cancel();
    entries.delete(conversationId);
  };
  const entryOf = (job: JobRow): Entry => {
    const { conversation_id: conversationId, message_id: messageId } = job;
    const known = entries.get(conversationId);
    if (known?.messageId === messageId) return known;
    forget(conversationId);
    const isOver = job.recovered === 1;
    const entry: Entry = { messageId, isDue: true, isOver, failures: 0, refusals: 0, timers: new Set() };
    entries.set(conversationId, entry);
    if (!isOver) {
      after(entry, conversationId, stores.get(job.store_id).settleMs, () => (entry.isOver = true));
    }
    return entry;
  };

  const result = (job: JobRow, outcome: CheckOutcome, error: ErrorShape | null): TurnResult => {
    if (outcome === 'open') return NOTHING;
    log.info('checked', { storeId: job.store_id, messageId: job.message_id, outcome, error });
    forget(job.conversation_id);
    if (outcome === 'failed')
      return { ...NOTHING, outcome, error: { code: 'unreachable', message: 'Not taken' } };
    return outcome === 'sent' ? { ...NOTHING, outcome } : NOTHING;
  };

  const unread = (job: JobRow, entry: Entry, thrown: unknown): TurnResult => {
    const error = toErrorShape(thrown);
    log.warn('unread-back', { storeId: job.store_id, messageId: job.message_id, error });
    if (['not-found', 'rejected', 'invalid'].includes(error.code)) {
      entry.refusals += 1;
      if (entry.isOver && entry.refusals >= MAX_REFUSALS)
        return result(job, records.giveUp(job, error), error);
    }
    entry.failures += 1;
    const waitMs = Math.max(repeatMs(entry.failures, random), error.details?.retryAfterMs ?? 0);
    after(entry, job.conversation_id, waitMs, () => {});
    return { ...NOTHING, pauseMs: error.code === 'rate-limited' ? waitMs : 0 };
  };

  const run = async (job: JobRow): Promise<TurnResult> => {
    const entry = entryOf(job);
    entry.isDue = false;
    const isLast = entry.isOver;
    try {
      const isComplete = await readBack(job.conversation_id, depthOf(job), needs.checkOpen);
      const onAbsent = again({ attempts: job.attempts, limit: needs.limit() }, random, 0);
      const look: Look = { isComplete, isLast, onAbsent, wasDelayed: entry.failures > 0 || job.attempts > 1 };
      return result(job, records.look(job, look, clock.now()), null);
    } catch (thrown) {
      return isEnding() ? NOTHING : unread(job, entry, thrown);
    }
  };

  return {
    isDue: (job) => entryOf(job).isDue,
    run,
    forget,
    hurry: () => {
      for (const entry of entries.values()) if (entry.failures > 0) entry.isDue = true;
    },
    stop: () => {
      for (const conversationId of entries.keys()) forget(conversationId);
    },
  };
}
