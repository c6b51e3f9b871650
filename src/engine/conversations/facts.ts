import type { Db } from '../db/database.ts';
import { compareKeys, laterKey, type SortKey } from '../messages/sort-key.ts';
import { prepareFacts, type ConversationChange, type ConversationRecord, type PlaceRow } from './queries.ts';

/** Before every message. */
const BEFORE_ALL: SortKey = { sortAt: -1, sortSeq: '', id: 0 };

/** The newest messages of a conversation. */
export interface Newest {
  readonly buyer: SortKey | null;
  /** Human answer of ours: sent, or on its way. */
  readonly answer: SortKey | null;
  /** The newest answer the platform has, when it came from another client. */
  readonly elsewhere: SortKey | null;
  /** The buyer message above that one: who wrote it has seen it. */
  readonly seenElsewhere: SortKey | null;
}

/** What the messages of a conversation say. */
export interface Facts {
  newest(conversationId: number): Newest;
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
  /** Whether an own message failed, is held, may have arrived, or came back from an attempt. */
  isHeld(conversationId: number): boolean;
  trouble(conversationId: number): Pick<ConversationChange, 'failed' | 'unconfirmed' | 'held'>;
  /** The buyer message before the newest one. */
  buyerBefore(conversationId: number, key: SortKey): number | null;
}

export function createFacts(db: Db): Facts {
  const queries = prepareFacts(db);
  const placeOf = (messageId: number | null, conversationId: number): SortKey | null =>
    messageId === null ? null : toKey(queries.place.get(messageId, conversationId));

  const buyerUpTo = (conversationId: number, { sortAt, sortSeq, id }: SortKey): SortKey | null =>
    toKey(queries.newestBuyerUpTo.get(conversationId, sortAt, sortSeq, id));

  return {
    placeOf,
    newest: (conversationId) => {
      const pendingAt = queries.pendingAnswerAt.get({ id: conversationId }) ?? null;
      const pending =
        pendingAt === null ? null : { sortAt: pendingAt, sortSeq: '~', id: Number.MAX_SAFE_INTEGER };
      const settled = queries.newestAnswer.get(conversationId);
      const elsewhere = settled?.author === 'elsewhere' ? toKey(settled) : null;
      return {
        buyer: toKey(queries.newestBuyer.get(conversationId)),
        answer: laterKey(toKey(settled), pending),
        elsewhere,
        seenElsewhere: elsewhere === null ? null : buyerUpTo(conversationId, elsewhere),
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
    seenBuyer: (record, key) =>
      laterKey(buyerUpTo(record.id, key), placeOf(record.read_id, record.id))?.id ?? null,
    isHeld: (conversationId) => queries.isHeld.get(conversationId) === 1,
    buyerUpTo: (conversationId, at) =>
      buyerUpTo(conversationId, { sortAt: at, sortSeq: '~', id: Number.MAX_SAFE_INTEGER })?.id ?? null,
    last: (conversationId) => {
      const settled = queries.newestSettled.get(conversationId);
      const pending = queries.newestPending.get(conversationId);
      return pending !== undefined && (settled === undefined || pending.at >= settled.at) ? pending : settled;
    },
    trouble: (conversationId) =>
      queries.trouble.get(conversationId) ?? { failed: 0, unconfirmed: 0, held: 0 },
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
