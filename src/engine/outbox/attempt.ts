import { CodedError, toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { EngineParts } from '../parts.ts';
import { toOutgoing } from './content.ts';
import type { JobRow } from './queries.ts';
import type { OutboxRecords } from './records.ts';
import { verdictOf } from './verdict.ts';

/** What came of a turn of a message: of an attempt, or of looking for it. */
export interface TurnResult {
  readonly outcome: 'sent' | 'failed' | 'other';
  /** The platform asked to be left alone for so long. */
  readonly pauseMs: number;
  /** Only of one that failed. */
  readonly error: ErrorShape | null;
}

/** Nothing that anybody need hear of. */
export const NOTHING: TurnResult = { outcome: 'other', pauseMs: 0, error: null };

/** A queued message was discarded or taken back before its turn. */
class Withdrawn extends Error {}

/** What working on the outbox needs. */
export type TurnParts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'stores'>;

/** Sending one message. */
export interface Attempt {
  /** Sends it and writes down what came of it. */
  run(job: JobRow): Promise<TurnResult>;
  /** Writes down that it ended in an error; `wasWritten`: the channel was asked to send. */
  ended(job: JobRow, thrown: unknown, wasWritten: boolean): TurnResult;
}

/** What an attempt asks of the rest. */
export interface AttemptNeeds {
  readonly records: OutboxRecords;
  readonly ledger: Ledger;
  /** Puts the job's picture into the platform's store, if it has one that is not there yet; false when it is withdrawn. */
  readonly upload: (job: JobRow) => Promise<boolean>;
  /** Nothing is written from then on: what was in flight is found at the next start. */
  readonly isClosed: () => boolean;
  /** Attempts that surely sent nothing before a person is asked. */
  readonly limit: () => number;
}

export function createAttempt({ clock, stores, random, log }: TurnParts, needs: AttemptNeeds): Attempt {
  const { records, ledger, isClosed } = needs;

  const ended = (job: JobRow, thrown: unknown, wasWritten: boolean): TurnResult => {
    const error = toErrorShape(thrown);
    const verdict = verdictOf(
      error,
      { wasWritten, attempts: job.attempts + 1, limit: needs.limit() },
      random,
    );
    const outcome = records.ended(job, verdict, error, clock.now());
    log.warn('send-ended', { storeId: job.store_id, messageId: job.message_id, error, outcome });
    const isPause = error.code === 'rate-limited' && verdict.kind === 'retry';
    return {
      outcome: outcome === 'sent' || outcome === 'failed' ? outcome : 'other',
      pauseMs: isPause ? verdict.waitMs : 0,
      error: outcome === 'failed' ? error : null,
    };
  };

  const run = async (job: JobRow): Promise<TurnResult> => {
    let wasWritten = false;
    try {
      if (!(await needs.upload(job))) throw new Withdrawn();
      const { receipt, at } = await stores.call(job.store_id, 'send', async (channel, context) => {
        const record = ledger.get(job.conversation_id);
        const fresh = isClosed() ? null : records.begin(job, context.now());
        if (fresh === null) throw new Withdrawn();
        wasWritten = true;
        const target = { remoteId: record.remote_id, buyerId: record.buyer_remote_id };
        try {
          const answer = await channel.send(context, target, toOutgoing(fresh));
          return { receipt: answer, at: context.now() };
        } catch (error) {
          if (error instanceof CodedError && error.code === 'auth-expired' && !isClosed()) {
            records.unbegin(job, clock.now());
            wasWritten = false;
          }
          throw error;
        }
      });
      if (isClosed()) return NOTHING;
      records.accepted(job, receipt, at);
      return { ...NOTHING, outcome: 'sent' };
    } catch (thrown) {
      if (thrown instanceof Withdrawn || isClosed()) return NOTHING;
      return ended(job, thrown, wasWritten);
    }
  };
  return { run, ended };
}
