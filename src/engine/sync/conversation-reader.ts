import type { RemoteMessage, RemotePage } from '../../channels/channel.ts';
import type { Touched } from '../conversations/commit.ts';
import type { ConversationRecord } from '../conversations/queries.ts';
import type { ReaderNeeds, ReaderParts } from './list-reader.ts';
import { prepareSync } from './queries.ts';

/** The first read of a conversation takes this many messages where there are as many, and at most so many pages. */
const FIRST_MESSAGES = 20;
const FIRST_PAGES = 5;
/** Platforms' clocks may be ahead of ours by so much. */
const FUTURE_MS = 3_600_000;

/**
 * Reads a conversation's messages down to the ones that were there before: no gap, however many are new.
 * Throws the channel's errors.
 */
export function createConversationReader(
  { db, stores, clock }: ReaderParts,
  { ledger, ingest, checkOpen }: ReaderNeeds,
  storeId: number,
): (conversationId: number) => Promise<void> {
  const queries = prepareSync(db);

  const readPage = async (
    record: ConversationRecord,
    cursor: string | null,
  ): Promise<RemotePage<RemoteMessage>> => {
    const target = { remoteId: record.remote_id, buyerId: record.buyer_remote_id };
    const page = await stores.call(storeId, (channel, context) =>
      channel.listMessages(context, target, cursor),
    );
    checkOpen();
    // A platform that answers the cursor it was asked with would be read for ever.
    return page.next === cursor ? { ...page, next: null } : page;
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
    if (record.read_to_at > 0) return;
    queries.startHistory.run(next, next === null ? 1 : 0, record.id);
    ledger.startUnread(record.id, touched, record.unread);
    if (record.unread === 0) queries.startReadMark.run(record.id);
  };

  return async (conversationId) => {
    const record = ledger.get(conversationId);
    const all: RemoteMessage[] = [];
    let cursor: string | null = null;
    for (let pages = 1; ; pages += 1) {
      const { items, next } = await readPage(record, cursor);
      all.push(...items);
      if (next === null || isEnough(record, all, pages)) {
        const newest = all.reduce((latest, message) => Math.max(latest, message.at), 0);
        ingest(stores.get(storeId), conversationId, items, (touched) =>
          finish(record, newest, next, touched),
        );
        return;
      }
      ingest(stores.get(storeId), conversationId, items);
      cursor = next;
    }
  };
}

function isEnough(record: ConversationRecord, all: readonly RemoteMessage[], pages: number): boolean {
  if (record.read_to_at > 0) return all.some((message) => message.at < record.read_to_at);
  const fromBuyer = all.filter((message) => message.author === 'buyer' && message.visible).length;
  return pages >= FIRST_PAGES || (all.length >= FIRST_MESSAGES && fromBuyer > record.unread);
}
