import type { Db } from '../db/database.ts';
import { PENDING_SORT_AT, laterKey, type SortKey } from '../messages/sort-key.ts';
import type { Touched } from './commit.ts';
import { prepareElsewhere, type CountedRow } from './elsewhere-queries.ts';
import type { Ledger } from './ledger.ts';
import type { PlaceRow } from './queries.ts';

/** A list that names no last message is known by its time. */
const TIME_MARK = 'at:';

/** The end of the thread, for a count of which nobody knows how far it goes. */
const END: SortKey = { sortAt: PENDING_SORT_AT - 1, sortSeq: '~', id: Number.MAX_SAFE_INTEGER };

/** What a list says of a conversation's last message: equal marks mean that nothing is new. */
export function markOf(remote: {
  readonly lastMessageId: string | null;
  readonly lastMessageAt: number | null;
}): string {
  return remote.lastMessageId ?? `${TIME_MARK}${remote.lastMessageAt ?? 'none'}`;
}

/**
 * What was read in another client. A platform only tells how many messages are unread there, and of no list is it known
 * how old it is: so a count holds for the messages up to the last one it was listed with, and only what it newly says
 * was seen is taken over. A count that stands still leaves alone what a person marked as unread here; one that rises,
 * because nobody told the platform what was read here, does too. Inside a transaction only.
 */
export interface Elsewhere {
  /** After the messages were read for the first time: the count says how far the shop has seen. */
  first(conversationId: number, touched: Touched): void;
  /** After a list, or after messages it spoke of were read. */
  again(conversationId: number, touched: Touched): void;
}

export function createElsewhere(db: Db, ledger: Ledger): Elsewhere {
  const queries = prepareElsewhere(db);

  /** Up to where the count goes; null while that message is not stored. */
  const countedTo = ({ store_id, connection, counted_mark: mark }: CountedRow): SortKey | null => {
    if (mark === null) return null;
    const row = queries.placeOfRemote.get(store_id, connection, mark);
    if (row !== undefined) return toKey(row);
    const at = mark.startsWith(TIME_MARK) ? Number(mark.slice(TIME_MARK.length)) : Number.NaN;
    return Number.isFinite(at) ? { ...END, sortAt: at } : null;
  };
  const seenUpTo = (conversationId: number, to: SortKey, unread: number): PlaceRow | undefined =>
    queries.buyerUpTo.get(conversationId, to.sortAt, to.sortSeq, to.id, unread);
  const keyOf = (messageId: number | null): SortKey | null => {
    const row = messageId === null ? undefined : queries.place.get(messageId);
    return row === undefined ? null : toKey(row);
  };

  return {
    first: (conversationId, touched) => {
      const counted = queries.counted.get(conversationId);
      if (counted === undefined) return;
      const seen =
        seenUpTo(conversationId, countedTo(counted) ?? END, counted.counted_unread ?? 0) ??
        // Fewer are stored than the platform counts as unread: then older ones, once loaded, are not unread too.
        (counted.history_complete === 0 ? queries.oldestBuyer.get(conversationId) : undefined);
      if (seen !== undefined) queries.setCountedSeen.run(seen.id, conversationId);
      const key = laterKey(keyOf(counted.read_id), seen === undefined ? null : toKey(seen));
      ledger.startUnread(conversationId, touched, key?.id ?? null);
    },
    again: (conversationId, touched) => {
      const counted = queries.counted.get(conversationId);
      if (counted === undefined || counted.read_to_at === 0 || counted.counted_unread === null) return;
      const to = countedTo(counted);
      const seen = to === null ? undefined : seenUpTo(conversationId, to, counted.counted_unread);
      if (seen === undefined) return;
      const before = keyOf(counted.counted_seen_id);
      if (laterKey(before, toKey(seen)) === before) return;
      queries.setCountedSeen.run(seen.id, conversationId);
      ledger.markRead(conversationId, touched, seen.id);
    },
  };
}

function toKey(row: PlaceRow): SortKey {
  return { sortAt: row.sort_at, sortSeq: row.sort_seq, id: row.id };
}
