import type { RemoteMessage, RemotePage } from '../../channels/channel.ts';
import type { Commit, Touched } from '../conversations/commit.ts';
import { markOf, type Directory } from '../conversations/directory.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { ConversationRecord } from '../conversations/queries.ts';
import type { Ingest } from '../messages/ingest.ts';
import type { EngineParts, StoreRecord } from '../parts.ts';
import { prepareSync } from './queries.ts';

/** The first read of a conversation takes this many messages where there are as many, and at most so many pages. */
const FIRST_MESSAGES = 20;
const FIRST_PAGES = 5;
/** Platforms' clocks may be ahead of ours by so much. */
const FUTURE_MS = 3_600_000;

/** Reads one store's lists and conversations into the database. Every method may throw the channel's errors. */
export interface StoreReader {
  /** Reads the list's next page of the first read; false when there was none left. */
  firstReadPage(): Promise<boolean>;
  readonly isFirstReadDone: boolean;
  /** True once the first read has listed something: before that there is nothing to compare a poll with. */
  readonly hasBegun: boolean;
  finishFirstRead(): void;
  /** Lists from the newest conversation down to the first one that has nothing new. Answers whether any had. */
  poll(): Promise<boolean>;
  /** Fetches one conversation by the platform's id. */
  look(remoteId: string): Promise<void>;
  /** Conversations to be read, the most recent first. */
  behind(limit: number): number[];
  /** Reads a conversation's messages down to the ones that were there before: no gap, however many are new. */
  read(conversationId: number): Promise<void>;
}

type Parts = Pick<EngineParts, 'db' | 'clock' | 'stores'>;

interface Needs {
  readonly commit: Commit;
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly ingest: Ingest;
  /** Throws once the engine ends: nothing is written after that. */
  readonly checkOpen: () => void;
}

export function createStoreReader(parts: Parts, needs: Needs, storeId: number): StoreReader {
  const { stores, clock } = parts;
  const { commit, ledger, directory, ingest, checkOpen } = needs;
  const queries = prepareSync(parts.db);
  const store = (): StoreRecord => stores.get(storeId);
  const firstRead = () => queries.firstRead.get(storeId) ?? { first_read_cursor: null, first_read_done: 0 };

  const listPage = async (cursor: string | null) => {
    const page = await stores.call(storeId, (channel, context) => channel.listConversations(context, cursor));
    checkOpen();
    return page;
  };
  const isUnchanged = (remote: Parameters<typeof markOf>[0]): boolean =>
    queries.listedMark.get(storeId, store().connection, remote.remoteId) === markOf(remote);

  const finishRead = (
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

  return {
    get isFirstReadDone() {
      return firstRead().first_read_done === 1;
    },
    get hasBegun() {
      const { first_read_cursor: cursor, first_read_done: done } = firstRead();
      return done === 1 || cursor !== null;
    },
    firstReadPage: async () => {
      const stored = firstRead().first_read_cursor;
      const cursor = stored === null ? null : (JSON.parse(stored) as { next: string | null }).next;
      if (stored !== null && cursor === null) return false;
      const page = await listPage(cursor);
      const next = page.next === cursor ? null : page.next;
      commit((touched) => {
        for (const remote of page.items) directory.put(store(), remote, touched, clock.now());
        queries.setFirstReadCursor.run(JSON.stringify({ next }), storeId);
      });
      return true;
    },
    finishFirstRead: () => void queries.setFirstReadDone.run(storeId),
    poll: async () => {
      const pages = [await listPage(null)];
      for (;;) {
        const { items, next } = pages[pages.length - 1] ?? { items: [], next: null };
        const last = items.at(-1);
        if (next === null || next === pages.at(-2)?.next || (last !== undefined && isUnchanged(last))) break;
        pages.push(await listPage(next));
      }
      let hasNews = false;
      // From the oldest page up: a crash in between leaves the newest ones changed, and the next poll finds the rest.
      for (const { items } of pages.reverse()) {
        const changed = items.filter((remote) => !isUnchanged(remote));
        hasNews ||= changed.length > 0;
        if (changed.length > 0) {
          commit((touched) =>
            changed.forEach((remote) => directory.put(store(), remote, touched, clock.now())),
          );
        }
      }
      return hasNews;
    },
    look: async (remoteId) => {
      const remote = await stores.call(storeId, (channel, context) =>
        channel.getConversation(context, remoteId),
      );
      checkOpen();
      commit((touched) => directory.put(store(), remote, touched, clock.now()));
    },
    behind: (limit) => queries.behind.all(storeId, limit),
    read: async (conversationId) => {
      const record = ledger.get(conversationId);
      const target = { remoteId: record.remote_id, buyerId: record.buyer_remote_id };
      const all: RemoteMessage[] = [];
      let cursor: string | null = null;
      for (let pages = 1; ; pages += 1) {
        const asked: string | null = cursor;
        const page: RemotePage<RemoteMessage> = await stores.call(storeId, (channel, context) =>
          channel.listMessages(context, target, asked),
        );
        checkOpen();
        all.push(...page.items);
        cursor = page.next === asked ? null : page.next;
        const isLast = cursor === null || isEnough(record, all, pages);
        if (!isLast) {
          ingest(store(), conversationId, page.items);
          continue;
        }
        const next = cursor;
        const newest = all.reduce((latest, message) => Math.max(latest, message.at), 0);
        ingest(store(), conversationId, page.items, (touched) => finishRead(record, newest, next, touched));
        return;
      }
    },
  };
}

function isEnough(record: ConversationRecord, all: readonly RemoteMessage[], pages: number): boolean {
  if (record.read_to_at > 0) return all.some((message) => message.at < record.read_to_at);
  const fromBuyer = all.filter((message) => message.author === 'buyer' && message.visible).length;
  return pages >= FIRST_PAGES || (all.length >= FIRST_MESSAGES && fromBuyer > record.unread);
}
