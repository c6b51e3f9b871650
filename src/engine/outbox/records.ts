import type { ErrorShape } from '../../base/errors.ts';
import type { SendReceipt, UploadedImage } from '../../channels/channel.ts';
import type { Commit, Touched } from '../conversations/commit.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { Db } from '../db/database.ts';
import { prepareLinks, prepareMedia } from '../media/queries.ts';
import { createEchoes } from '../messages/echo.ts';
import { prepareOwnMessages } from '../messages/queries.ts';
import type { Search } from '../search/search.ts';
import type { StoredContent } from './content.ts';
import { prepareOutbox, prepareOwnPictures, type JobRow } from './queries.ts';
import type { Verdict } from './verdict.ts';

/** What writing own messages needs. */
export interface RecordNeeds {
  readonly db: Db;
  readonly commit: Commit;
  readonly ledger: Ledger;
  readonly search: Search;
}

/** What an attempt came to. `gone`: somebody settled the message meanwhile. */
export type Outcome = 'sent' | 'gone' | Verdict['kind'];

/** The steps of a message on its way, each one transaction over message, job and conversation. */
export interface OutboxRecords {
  /** The job that is to be worked on in this conversation, whatever its state. */
  next(conversationId: number): JobRow | undefined;
  /** Conversations with jobs. */
  conversations(): number[];
  /**
   * Written down before the platform is called. Answers the message as it stands now, which is what is sent; null when
   * it is no longer queued.
   */
  begin(job: JobRow, startedAt: number): JobRow | null;
  /** The platform refused for want of a valid token: nothing was sent, and nothing counts as an attempt. */
  unbegin(job: JobRow, now: number): void;
  /** The platform has the job's picture; false when the message is no longer queued. */
  uploaded(job: JobRow, image: UploadedImage): boolean;
  accepted(job: JobRow, receipt: SendReceipt, now: number): void;
  /** Answers what it came to: an echo may have proved meanwhile that it arrived. */
  ended(job: JobRow, verdict: Verdict, error: ErrorShape, now: number): Outcome;
  /** It could not go at its turn: before it goes late its conversation is looked at. */
  delay(job: JobRow): void;
}

/** Runs a change of a job in one transaction; answers undefined when the job is gone. */
export type JobStep = <T>(messageId: number, work: (fresh: JobRow) => T) => T | undefined;

/** A step brings the conversation's row up to date too, and tells the pages. */
export function createJobStep({ db, commit, ledger }: RecordNeeds): JobStep {
  const jobs = prepareOutbox(db);
  return (messageId, work) =>
    commit((touched: Touched) => {
      const fresh = jobs.byMessage.get(messageId);
      if (fresh === undefined) return undefined;
      touched.messages.add(fresh.conversation_id);
      touched.conversations.add(fresh.conversation_id);
      return ledger.change(fresh.conversation_id, touched, () => work(fresh));
    });
}

export function createOutboxRecords(needs: RecordNeeds): OutboxRecords {
  const { db, search } = needs;
  const jobs = prepareOutbox(db);
  const own = prepareOwnMessages(db);
  const echoes = createEchoes(db, search);
  const step = createJobStep(needs);
  const readdress = createReaddress(db);

  const end = (
    fresh: JobRow,
    verdict: Verdict,
    error: ErrorShape,
    now: number,
    attempts: number,
  ): Outcome => {
    const { message_id: id } = fresh;
    const text = JSON.stringify(error);
    if (verdict.kind === 'checking') {
      // An echo came first: the platform has it.
      if (fresh.remote_id !== null) {
        own.dropJob.run(id);
        return 'sent';
      }
      jobs.settle.run('checking', id);
      own.setPending.run({ id, status: 'sending', error: text });
      return 'checking';
    }
    echoes.release(id, now);
    own.setPending.run({ id, status: verdict.kind === 'failed' ? 'failed' : 'queued', error: text });
    if (verdict.kind === 'failed') jobs.settle.run('failed', id);
    else jobs.queue.run({ messageId: id, nextAt: now + verdict.waitMs, attempts, delayed: 1 });
    return verdict.kind;
  };

  return {
    next: (conversationId) => jobs.next.get(conversationId),
    conversations: () => jobs.conversations.all(),
    begin: ({ message_id: messageId }, startedAt) =>
      step(messageId, (fresh) => {
        if (jobs.begin.run({ messageId, startedAt }).changes === 0) return null;
        jobs.setStatus.run('sending', null, messageId);
        // Not when it was written: the person waits for that. Until here nobody but him knows the words.
        if (fresh.attempts === 0 && fresh.text !== null) search.index('message', messageId, fresh.text);
        return { ...fresh, attempts: fresh.attempts + 1 };
      }) ?? null,
    unbegin: ({ message_id: messageId }, now) => {
      step(messageId, ({ next_at: nextAt, attempts, delayed }) => {
        echoes.release(messageId, now);
        jobs.queue.run({ messageId, nextAt, attempts: attempts - 1, delayed });
        own.setPending.run({ id: messageId, status: 'queued', error: null });
      });
    },
    uploaded: ({ message_id: messageId }, image) =>
      step(messageId, (fresh) => {
        const content = JSON.parse(fresh.content ?? 'null') as StoredContent | null;
        if (fresh.state !== 'queued' || content?.kind !== 'image') return false;
        jobs.setContent.run(JSON.stringify({ ...content, uploaded: image }), messageId);
        readdress(fresh, content.mediaId, image.url);
        return true;
      }) ?? false,
    accepted: ({ message_id: messageId }, receipt, now) => {
      step(messageId, () => {
        echoes.accept(messageId, receipt, now);
        own.dropJob.run(messageId);
      });
    },
    ended: (job, verdict, error, now) =>
      step(job.message_id, (fresh) => {
        if (fresh.state !== 'queued' && fresh.state !== 'sending') return 'gone';
        // An attempt that ended before the channel was asked counts too, or it would be repeated for ever.
        const isUncounted = verdict.kind === 'retry' && verdict.isUncounted === true;
        const attempts = isUncounted
          ? Math.min(fresh.attempts, job.attempts)
          : Math.max(fresh.attempts, job.attempts + 1);
        return end(fresh, verdict, error, now, attempts);
      }) ?? 'gone',
    delay: (job) => void jobs.delay.run(job.message_id),
  };
}

/** The message's copy comes back under the address of its upload, and is known by it. */
function createReaddress(db: Db) {
  const links = prepareLinks(db);
  const pictures = prepareOwnPictures(db);
  const media = prepareMedia(db);
  return (job: JobRow, mediaId: number, url: string): void => {
    if (links.renew.run(url, null, mediaId).changes === 1) return;
    // The platform keeps equal pictures once: an earlier message has that address already.
    const sharedId = links.idOf.get(job.store_id, url);
    const picture = pictures.ready.get(mediaId);
    if (sharedId === undefined || picture === undefined) return;
    media.setReady.run({ id: sharedId, ...picture });
    pictures.link.run(sharedId, job.message_id);
  };
}
