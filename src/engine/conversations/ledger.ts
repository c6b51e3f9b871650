import { CodedError } from '../../base/errors.ts';
import type { Db } from '../db/database.ts';
import type { Touched } from './commit.ts';
import { createFacts, isLater, type Facts } from './facts.ts';
import { prepareConversations, type ConversationChange, type ConversationRecord } from './queries.ts';
import { decide, standing, type Standing } from './state-rules.ts';

/** Keeps what the list shows of a conversation equal to what its messages say: always counted anew, never added up. */
export interface Ledger {
  /** Throws `CodedError('not-found')`. */
  get(conversationId: number): ConversationRecord;
  /** Runs a change of the conversation's messages and brings its row up to date. Inside a transaction only. */
  change<T>(conversationId: number, touched: Touched, work: () => T): T;
  /**
   * What `change` would find after an own message was queued, without counting: nothing stands after it. `record` is
   * the conversation as it was before. Inside a transaction only.
   */
  wrote(
    record: ConversationRecord,
    touched: Touched,
    message: { readonly id: number; readonly at: number },
  ): void;
  /** By hand; `until` for snoozed alone. */
  setState(
    conversationId: number,
    touched: Touched,
    state: 'done' | 'needs-reply' | 'snoozed',
    until: number | null,
  ): void;
  endSnooze(conversationId: number, touched: Touched): void;
  /** Everything up to this message was seen; never backwards. Throws `not-found`. */
  markRead(conversationId: number, touched: Touched, messageId: number): void;
  /** The newest buyer message counts as unread again. */
  markUnread(conversationId: number, touched: Touched): void;
  /** After the first read: unread is what came after the buyer's message seen last; from now on it is counted here. */
  startUnread(conversationId: number, touched: Touched, seenId: number | null): void;
}

/** Columns that count what waits for a person. */
const TROUBLE: ReadonlySet<string> = new Set(['failed', 'unconfirmed', 'held']);

type Write = (record: ConversationRecord, touched: Touched, next: ConversationChange) => void;
/** `unreadAtLeast`: of a conversation whose messages were not read yet, where the platform's count stands in. */
type Keep = (
  record: ConversationRecord,
  touched: Touched,
  next: Standing,
  readId: number | null,
  unreadAtLeast?: number,
) => void;

export function createLedger(db: Db): Ledger {
  const conversations = prepareConversations(db);
  const facts = createFacts(db);
  const write = createWrite(conversations);
  const keep = createKeep(facts, write);

  const get = (conversationId: number): ConversationRecord => {
    const record = conversations.byId.get(conversationId);
    if (record === undefined) throw new CodedError('not-found', 'No such conversation');
    return record;
  };

  return {
    get,
    change: createChange(conversations, facts, get, keep),
    wrote: (record, touched, { id, at }) => {
      const current = standingOf(record);
      // One that waits behind another that did not get through is no answer yet.
      const next = facts.isHeld(record.id)
        ? current
        : decide(current, { unansweredSince: null, buyerArrived: false, answerArrived: true });
      const isRead = record.read_to_at > 0 && record.unread === 0;
      const readId = isRead ? record.read_id : facts.seenBuyer(record, { sortAt: at, sortSeq: '~', id });
      write(record, touched, {
        ...rowOf(record),
        ...next,
        readId,
        unread: 0,
        lastMessageId: id,
        lastAt: at,
      });
    },
    setState: (conversationId, touched, state, until) => {
      const record = get(conversationId);
      const { buyer, answer } = facts.newest(conversationId);
      const settledId = { done: buyer?.id ?? null, 'needs-reply': null, snoozed: record.settled_id }[state];
      conversations.setSettled.run(settledId, conversationId);
      const waitingSince = facts.unansweredSince(conversationId, settledId, answer);
      keep(record, touched, { state, waitingSince, snoozedUntil: until }, record.read_id);
    },
    endSnooze: (conversationId, touched) => {
      const record = get(conversationId);
      const { answer } = facts.newest(conversationId);
      const since = facts.unansweredSince(conversationId, record.settled_id, answer);
      keep(record, touched, standing(since), record.read_id);
    },
    markRead: (conversationId, touched, messageId) => {
      const record = get(conversationId);
      const key = facts.placeOf(messageId, conversationId);
      if (key === null) throw new CodedError('not-found', 'No such message');
      if (record.read_to_at === 0) conversations.clearUnread.run(conversationId);
      keep(get(conversationId), touched, standingOf(record), facts.seenBuyer(record, key));
      if (record.unread > 0) touched.stores.add(record.store_id);
      touched.conversations.add(conversationId);
    },
    markUnread: (conversationId, touched) => {
      const record = get(conversationId);
      const { buyer } = facts.newest(conversationId);
      if (buyer === null || record.unread > 0) return;
      keep(record, touched, standingOf(record), facts.buyerBefore(conversationId, buyer));
    },
    startUnread: (conversationId, touched, seenId) => {
      const record = get(conversationId);
      const { answer, elsewhere } = facts.newest(conversationId);
      const isHere = answer !== null && isLater(answer, elsewhere);
      const readId = isHere ? facts.seenBuyer({ ...record, read_id: seenId }, answer) : seenId;
      keep(record, touched, standingOf(record), readId);
    },
  };
}

