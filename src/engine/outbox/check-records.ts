import type { ErrorShape } from '../../base/errors.ts';
import { createEchoes } from '../messages/echo.ts';
import { prepareOwnMessages, type CandidateRow } from '../messages/queries.ts';
import { createMatching } from './matching.ts';
import { prepareOutbox, type JobRow } from './queries.ts';
import { createJobStep, type RecordNeeds } from './records.ts';
import type { Verdict } from './verdict.ts';

/** What looking for a message came to. `open`: it is looked for again; `gone`: somebody settled it meanwhile. */
export type CheckOutcome = 'sent' | 'open' | 'queued' | 'failed' | 'held' | 'unconfirmed' | 'gone';

/** How the reading went that a message is now looked for in. */
export interface Look {
  /** It reached back to before the attempt, without a gap. */
  readonly isComplete: boolean;
  /** Nothing of the attempt can show up after it. */
  readonly isLast: boolean;
  /** What to do when it surely did not arrive. */
  readonly onAbsent: Extract<Verdict, { kind: 'retry' | 'failed' }>;
  /** The platform could not be read at once, or it was not the first attempt: meanwhile the message has grown old. */
  readonly wasDelayed: boolean;
}

/** What becomes of messages that may have arrived, each step one transaction. */
export interface CheckRecords {
  /** Looks for the message among what is stored, and settles it where that tells. */
  look(job: JobRow, look: Look, now: number): CheckOutcome;
  /** Reading can't tell, now and ever. */
  giveUp(job: JobRow, error: ErrorShape): CheckOutcome;
  /** Its attempt ended without a word in the database: it may have arrived. */
  interrupted(job: JobRow): void;
  /** After a start: attempts that were in flight when the engine ended may have arrived; what goes from then on is late. */
  recover(): void;
}

const NEVER_ARRIVED: ErrorShape = { code: 'unreachable', message: 'The platform did not take the message' };
const INTERRUPTED: ErrorShape = {
  code: 'ambiguous',
  message: 'Counterdesk ended while this was being sent',
};

export function createCheckRecords(needs: RecordNeeds): CheckRecords {
  const { db } = needs;
  const jobs = prepareOutbox(db);
  const own = prepareOwnMessages(db);
  const step = createJobStep(needs);
  const merge = createMerge(needs);
  const matching = createMatching(db);

  const giveUp = (fresh: JobRow, error: string | null): CheckOutcome => {
    const { message_id: id } = fresh;
    if (fresh.recovered === 1) {
      jobs.hold.run('recovered', id);
      own.setPending.run({ id, status: 'queued', error: null });
      return 'held';
    }
    jobs.settle.run('unconfirmed', id);
    own.setUnconfirmed.run(error, id);
    return 'unconfirmed';
  };

  const absent = (fresh: JobRow, look: Look, now: number): CheckOutcome => {
    const { message_id: id, attempts } = fresh;
    const { onAbsent: verdict } = look;
    const error = JSON.stringify(NEVER_ARRIVED);
    own.setPending.run({ id, status: verdict.kind === 'failed' ? 'failed' : 'queued', error });
    if (verdict.kind === 'failed') {
      jobs.settle.run('failed', id);
      return 'failed';
    }
    const delayed = look.wasDelayed ? 1 : fresh.delayed;
    jobs.queue.run({ messageId: id, nextAt: now + verdict.waitMs, attempts, delayed });
    return 'queued';
  };

  const interrupted = (messageId: number): void => {
    step(messageId, (fresh) => {
      // An echo came first: the platform has it.
      if (fresh.remote_id !== null) {
        own.dropJob.run(messageId);
        return;
      }
      jobs.settle.run('checking', messageId);
      // How long ago that was nobody knows: should it go again, it goes late.
      jobs.delay.run(messageId);
      own.setPending.run({ id: messageId, status: 'sending', error: JSON.stringify(INTERRUPTED) });
    });
  };

  return {
    look: (job, look, now) =>
      step(job.message_id, (fresh) => {
        if (fresh.state !== 'checking') return 'gone';
        const sight = matching.judge(fresh);
        if (sight.kind === 'arrived') {
          merge(fresh, sight.as, now);
          return 'sent';
        }
        if (!look.isLast) return 'open';
        // Whoever restored, imported or took over is asked: what is not seen may yet come from the other machine.
        if (sight.kind === 'unclear' || !look.isComplete || fresh.recovered === 1) return giveUp(fresh, null);
        return absent(fresh, look, now);
      }) ?? 'gone',
    giveUp: (job, error) =>
      step(job.message_id, (fresh) =>
        fresh.state === 'checking' ? giveUp(fresh, JSON.stringify(error)) : 'gone',
      ) ?? 'gone',
    interrupted: (job) => interrupted(job.message_id),
    recover: () => {
      jobs.delayAll.run();
      for (const job of jobs.inFlight.all()) interrupted(job.message_id);
    },
  };
}

/** An own message and the platform's copy of it become one row; its job is done. */
export function createMerge({ db, search }: Pick<RecordNeeds, 'db' | 'search'>) {
  const own = prepareOwnMessages(db);
  const echoes = createEchoes(db, search);
  return (job: JobRow, copy: CandidateRow, now: number): void => {
    const { message_id: id, text } = job;
    const { remote_id: remoteId, at, sort_seq: sequence } = copy;
    echoes.accept(id, { remoteId, at, sequence }, now);
    own.dropJob.run(id);
    if (text !== null) search.index('message', id, text);
  };
}
