import type { Clock } from '../../base/time.ts';
import { CodedError } from '../../base/errors.ts';
import type { HandlerInput } from '../../contract/index.ts';
import type { MessageView } from '../../contract/models.ts';
import type { Commit } from '../conversations/commit.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { ConversationRecord } from '../conversations/queries.ts';
import type { Db } from '../db/database.ts';
import { prepareDrafts } from '../drafts/queries.ts';
import { prepareOwnMessages, prepareThread, type MessageRow } from '../messages/queries.ts';
import { toQueuedView } from '../messages/view.ts';
import type { Search } from '../search/search.ts';
import { prepareOutbox, type JobRow } from './queries.ts';

/** What writing own messages needs. */
export interface OutboxStepNeeds {
  readonly commit: Commit;
  readonly ledger: Ledger;
  readonly search: Search;
}

/** A message written here, with the conversation it was written in as it stands. */
export type Write = (input: HandlerInput<'outbox.send'>, record: ConversationRecord) => MessageView;

/** Stores a message with its job in one transaction; the draft it was leaves in the same one. */
export function createWrite(db: Db, clock: Clock, { commit, ledger }: OutboxStepNeeds): Write {
  const jobs = prepareOutbox(db);
  const own = prepareOwnMessages(db);
  const drafts = prepareDrafts(db);
  return ({ conversationId, clientId, text }, record) =>
    commit((touched) => {
      const { store_id: storeId, connection } = record;
      const now = clock.now();
      // It answers all that is shown, also where the platform's clock is ahead of ours.
      const at = Math.max(now, record.last_at);
      const message = { conversationId, storeId, connection, clientId, text, at, now };
      const id = Number(own.insertOwn.run(message).lastInsertRowid);
      jobs.insert.run({ messageId: id, conversationId, storeId, now });
      if (drafts.removeSent.run(conversationId, text).changes > 0) touched.drafts.add(conversationId);
      ledger.wrote(record, touched, { id, at });
      touched.messages.add(conversationId);
      return toQueuedView({ id, conversationId, clientId, text, at });
    });
}

/** A change of an own message that waits for a person; `conflict` when it is in none of `states`. */
export type Settle = <T>(
  messageId: number,
  states: readonly JobRow['state'][],
  work: (row: MessageRow) => T,
) => T;

/** `onSettled` hears of the conversation: those behind the message may go now. */
export function createSettle(
  db: Db,
  { commit, ledger }: OutboxStepNeeds,
  onSettled: (conversationId: number) => void,
): Settle {
  const jobs = prepareOutbox(db);
  const thread = prepareThread(db);
  return (messageId, states, work) => {
    const row = messageById(thread, messageId);
    const { conversation_id: conversationId } = row;
    const value = commit((touched) => {
      const job = jobs.byMessage.get(messageId);
      if (job === undefined || !states.includes(job.state)) {
        const reason = job?.state ?? row.status ?? 'sent';
        throw new CodedError('conflict', 'The message is no longer in that state', { reason });
      }
      touched.messages.add(conversationId);
      touched.conversations.add(conversationId);
      return ledger.change(conversationId, touched, () => work(row));
    });
    onSettled(conversationId);
    return value;
  };
}

function messageById(thread: ReturnType<typeof prepareThread>, id: number): MessageRow {
  const row = thread.byId.get(id);
  if (row === undefined) throw new CodedError('not-found', 'No such message');
  return row;
}
