import type { Clock } from '../../base/time.ts';
import { CodedError } from '../../base/errors.ts';
import { uuidv7At } from '../../base/ids.ts';
import type { MessageKind, MessageView } from '../../contract/models.ts';
import type { Commit } from '../conversations/commit.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { ConversationRecord } from '../conversations/queries.ts';
import type { Db } from '../db/database.ts';
import { readState } from '../db/engine-state.ts';
import { prepareDrafts } from '../drafts/queries.ts';
import { prepareOwnMessages, prepareThread, type MessageRow } from '../messages/queries.ts';
import { toMessageView, toQueuedView } from '../messages/view.ts';
import type { Search } from '../search/search.ts';
import type { StoredContent } from './content.ts';
import { prepareOutbox, prepareOwnPictures, type JobRow } from './queries.ts';

/** What writing own messages needs. */
export interface OutboxStepNeeds {
  readonly commit: Commit;
  readonly ledger: Ledger;
  readonly search: Search;
}

/** A picture of the media folder that is to be sent. */
export interface OwnPicture {
  readonly hash: string;
  readonly type: string;
  readonly bytes: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** A message as a person made it. */
export interface Written {
  readonly clientId: string;
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly meant: string | null;
  /** JSON `CardView`, for its bubble. */
  readonly card: string | null;
  readonly picture: OwnPicture | null;
  /** What is sent when it is no text; a picture's is made of its row. */
  readonly content: StoredContent | null;
}

/** Stores a message written here, with the conversation it was written in as it stands. */
export type Write = (written: Written, record: ConversationRecord) => MessageView;

/**
 * Stores a message with its job in one transaction; the draft it was leaves in the same one. A page that had no answer
 * asks again: what it wrote before data went back to an earlier moment may have left, and is looked for first.
 */
export function createWrite(db: Db, clock: Clock, { commit, ledger }: OutboxStepNeeds): Write {
  const jobs = prepareOutbox(db);
  const own = prepareOwnMessages(db);
  const drafts = prepareDrafts(db);
  const { byId } = prepareThread(db);
  const addPicture = createAddPicture(db);
  const recoveredAt = Number(readState(db, 'recovered-at') ?? Number.NEGATIVE_INFINITY);
  return ({ clientId, kind, text, meant, card, picture, content }, record) =>
    commit((touched) => {
      const { id: conversationId, store_id: storeId, connection } = record;
      const now = clock.now();
      // It answers all that is shown, also where the platform's clock is ahead of ours.
      const at = Math.max(now, record.last_at);
      const mediaId = picture === null ? null : addPicture(storeId, picture, clientId);
      const message = {
        conversationId,
        storeId,
        connection,
        clientId,
        kind,
        text,
        meant,
        mediaId,
        card,
        at,
        now,
      };
      const id = Number(own.insertOwn.run(message).lastInsertRowid);
      const stored = mediaId === null ? content : { kind: 'image', mediaId, uploaded: null };
      const json = stored === null ? null : JSON.stringify(stored);
      const behindId = jobs.behind.get(conversationId) ?? null;
      jobs.insert.run({ messageId: id, conversationId, storeId, now, content: json });
      if (text !== null && drafts.removeSent.run(conversationId, meant ?? text).changes > 0) {
        touched.drafts.add(conversationId);
      }
      ledger.wrote(record, touched, { id, at });
      touched.messages.add(conversationId);
      const writtenAt = uuidv7At(clientId);
      // With the clock set back since, everything would look as if written before.
      const isDoubtful = writtenAt !== null && writtenAt <= recoveredAt && now >= recoveredAt;
      if (isDoubtful) {
        jobs.doubt.run({ messageId: id, writtenAt });
        jobs.setStatus.run('sending', null, id);
      }
      if (text !== null && !isDoubtful)
        return toQueuedView({ id, conversationId, clientId, text, meant, at, since: now, behindId });
      return toMessageView(found(byId.get(id)));
    });
}

/** A row of its own for each message: once uploaded it goes by the platform's address of that upload. */
function createAddPicture(db: Db) {
  const pictures = prepareOwnPictures(db);
  return (storeId: number, picture: OwnPicture, clientId: string): number => {
    const { hash, type, bytes, width, height } = picture;
    const row = { storeId, url: `own:${clientId}`, hash, type, bytes, width, height };
    return Number(pictures.add.run(row).lastInsertRowid);
  };
}

/** A change of an own message that waits for a person; `conflict` when it is in none of `states`. */
export type Settle = <T>(
  messageId: number,
  states: readonly JobRow['state'][],
  work: (row: MessageRow, job: JobRow) => T,
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
    const { conversation_id: conversationId, store_id: storeId } = found(thread.byId.get(messageId));
    const value = commit((touched) => {
      const row = found(thread.byId.get(messageId));
      const job = jobs.byMessage.get(messageId);
      if (job === undefined || !states.includes(job.state)) {
        const reason = job?.state ?? row.status ?? 'sent';
        throw new CodedError('conflict', 'The message is no longer in that state', { reason });
      }
      touched.messages.add(conversationId);
      touched.conversations.add(conversationId);
      // What is changed may be in the list of trouble without being counted anew: who is let pass, what it says.
      if (job.state !== 'queued') touched.outbox.add(storeId);
      return ledger.change(conversationId, touched, () => work(row, job));
    });
    onSettled(conversationId);
    return value;
  };
}

/** Throws `not-found`. */
function found(row: MessageRow | undefined): MessageRow {
  if (row === undefined) throw new CodedError('not-found', 'No such message');
  return row;
}
