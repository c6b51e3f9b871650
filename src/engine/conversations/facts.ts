import type { Db } from '../db/database.ts';
import { compareKeys, laterKey, type SortKey } from '../messages/sort-key.ts';
import { prepareFacts, type ConversationRecord, type PlaceRow } from './queries.ts';

/** Before every message. */
const BEFORE_ALL: SortKey = { sortAt: -1, sortSeq: '', id: 0 };

/** What the messages of a conversation say. */
export interface Facts {
  /** The newest message of the buyer, and the newest human answer of ours (sent, or on its way). */
  newest(conversationId: number): { readonly buyer: SortKey | null; readonly answer: SortKey | null };
  /** Time of the oldest buyer message after `answer` and after the message up to which the conversation was done. */
  unansweredSince(conversationId: number, settledId: number | null, answer: SortKey | null): number | null;
  /** Buyer messages after the one seen last. */
  unread(conversationId: number, readId: number | null): number;
  /** The newest buyer message up to `key`, or the one seen last if that is newer. */
  seenBuyer(record: ConversationRecord, key: SortKey): number | null;
  /** The newest buyer message up to this time. */
  buyerUpTo(conversationId: number, at: number): number | null;
  /** Null when the conversation has no such message. */
  placeOf(messageId: number | null, conversationId: number): SortKey | null;
  /** The message the list shows: the newest, but no failed one above what came after it. */
  last(conversationId: number): { readonly id: number; readonly at: number } | undefined;
  /** Whether an own message failed, may have arrived, or came back from an attempt. */
  isHeld(conversationId: number): boolean;
  trouble(conversationId: number): { readonly failed: number; readonly unconfirmed: number };
  /** The buyer message before the newest one. */
  buyerBefore(conversationId: number, key: SortKey): number | null;
}

export function createFacts(db: Db): Facts {
  const queries = prepareFacts(db);
  const placeOf = (messageId: number | null, conversationId: number): SortKey | null =>
    messageId === null ? null : toKey(queries.place.get(messageId, conversationId));

  return {
    placeOf,
    newest: (conversationId) => {
      const pendingAt = queries.pendingAnswerAt.get({ id: conversationId }) ?? null;
      const pending =
        pendingAt === null ? null : { sortAt: pendingAt, sortSeq: '~', id: Number.MAX_SAFE_INTEGER };
      return {
        buyer: toKey(queries.newestBuyer.get(conversationId)),
        answer: laterKey(toKey(queries.newestAnswer.get(conversationId)), pending),
      };
    },
    unansweredSince: (conversationId, settledId, answer) => {
      const { sortAt, sortSeq, id } = laterKey(answer, placeOf(settledId, conversationId)) ?? BEFORE_ALL;
      return queries.oldestBuyerAfter.get(conversationId, sortAt, sortSeq, id)?.sort_at ?? null;
    },
    unread: (conversationId, readId) => {
      const { sortAt, sortSeq, id } = placeOf(readId, conversationId) ?? BEFORE_ALL;
      return queries.buyerCountAfter.get(conversationId, sortAt, sortSeq, id) ?? 0;
    },
    seenBuyer: (record, { sortAt, sortSeq, id }) => {
      const seen = toKey(queries.newestBuyerUpTo.get(record.id, sortAt, sortSeq, id));
      return laterKey(seen, placeOf(record.read_id, record.id))?.id ?? null;
    },
    isHeld: (conversationId) => queries.isHeld.get(conversationId) === 1,
    buyerUpTo: (conversationId, at) =>
      queries.newestBuyerUpTo.get(conversationId, at, '~', Number.MAX_SAFE_INTEGER)?.id ?? null,
    last: (conversationId) => {
      const settled = queries.newestSettled.get(conversationId);
      const pending = queries.newestPending.get(conversationId);
      return pending !== undefined && (settled === undefined || pending.at >= settled.at) ? pending : settled;
    },
    trouble: (conversationId) => queries.trouble.get(conversationId) ?? { failed: 0, unconfirmed: 0 },
    buyerBefore: (conversationId, { sortAt, sortSeq, id }) =>
      queries.buyerBefore.get(conversationId, sortAt, sortSeq, id)?.id ?? null,
  };
}

/** Whether something arrived: `after` is later than what there was before. */
export function isLater(after: SortKey | null, before: SortKey | null): boolean {
  return after !== null && (before === null || compareKeys(after, before) > 0);
}

function toKey(row: PlaceRow | undefined): SortKey | null {
  return row === undefined ? null : { sortAt: row.sort_at, sortSeq: row.sort_seq, id: row.id };
}
