import { CodedError } from '../../base/errors.ts';
import type { Db } from '../db/database.ts';
import { compareKeys, laterKey, type SortKey } from '../messages/sort-key.ts';
import type { Touched } from './commit.ts';
import { prepareConversations, prepareFacts, type ConversationRecord, type PlaceRow } from './queries.ts';
import { decide, standing, type Standing } from './state-rules.ts';

/** Keeps what the list shows of a conversation equal to what its messages say: always counted anew, never added up. */
export interface Ledger {
  /** Throws `CodedError('not-found')`. */
  get(conversationId: number): ConversationRecord;
  /** Runs a change of the conversation's messages and brings its row up to date. Inside a transaction only. */
  change<T>(conversationId: number, touched: Touched, work: () => T): T;
  /** By hand; `until` for snoozed alone. */
  setState(
    conversationId: number,
    touched: Touched,
    state: 'done' | 'needs-reply' | 'snoozed',
    until: number | null,
  ): void;
  endSnooze(conversationId: number, touched: Touched): void;
  /** Everything up to this message was seen; never backwards. Answers the newest buyer message seen. */
  markRead(conversationId: number, touched: Touched, messageId: number): number | null;
  /** The newest buyer message counts as unread again. */
  markUnread(conversationId: number, touched: Touched): void;
  /** After the first read: the platform's count of unread messages says how far the person has seen. */
  startUnread(conversationId: number, touched: Touched, platformUnread: number): void;
}

interface Facts {
  readonly buyer: SortKey | null;
  readonly answer: SortKey | null;
}

const BEFORE_ALL: SortKey = { sortAt: -1, sortSeq: '', id: 0 };