function createChange(
  conversations: ReturnType<typeof prepareConversations>,
  facts: Facts,
  get: Ledger['get'],
  keep: Keep,
): Ledger['change'] {
  return (conversationId, touched, work) => {
    const prior = get(conversationId);
    const before = facts.newest(conversationId);
    const result = work();
    const after = facts.newest(conversationId);
    const knownAt = isHeld(prior, prior.state) ? prior.last_at : null;
    if (knownAt !== null && prior.state === 'done') {
      conversations.setSettled.run(facts.buyerUpTo(conversationId, knownAt), conversationId);
    }
    const record = get(conversationId);
    const answerArrived = isLater(after.answer, before.answer);
    const buyerCame =
      isLater(after.buyer, before.buyer) &&
      isLater(after.buyer, facts.placeOf(record.settled_id, conversationId));
    const buyerAt = after.buyer?.sortAt ?? 0;
    const next = decide(standingOf(record), {
      unansweredSince: facts.unansweredSince(conversationId, record.settled_id, after.answer),
      buyerArrived: buyerCame && buyerAt > (knownAt ?? -1),
      answerArrived,
    });
    // Newer than what the platform listed, and so than what it counted.
    const isUncounted = buyerCame && buyerAt > prior.last_at && next.waitingSince !== null;
    // Who answered elsewhere has read what stands above the answer, also what comes later than it. Who answers here has
    // read what was there to be read when it was written.
    const hasRead =
      isLater(after.elsewhere, before.elsewhere) || isLater(after.seenElsewhere, before.seenElsewhere);
    const readId =
      hasRead && after.elsewhere !== null ? facts.seenBuyer(record, after.elsewhere) : record.read_id;
    keep(record, touched, next, readId, isUncounted ? 1 : 0);
    return result;
  };
}

/** Counts a conversation's row anew. */
function createKeep(facts: Facts, write: Write): Keep {
  return (record, touched, next, readId, unreadAtLeast = 0) => {
    const { id } = record;
    const last = facts.last(id);
    write(record, touched, {
      id,
      ...next,
      readId,
      // Until its messages were read once, the platform's own count is the best there is.
      unread: record.read_to_at === 0 ? Math.max(record.unread, unreadAtLeast) : facts.unread(id, readId),
      lastMessageId: last?.id ?? null,
      lastAt: isHeld(record, next.state) ? record.last_at : (last?.at ?? record.last_at),
      ...facts.trouble(id),
    });
  };
}

/** Writes a conversation's row where it differs from what is stored. */
function createWrite(conversations: ReturnType<typeof prepareConversations>): Write {
  return (record, touched, next) => {
    const before = rowOf(record);
    const hasMoved = next.state !== before.state || next.unread > 0 !== before.unread > 0;
    if (hasMoved) touched.stores.add(record.store_id);
    const changed = Object.keys(next).filter(
      (key) => next[key as keyof ConversationChange] !== before[key as keyof ConversationChange],
    );
    if (changed.length === 0) return;
    conversations.setRow.run(next);
    if (changed.some((key) => TROUBLE.has(key))) touched.outbox.add(record.store_id);
    // No page shows how far was read, only what is unread.
    if (changed.some((key) => key !== 'readId')) touched.conversations.add(record.id);
  };
}

/**
 * A person said "done" or snoozed of what the platform only listed. The last time it listed then stands until the
 * messages were read: up to it they are what was spoken of, however late they come.
 */
function isHeld(record: ConversationRecord, state: Standing['state']): boolean {
  return record.read_to_at === 0 && (state === 'done' || state === 'snoozed');
}

function rowOf(record: ConversationRecord): ConversationChange {
  return {
    id: record.id,
    ...standingOf(record),
    readId: record.read_id,
    unread: record.unread,
    lastMessageId: record.last_message_id,
    lastAt: record.last_at,
    failed: record.failed,
    unconfirmed: record.unconfirmed,
    held: record.held,
  };
}

function standingOf(record: ConversationRecord): Standing {
  return { state: record.state, waitingSince: record.waiting_since, snoozedUntil: record.snoozed_until };
}
