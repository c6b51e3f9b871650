import type { RemoteMessage, RemotePage } from '../../channels/channel.ts';
import type { Touched } from '../conversations/commit.ts';
import type { ConversationRecord } from '../conversations/queries.ts';
import type { ReaderNeeds, ReaderParts } from './list-reader.ts';
import { prepareSync } from './queries.ts';

/** The first read of a conversation takes this many messages where there are as many, and at most so many pages. */
const FIRST_MESSAGES = 20;
const FIRST_PAGES = 5;
/** So many pages in a row without a message are an end, whatever token comes with them. */
const MAX_EMPTY_PAGES = 10;
/** Platforms' clocks may be ahead of ours by so much. */
const FUTURE_MS = 3_600_000;

/**
 * Reads a conversation's messages down to the ones that were there before: no gap, however many are new.
 * Throws the channel's errors.
 */
export function createConversationReader(
  { db, stores, clock }: ReaderParts,
  { ledger, elsewhere, ingest, checkOpen }: ReaderNeeds,
  storeId: number,
): (conversationId: number) => Promise<void> {
  const queries = prepareSync(db);

  const readPage = async (
    record: ConversationRecord,
    cursor: string | null,
  ): Promise<RemotePage<RemoteMessage>> => {
    const target = { remoteId: record.remote_id, buyerId: record.buyer_remote_id };
    const page = await stores.call(storeId, 'background', (channel, context) =>
      channel.listMessages(context, target, cursor),
    );
    checkOpen();
    return page;
  };

  const finish = (
    record: ConversationRecord,
    newest: number,
    next: string | null,
    touched: Touched,
  ): void => {
    // A time in the future, by a broken message, would make every later reading stop at its first page.
    const readTo = Math.max(1, record.read_to_at, Math.min(newest, clock.now() + FUTURE_MS));
    queries.setReadTo.run(record.listed_mark, readTo, record.id);
    if (record.read_to_at > 0) {
      elsewhere.again(record.id, touched);
      return;
    }
    queries.startHistory.run(next, next === null ? 1 : 0, record.id);
    elsewhere.first(record.id, touched);
    if (ledger.get(record.id).unread === 0) queries.startReadMark.run(record.id);
  };

  return async (conversationId) => {
    const record = ledger.get(conversationId);
    const progress = createProgress(record);
    let cursor: string | null = null;
    for (;;) {
      const page = await readPage(record, cursor);
      const next = progress.add(page, cursor);
      if (next === null || progress.isEnough()) {
        ingest(stores.get(storeId), conversationId, page.items, (touched) =>
          finish(record, progress.newest(), next, touched),
        );
        return;
      }
      ingest(stores.get(storeId), conversationId, page.items);
      cursor = next;
    }
  };
}

/** How far one reading has come. Of a long one only ids are kept, not messages. */
function createProgress(record: ConversationRecord) {
  const cursors = new Set<string | null>();
  const ids = new Set<string>();
  let pages = 0;
  let fromBuyer = 0;
  let newest = 0;
  let isJoined = false;
  let empty = 0;
  return {
    newest: () => newest,
    /**
     * Answers where to go on. A platform whose token leads back, or whose pages repeat what came before or hold nothing,
     * would be read for ever: that is its end.
     */
    add: ({ items, next }: RemotePage<RemoteMessage>, cursor: string | null): string | null => {
      const fresh = items.filter(({ remoteId }) => !ids.has(remoteId));
      for (const { remoteId, at, author, visible } of fresh) {
        ids.add(remoteId);
        newest = Math.max(newest, at);
        isJoined ||= at < record.read_to_at;
        if (author === 'buyer' && visible) fromBuyer += 1;
      }
      pages += 1;
      cursors.add(cursor);
      const isRepeat = items.length > 0 && fresh.length === 0;
      empty = items.length === 0 ? empty + 1 : 0;
      return isRepeat || empty >= MAX_EMPTY_PAGES || cursors.has(next) ? null : next;
    },
    isEnough: (): boolean => {
      if (record.read_to_at > 0) return isJoined;
      return pages >= FIRST_PAGES || (ids.size >= FIRST_MESSAGES && fromBuyer > record.unread);
    },
  };
}
