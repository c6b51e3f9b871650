import { CodedError } from '../../base/errors.ts';
import { prepareOwnMessages, prepareThread, type MessageRow } from '../messages/queries.ts';
import { toMessageView } from '../messages/view.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { prepareOutbox } from './queries.ts';
import type { Queue } from './queue.ts';
import { createSettle, createWrite, type OutboxStepNeeds } from './steps.ts';

type Parts = Pick<EngineParts, 'db' | 'clock' | 'stores'>;
type OwnCalls = 'outbox.send' | 'outbox.retry' | 'outbox.discard' | 'outbox.takeBack' | 'outbox.settle';

/** `outbox.*`: what a person asks of own messages. Every change is stored before the answer. */
export function createOutbox(
  { db, clock, stores }: Parts,
  needs: OutboxStepNeeds & { readonly queue: Queue },
): Feature<OwnCalls> {
  const { ledger, search, queue } = needs;
  const jobs = prepareOutbox(db);
  const own = prepareOwnMessages(db);
  const thread = prepareThread(db);
  const write = createWrite(db, clock, needs);
  const settle = createSettle(db, needs, queue.kick);

  const queueAgain = (row: MessageRow): null => {
    jobs.queue.run({ messageId: row.id, nextAt: 0, attempts: 0 });
    jobs.setStatus.run('queued', null, row.id);
    return null;
  };

  const discard = (messageId: number): { text: string } =>
    settle(messageId, ['queued', 'failed', 'unconfirmed'], (row) => {
      search.remove('message', row.id);
      own.remove.run(row.id);
      return { text: row.text ?? '' };
    });

  return {
    handlers: {
      'outbox.send': (input) => {
        const known = thread.byClientId.get(input.clientId);
        if (known !== undefined) return toMessageView(known);
        const record = ledger.get(input.conversationId);
        checkText(input.text, stores.get(record.store_id).facts.maxTextLength);
        const view = write({ ...input, text: input.text.toWellFormed() }, record);
        // The answer first: the bubble need not wait for the attempt's own commit.
        clock.after(0, () => queue.kick(input.conversationId));
        return view;
      },
      'outbox.retry': ({ messageId }) => settle(messageId, ['failed'], queueAgain),
      'outbox.discard': ({ messageId }) => {
        discard(messageId);
        return null;
      },
      'outbox.takeBack': ({ messageId }) => discard(messageId),
      'outbox.settle': ({ messageId, verdict }) =>
        settle(messageId, ['unconfirmed'], (row) => {
          if (verdict === 'send-again') return queueAgain(row);
          const at = jobs.byMessage.get(row.id)?.attempt_started_at ?? row.at;
          own.dropJob.run(row.id);
          own.setSent.run({ id: row.id, remoteId: null, at, sortSeq: '' });
          return null;
        }),
    },
    start: () => queue.start(),
    stop: () => queue.stop(),
  };
}

/** `maxLength` in UTF-16 units, as the channel's facts count. */
function checkText(text: string, maxLength: number): void {
  if (text.trim() === '')
    throw new CodedError('invalid', 'An empty message', { field: 'text', reason: 'empty' });
  if (text.length > maxLength) {
    throw new CodedError('invalid', `Longer than ${maxLength}`, { field: 'text', reason: 'too-long' });
  }
}