export function createLedger(db: Db): Ledger {
  const conversations = prepareConversations(db);
  const facts = prepareFacts(db);

  const get = (conversationId: number): ConversationRecord => {
    const record = conversations.byId.get(conversationId);
    if (record === undefined) throw new CodedError('not-found', 'No such conversation');
    return record;
  };
  const placeOf = (messageId: number | null, conversationId: number): SortKey | null =>
    messageId === null ? null : toKey(facts.place.get(messageId, conversationId));

  const readFacts = (conversationId: number): Facts => {
    const pendingAt = facts.pendingAnswerAt.get({ id: conversationId }) ?? null;
    const pending =
      pendingAt === null ? null : { sortAt: pendingAt, sortSeq: '~', id: Number.MAX_SAFE_INTEGER };
    return {
      buyer: toKey(facts.newestBuyer.get(conversationId)),
      answer: laterKey(toKey(facts.newestAnswer.get(conversationId)), pending),
    };
  };

  const unansweredSince = (
    conversationId: number,
    settledId: number | null,
    answer: SortKey | null,
  ): number | null => {
    const from = laterKey(answer, placeOf(settledId, conversationId)) ?? BEFORE_ALL;
    return facts.oldestBuyerAfter.get(conversationId, from.sortAt, from.sortSeq, from.id)?.sort_at ?? null;
  };

  const countUnread = (conversationId: number, readId: number | null): number => {
    const from = placeOf(readId, conversationId) ?? BEFORE_ALL;
    return facts.buyerCountAfter.get(conversationId, from.sortAt, from.sortSeq, from.id) ?? 0;
  };

  const store = (
    record: ConversationRecord,
    touched: Touched,
    next: Standing,
    readId: number | null,
  ): void => {
    const { id } = record;
    const settled = facts.newestSettled.get(id);
    const pending = facts.newestPending.get(id);
    const last =
      pending !== undefined && (settled === undefined || pending.at >= settled.at) ? pending : settled;
    const trouble = facts.trouble.get(id) ?? { failed: 0, unconfirmed: 0 };
    // Until its messages were read once, the platform's own count is the best there is.
    const unread = record.read_to_at === 0 ? record.unread : countUnread(id, readId);
    if (readId !== record.read_id) conversations.setRead.run(readId, id);
    conversations.setStanding.run({ id, ...next });
    conversations.setSummary.run({
      id,
      unread,
      lastMessageId: last?.id ?? null,
      lastAt: last?.at ?? record.last_at,
      ...trouble,
    });
    touched.conversations.add(id);
    if (next.state !== record.state || unread > 0 !== record.unread > 0) touched.stores.add(record.store_id);
  };

  const laterBuyer = (record: ConversationRecord, key: SortKey): number | null => {
    const seen = toKey(facts.newestBuyerUpTo.get(record.id, key.sortAt, key.sortSeq, key.id));
    return laterKey(seen, placeOf(record.read_id, record.id))?.id ?? null;
  };

  const change = <T>(conversationId: number, touched: Touched, work: () => T): T => {
    const before = readFacts(conversationId);
    const result = work();
    const record = get(conversationId);
    const after = readFacts(conversationId);
    const answerArrived = isLater(after.answer, before.answer);
    const next = decide(
      { state: record.state, waitingSince: record.waiting_since, snoozedUntil: record.snoozed_until },
      {
        unansweredSince: unansweredSince(conversationId, record.settled_id, after.answer),
        buyerArrived: isLater(after.buyer, before.buyer),
        answerArrived,
      },
    );
    // Who answered, here or elsewhere, has read what was answered.
    const readId = answerArrived && after.answer !== null ? laterBuyer(record, after.answer) : record.read_id;
    store(record, touched, next, readId);
    return result;
  };

  return {
    get,
    change,
    setState: (conversationId, touched, state, until) => {
      const record = get(conversationId);
      const { buyer, answer } = readFacts(conversationId);
      const settledId =
        state === 'done' ? (buyer?.id ?? null) : state === 'needs-reply' ? null : record.settled_id;
      conversations.setSettled.run(settledId, conversationId);
      const waitingSince = unansweredSince(conversationId, settledId, answer);
      store(record, touched, { state, waitingSince, snoozedUntil: until }, record.read_id);
    },
    endSnooze: (conversationId, touched) => {
      const record = get(conversationId);
      const { answer } = readFacts(conversationId);
      store(
        record,
        touched,
        standing(unansweredSince(conversationId, record.settled_id, answer)),
        record.read_id,
      );
    },
    markRead: (conversationId, touched, messageId) => {
      const record = get(conversationId);
      const key = placeOf(messageId, conversationId);
      if (key === null) throw new CodedError('not-found', 'No such message');
      const readId = laterBuyer(record, key);
      store({ ...record, unread: 0 }, touched, standingOf(record), readId);
      if (record.unread > 0) touched.stores.add(record.store_id);
      return readId;
    },
    markUnread: (conversationId, touched) => {
      const record = get(conversationId);
      const { buyer } = readFacts(conversationId);
      if (buyer === null || record.unread > 0) return;
      const mark = facts.buyerBefore.get(conversationId, buyer.sortAt, buyer.sortSeq, buyer.id);
      store(record, touched, standingOf(record), mark?.id ?? null);
    },
    startUnread: (conversationId, touched, platformUnread) => {
      const record = get(conversationId);
      const seen =
        facts.buyerFromNewest.get(conversationId, platformUnread) ??
        // Fewer are stored than the platform counts as unread: then older ones, once loaded, are not unread too.
        (record.history_complete === 0 ? facts.oldestBuyer.get(conversationId) : undefined);
      store(record, touched, standingOf(record), seen?.id ?? null);
    },
  };
}

function standingOf(record: ConversationRecord): Standing {
  return { state: record.state, waitingSince: record.waiting_since, snoozedUntil: record.snoozed_until };
}

function toKey(row: PlaceRow | undefined): SortKey | null {
  return row === undefined ? null : { sortAt: row.sort_at, sortSeq: row.sort_seq, id: row.id };
}

function isLater(after: SortKey | null, before: SortKey | null): boolean {
  return after !== null && (before === null || compareKeys(after, before) > 0);
}
