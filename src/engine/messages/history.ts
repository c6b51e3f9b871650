import { CodedError } from '../../base/errors.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { Db } from '../db/database.ts';
import type { StoreAccess } from '../parts.ts';
import type { Ingest } from './ingest.ts';
import { prepareHistory } from './queries.ts';

/** Reads messages older than the stored ones from a platform. */
export interface History {
  /** Reads one more page; false when there is nothing older. Throws the channel's errors. */
  older(conversationId: number): Promise<boolean>;
  /** Runs `work` after whoever reads this conversation's history now. */
  inTurn<T>(conversationId: number, work: () => Promise<T>): Promise<T>;
}

/** So many pages in a row without a message are the start, whatever token comes with them. */
const MAX_EMPTY_PAGES = 10;

export function createHistory(db: Db, stores: StoreAccess, ingest: Ingest, ledger: Ledger): History {
  const queries = prepareHistory(db);
  const turns = new Map<number, Promise<unknown>>();
  /** Pages in a row without a message, by conversation. */
  const empty = new Map<number, number>();
  /** Page tokens that were answered, by conversation. */
  const answered = new Map<number, Set<string | null>>();

  const readPage = async (conversationId: number, cursor: string | null): Promise<boolean> => {
    const record = ledger.get(conversationId);
    const page = await stores.call(record.store_id, 'person', (channel, context) =>
      channel.listMessages(context, { remoteId: record.remote_id, buyerId: record.buyer_remote_id }, cursor),
    );
    // Paged anew, the same tokens come again.
    const known = (cursor === null ? undefined : answered.get(conversationId)) ?? new Set();
    known.add(cursor);
    // A token that leads back would be followed for ever, and the start never reached.
    const emptyRun = page.items.length === 0 ? (empty.get(conversationId) ?? 0) + 1 : 0;
    empty.set(conversationId, emptyRun);
    const next = known.has(page.next) || emptyRun >= MAX_EMPTY_PAGES ? null : page.next;
    ingest(stores.get(record.store_id), conversationId, page.items, () => {
      queries.setHistory.run(next, next === null ? 1 : 0, conversationId);
    });
    if (next === null) {
      answered.delete(conversationId);
      empty.delete(conversationId);
    } else answered.set(conversationId, known);
    return next !== null;
  };

  return {
    older: async (conversationId) => {
      const record = ledger.get(conversationId);
      if (record.history_complete === 1) return false;
      try {
        return await readPage(conversationId, record.history_cursor);
      } catch (error) {
        // Page tokens grow old. Paging anew from the newest message passes over what is stored and changes nothing.
        const stale =
          error instanceof CodedError && ['invalid', 'rejected', 'not-found'].includes(error.code);
        if (!stale || record.history_cursor === null) throw error;
        return readPage(conversationId, null);
      }
    },
    inTurn: async (conversationId, work) => {
      const before = turns.get(conversationId) ?? Promise.resolve();
      const turn = before.then(work, work);
      turns.set(conversationId, turn);
      try {
        return await turn;
      } finally {
        if (turns.get(conversationId) === turn) turns.delete(conversationId);
      }
    },
  };
}
