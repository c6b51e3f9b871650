import { toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { EngineParts } from '../parts.ts';
import type { ReadBack } from '../sync/read-back.ts';
import { NOTHING, type TurnParts, type TurnResult } from './attempt.ts';
import { createEntries, type Entry } from './check-entries.ts';
import type { CheckOutcome, CheckRecords, Look } from './check-records.ts';
import { depthOf } from './matching.ts';
import type { JobRow } from './queries.ts';
import { again, repeatMs } from './verdict.ts';

/** A platform that refuses to be read is asked so often: the reason may have been the computer's clock. */
const MAX_REFUSALS = 4;

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
  /** Why this message could not be looked for when that was last tried; null: it could, or was not tried. */
  readErrorOf(conversationId: number, messageId: number): ErrorShape | null;
  /** The platform can be reached again: no use in waiting. */
  hurry(): void;
  stop(): void;
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

export function createChecks(parts: TurnParts & Pick<EngineParts, 'feed'>, needs: CheckNeeds): Checks {
  const { clock, stores, random, log, feed } = parts;
  const { records, readBack, isEnding } = needs;
  const settleMs = (storeId: number): number => stores.get(storeId).settleMs;
  const entries = createEntries({ clock, settleMs, wake: needs.wake });

  const result = (job: JobRow, outcome: CheckOutcome, error: ErrorShape | null): TurnResult => {
    if (outcome === 'open') return NOTHING;
    log.info('checked', { storeId: job.store_id, messageId: job.message_id, outcome, error });
    entries.forget(job.conversation_id);
    if (outcome === 'failed')
      return { ...NOTHING, outcome, error: { code: 'unreachable', message: 'Not taken' } };
    return outcome === 'sent' ? { ...NOTHING, outcome } : NOTHING;
  };

  const unread = (job: JobRow, entry: Entry, thrown: unknown): TurnResult => {
    const error = toErrorShape(thrown);
    log.warn('unread-back', { storeId: job.store_id, messageId: job.message_id, error });
    entry.failures += 1;
    const waitMs = Math.max(repeatMs(entry.failures, random), error.details?.retryAfterMs ?? 0);
    // Planned first: what comes of it may not be written down, for want of room.
    entries.again(job, waitMs);
    if (['not-found', 'rejected', 'invalid'].includes(error.code)) {
      entry.refusals += 1;
      if (entry.isOver && entry.refusals >= MAX_REFUSALS)
        return result(job, records.giveUp(job, error), error);
    }
    entry.readError = error;
    feed.emit('messages', [job.conversation_id]);
    return { ...NOTHING, pauseMs: error.code === 'rate-limited' ? waitMs : 0 };
  };

  const run = async (job: JobRow): Promise<TurnResult> => {
    const entry = entries.of(job);
    entry.isDue = false;
    const isLast = entry.isOver;
    try {
      const isComplete = await readBack(job.conversation_id, depthOf(job), needs.checkOpen);
      entry.readError = null;
      const onAbsent = again({ attempts: job.attempts, limit: needs.limit() }, random, 0);
      const look: Look = { isComplete, isLast, onAbsent, wasDelayed: entry.failures > 0 || job.attempts > 1 };
      return result(job, records.look(job, look, clock.now()), null);
    } catch (thrown) {
      return isEnding() ? NOTHING : unread(job, entry, thrown);
    }
  };

  return {
    isDue: (job) => entries.of(job).isDue,
    run,
    forget: entries.forget,
    readErrorOf: (conversationId, messageId) => {
      const entry = entries.get(conversationId);
      return entry?.messageId === messageId ? entry.readError : null;
    },
    hurry: () => {
      for (const entry of entries.all()) if (entry.failures > 0) entry.isDue = true;
    },
    stop: entries.stop,
  };
}
