import { CodedError, toErrorShape } from '../../base/errors.ts';
import { prepareOwnMessages } from '../messages/queries.ts';
import type { Log } from '../parts.ts';
import type { ReadBack } from '../sync/read-back.ts';
import { NOTHING, type Attempt, type TurnResult } from './attempt.ts';
import { prepareMeanwhile, prepareOutbox, type JobRow } from './queries.ts';
import { createJobStep, type RecordNeeds } from './records.ts';

/** A conversation nothing was known of: what is older than the message by so much was there before. */
const EARLY_MS = 60_000;
/** Of two messages the later one may bear the earlier time by so much: whole seconds, and servers that differ. */
const ROUNDING_MS = 5_000;

/** Whether a message that could not go when it was written may go now; one that may not is held, in one transaction. */
export interface LateRecords {
  /** `staleMs`: a person is asked after it has waited so long. */
  mayGo(job: JobRow, now: number, staleMs: number): boolean;
}

export function createLateRecords(needs: RecordNeeds): LateRecords {
  const jobs = prepareOutbox(needs.db);
  const meanwhile = prepareMeanwhile(needs.db);
  const own = prepareOwnMessages(needs.db);
  const step = createJobStep(needs);

  const isOvertaken = (job: JobRow): boolean => {
    const afterAt = sinceOf(job);
    const since = { conversationId: job.conversation_id, afterId: job.written_after_id, afterAt };
    return meanwhile.overtaken.get(since) === 1;
  };

  return {
    mayGo: ({ message_id: messageId }, now, staleMs) =>
      step(messageId, (fresh) => {
        if (fresh.state !== 'queued') return false;
        const isStale = now - fresh.waiting_since > staleMs;
        const hold = isOvertaken(fresh) ? 'overtaken' : isStale ? 'waited' : null;
        if (hold === null) return true;
        jobs.hold.run(hold, messageId);
        own.setPending.run({ id: messageId, status: 'queued', error: null });
        return false;
      }) ?? false,
  };
}

/** What looking before a late message goes needs. */
export interface LateNeeds {
  readonly records: LateRecords;
  readonly attempt: Attempt;
  readonly readBack: ReadBack;
  readonly checkOpen: () => void;
  readonly isEnding: () => boolean;
  readonly log: Log;
  readonly now: () => number;
  readonly staleMs: () => number;
}

/** Sends a message that could not go when it was written, after a look at what its conversation gained meanwhile. */
export function createLate(needs: LateNeeds): (job: JobRow) => Promise<TurnResult> {
  const { attempt, records, isEnding } = needs;
  return async (job) => {
    try {
      await needs.readBack(job.conversation_id, { downToAt: sinceOf(job), knownAt: 0 }, needs.checkOpen);
    } catch (thrown) {
      return isEnding() ? NOTHING : attempt.ended(job, toRepeat(thrown), false);
    }
    if (isEnding()) return NOTHING;
    if (records.mayGo(job, needs.now(), needs.staleMs())) return attempt.run(job);
    needs.log.info('not-sent-late', { storeId: job.store_id, messageId: job.message_id });
    return NOTHING;
  };
}

/** What is older than this, platform time, was there when the message was written. */
function sinceOf({ written_after_at: newestAt, created_at: writtenAt }: JobRow): number {
  return newestAt === 0 ? writtenAt - EARLY_MS : newestAt - ROUNDING_MS;
}

/** A reading that is refused says nothing about the message: it is tried again. */
function toRepeat(thrown: unknown): unknown {
  const error = toErrorShape(thrown);
  const isRefusal = ['rejected', 'invalid', 'not-found'].includes(error.code);
  return isRefusal ? new CodedError('unreachable', error.message, error.details, thrown) : thrown;
}
