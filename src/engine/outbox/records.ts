import type { ErrorShape } from '../../base/errors.ts';
import type { SendReceipt } from '../../channels/channel.ts';
import type { Commit, Touched } from '../conversations/commit.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { Db } from '../db/database.ts';
import { createEchoes } from '../messages/echo.ts';
import { prepareOwnMessages } from '../messages/queries.ts';
import type { Search } from '../search/search.ts';
import { prepareOutbox, type JobRow } from './queries.ts';
import type { Verdict } from './verdict.ts';

/** The steps of a message on its way, each one transaction over message, job and conversation. */
export interface OutboxRecords {
  /** The job whose turn it is in this conversation, whatever its state. */
  head(conversationId: number): JobRow | undefined;
  /** Conversations with jobs. */
  conversations(): number[];
  /** Written down before the platform is called; false when the message is no longer queued. */
  begin(job: JobRow, startedAt: number): boolean;
  /** The platform refused for want of a valid token: nothing was sent, and nothing counts as an attempt. */
  unbegin(job: JobRow, now: number): void;
  accepted(job: JobRow, receipt: SendReceipt, now: number): void;
  /** Answers what it came to: an echo may have proved meanwhile that it arrived. */
  ended(job: JobRow, verdict: Verdict, error: ErrorShape, now: number): 'sent' | Verdict['kind'];
  /** After a start: attempts that were in flight when the engine ended may have arrived. Never sent again blindly. */
  recover(): void;
}

export function createOutboxRecords(db: Db, commit: Commit, ledger: Ledger, search: Search): OutboxRecords {
  const jobs = prepareOutbox(db);
  const own = prepareOwnMessages(db);
  const echoes = createEchoes(db, search);

  const step = (job: JobRow, work: (fresh: JobRow) => void): void =>
    commit((touched: Touched) => {
      const fresh = jobs.byMessage.get(job.message_id);
      if (fresh === undefined) return;
      ledger.change(job.conversation_id, touched, () => work(fresh));
      touched.messages.add(job.conversation_id);
      touched.conversations.add(job.conversation_id);
    });

  const markUnconfirmed = (job: JobRow, error: ErrorShape): void => {
    // An echo came first: the platform has it.
    if (job.remote_id !== null) {
      own.dropJob.run(job.message_id);
      return;
    }
    jobs.settle.run('unconfirmed', job.message_id);
    own.setPending.run({ id: job.message_id, status: 'unconfirmed', error: JSON.stringify(error) });
  };

  return {
    head: (conversationId) => jobs.head.get(conversationId),
    conversations: () => jobs.conversations.all(),
    begin: (job, startedAt) => {
      let begun = false;
      step(job, () => {
        begun = jobs.begin.run(startedAt, job.message_id).changes === 1;
        if (!begun) return;
        jobs.setStatus.run('sending', null, job.message_id);
        // Not when it was written: the person waits for that. Until here nobody but him knows the words.
        if (job.attempts === 0) search.index('message', job.message_id, job.text ?? '');
      });
      return begun;
    },
    unbegin: (job, now) =>
      step(job, (fresh) => {
        echoes.release(job.message_id, now);
        jobs.queue.run({ messageId: job.message_id, nextAt: fresh.next_at, attempts: job.attempts });
        own.setPending.run({ id: job.message_id, status: 'queued', error: null });
      }),
    accepted: (job, receipt, now) =>
      step(job, () => {
        echoes.accept(job.message_id, receipt, now);
        own.dropJob.run(job.message_id);
      }),
    ended: (job, verdict, error, now) => {
      let outcome: 'sent' | Verdict['kind'] = verdict.kind;
      step(job, (fresh) => {
        if (verdict.kind === 'unconfirmed') {
          if (fresh.remote_id !== null) outcome = 'sent';
          markUnconfirmed(fresh, error);
          return;
        }
        echoes.release(job.message_id, now);
        const status = verdict.kind === 'failed' ? 'failed' : 'queued';
        own.setPending.run({ id: job.message_id, status, error: JSON.stringify(error) });
        if (verdict.kind === 'failed') jobs.settle.run('failed', job.message_id);
        else {
          // An attempt that ended before the channel was asked counts too, or it would be repeated for ever.
          const attempts = Math.max(fresh.attempts, job.attempts + 1);
          jobs.queue.run({ messageId: job.message_id, nextAt: now + verdict.waitMs, attempts });
        }
      });
      return outcome;
    },
    recover: () => {
      for (const job of jobs.inFlight.all()) {
        step(job, (fresh) =>
          markUnconfirmed(fresh, {
            code: 'ambiguous',
            message: 'Counterdesk ended while this was being sent',
          }),
        );
      }
    },
  };
}
