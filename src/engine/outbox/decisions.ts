import { CodedError } from '../../base/errors.ts';
import { prepareOwnMessages, prepareThread, type MessageRow } from '../messages/queries.ts';
import { toMessageView } from '../messages/view.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { createMerge } from './check-records.ts';
import { createMatching } from './matching.ts';
import { prepareOutbox, type JobRow } from './queries.ts';
import type { Queue } from './queue.ts';
import { checkText } from './sendable.ts';
import { createSettle, type OutboxStepNeeds } from './steps.ts';

type Parts = Pick<EngineParts, 'db' | 'clock' | 'stores'>;
type OwnCalls =
  'outbox.retry' | 'outbox.edit' | 'outbox.discard' | 'outbox.settle' | 'outbox.release' | 'outbox.skip';

/**
 * What a person decides about one own message. Each is one transaction on the job's state: of a send that begins and a
 * change by hand only one can win, and the other is told so.
 */
export function createDecisions(
  { db, clock, stores }: Parts,
  needs: OutboxStepNeeds & { readonly queue: Queue },
): Feature<OwnCalls>['handlers'] {
  const { search, queue } = needs;
  const jobs = prepareOutbox(db);
  const own = prepareOwnMessages(db);
  const { byId } = prepareThread(db);
  const settle = createSettle(db, needs, queue.kick);
  const merge = createMerge({ db, search });
  const matching = createMatching(db);

  /** To go now, by a person's word. */
  const release = (row: MessageRow, job: JobRow): null => {
    jobs.release.run({ messageId: row.id, now: clock.now() });
    own.setPending.run({ id: row.id, status: 'queued', error: null });
    // Platforms do not keep for ever what nobody has sent.
    if (job.content !== null) jobs.forgetUpload.run(row.id);
    return null;
  };
  const discard = (messageId: number): null =>
    settle(messageId, ['queued', 'checking', 'held', 'failed', 'unconfirmed'], (row) => {
      search.remove('message', row.id);
      own.remove.run(row.id);
      return null;
    });
  /** The platform's copy, where one can be seen, is this message. */
  const arrived = (row: MessageRow, job: JobRow): null => {
    const copy = matching.copyOf(job);
    if (copy !== undefined) {
      merge(job, copy, clock.now());
      return null;
    }
    own.dropJob.run(row.id);
    own.setSent.run({ id: row.id, remoteId: null, at: job.attempt_started_at ?? row.at, sortSeq: '' });
    return null;
  };

  return {
    'outbox.retry': ({ messageId }) => settle(messageId, ['failed'], release),
    'outbox.release': ({ messageId }) => settle(messageId, ['held'], release),
    'outbox.discard': ({ messageId }) => discard(messageId),
    'outbox.settle': ({ messageId, verdict }) =>
      settle(messageId, ['unconfirmed', 'checking', 'held'], (row, job) => {
        // Of what is held for another reason it is known that it never left.
        if (job.state === 'held' && job.recovered === 0)
          throw new CodedError('conflict', 'The message never left', { reason: job.state });
        return verdict === 'send-again' ? release(row, job) : arrived(row, job);
      }),
    'outbox.skip': ({ messageId }) =>
      settle(messageId, ['held', 'failed', 'unconfirmed'], () => {
        jobs.skip.run(messageId);
        return null;
      }),
    'outbox.edit': ({ messageId, text }) => {
      const words = text.toWellFormed();
      return settle(messageId, ['queued', 'held', 'failed'], (row, job) => {
        if (row.kind !== 'text') throw new CodedError('invalid', 'Not a text', { reason: 'not-text' });
        checkText(words, stores.get(row.store_id).facts.maxTextLength);
        own.setText.run(words, messageId);
        // Those that were never tried are not in the index yet.
        search.remove('message', messageId);
        if (job.attempts > 0) search.index('message', messageId, words);
        if (job.state !== 'queued') release(row, job);
        return toMessageView(byId.get(messageId) ?? row);
      });
    },
  };
}
