import { CodedError } from '../../base/errors.ts';
import type { HandlerInput } from '../../contract/index.ts';
import type { MessageView } from '../../contract/models.ts';
import type { outboxContract } from '../../contract/outbox.ts';
import type { Commit, Touched } from '../conversations/commit.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { prepareOwnMessages, prepareThread, type MessageRow } from '../messages/queries.ts';
import type { Search } from '../search/search.ts';
import { toMessageView } from '../messages/view.ts';
import { prepareOutbox, type JobRow } from './queries.ts';
import type { Queue } from './queue.ts';

type Parts = Pick<EngineParts, 'db' | 'clock' | 'stores'>;

/** `outbox.*`: what a person asks of own messages. Every change is stored before the answer. */
export function createOutbox(
  parts: Parts,
  { commit, ledger, search, queue }: { commit: Commit; ledger: Ledger; search: Search; queue: Queue },
): Feature<keyof typeof outboxContract> {
  const { db, clock, stores } = parts;
  const jobs = prepareOutbox(db);
  const own = prepareOwnMessages(db);
  const thread = prepareThread(db);

  const messageById = (id: number | bigint): MessageRow => {
    const row = thread.byId.get(Number(id));
    if (row === undefined) throw new CodedError('not-found', 'No such message');
    return row;
  };

  const write = ({ conversationId, clientId, text }: HandlerInput<'outbox.send'>): MessageView =>
    commit((touched) => {
      const record = ledger.get(conversationId);
      const now = clock.now();
      return ledger.change(conversationId, touched, () => {
        const { lastInsertRowid: id } = own.insertOwn.run({
          ...{ conversationId, clientId, text, now },
          storeId: record.store_id,
          connection: record.connection,
          // It answers all that is shown, also where the platform's clock is ahead of ours.
          at: Math.max(now, record.last_at),
        });
        const messageId = Number(id);
        jobs.insert.run({ messageId, conversationId, storeId: record.store_id, now });
        search.index('message', messageId, text);
        touched.messages.add(conversationId);
        return toMessageView(messageById(messageId));
      });
    });

  /** Changes an own message that waits for a person; `conflict` when it is in none of these states. */
  const settle = <T>(
    messageId: number,
    states: readonly JobRow['state'][],
    work: (row: MessageRow) => T,
  ): T => {
    const row = messageById(messageId);
    const value = commit((touched: Touched) => {
      const job = jobs.byMessage.get(messageId);
      if (job === undefined || !states.includes(job.state)) {
        throw new CodedError('conflict', 'The message is no longer in that state', {
          reason: job?.state ?? row.status ?? 'sent',
        });
      }
      touched.messages.add(row.conversation_id);
      return ledger.change(row.conversation_id, touched, () => work(row));
    });
    queue.kick(row.conversation_id);
    return value;
  };

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
        const view = write({ ...input, text: input.text.toWellFormed() });
        queue.kick(input.conversationId);
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
