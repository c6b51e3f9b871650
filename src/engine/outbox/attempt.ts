import { CodedError, toErrorShape } from '../../base/errors.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { EngineParts } from '../parts.ts';
import type { JobRow } from './queries.ts';
import type { OutboxRecords } from './records.ts';
import { verdictOf } from './verdict.ts';

/** What came of an attempt. */
export interface AttemptResult {
  readonly wasSent: boolean;
  /** The platform asked to be left alone for so long. */
  readonly pauseMs: number;
}

const NOTHING: AttemptResult = { wasSent: false, pauseMs: 0 };

/** A queued message was discarded or taken back before its turn. */
class Withdrawn extends Error {}

type Parts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'stores'>;

/**
 * Sends one message and writes down what came of it. Nothing is written once `isClosed`: what was in flight then is
 * found at the next start.
 */
export function createAttempt(
  { clock, stores, random, log }: Parts,
  records: OutboxRecords,
  ledger: Ledger,
  isClosed: () => boolean,
): (job: JobRow) => Promise<AttemptResult> {
  const end = (job: JobRow, thrown: unknown, wasWritten: boolean): AttemptResult => {
    const error = toErrorShape(thrown);
    const verdict = verdictOf(error, wasWritten, job.attempts + 1, random);
    const outcome = records.ended(job, verdict, error, clock.now());
    log.warn('send-ended', { storeId: job.store_id, messageId: job.message_id, error, outcome });
    const isPause = error.code === 'rate-limited' && verdict.kind === 'retry';
    return { wasSent: outcome === 'sent', pauseMs: isPause ? verdict.waitMs : 0 };
  };

  return async (job) => {
    let wasWritten = false;
    try {
      const { receipt, at } = await stores.call(job.store_id, async (channel, context) => {
        const record = ledger.get(job.conversation_id);
        if (isClosed() || !records.begin(job, context.now())) throw new Withdrawn();
        wasWritten = true;
        const target = { remoteId: record.remote_id, buyerId: record.buyer_remote_id };
        try {
          const answer = await channel.send(context, target, { kind: 'text', text: job.text ?? '' });
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
      return { wasSent: true, pauseMs: 0 };
    } catch (thrown) {
      if (thrown instanceof Withdrawn || isClosed()) return NOTHING;
      return end(job, thrown, wasWritten);
    }
  };
}
