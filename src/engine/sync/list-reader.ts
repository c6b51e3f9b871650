import type { RemoteConversation, RemotePage } from '../../channels/channel.ts';
import type { Commit } from '../conversations/commit.ts';
import type { Directory } from '../conversations/directory.ts';
import { markOf, type Elsewhere } from '../conversations/elsewhere.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { Ingest } from '../messages/ingest.ts';
import type { EngineParts, StoreRecord } from '../parts.ts';
import { prepareSync } from './queries.ts';

export type ReaderParts = Pick<EngineParts, 'db' | 'clock' | 'stores'>;

export interface ReaderNeeds {
  readonly commit: Commit;
  readonly ledger: Ledger;
  readonly elsewhere: Elsewhere;
  readonly directory: Directory;
  readonly ingest: Ingest;
  /** Throws once the engine ends: nothing is written after that. */
  readonly checkOpen: () => void;
}

/** Reads one store's list of conversations. Every method may throw the channel's errors. */
export interface ListReader {
  /** Reads the list's next page of the first read; false when there was none left. */
  firstReadPage(): Promise<boolean>;
  isFirstReadDone(): boolean;
  /** True once the first read has listed something: before that there is nothing to compare a poll with. */
  hasBegun(): boolean;
  finishFirstRead(): void;
  /** Lists from the newest conversation down to the first one that has nothing new. Answers whether any had. */
  poll(): Promise<boolean>;
  /** Fetches one conversation by the platform's id. */
  look(remoteId: string): Promise<void>;
  /** Conversations to be read, the most recent first. */
  behind(limit: number): number[];
}

type Page = RemotePage<RemoteConversation>;

/** A poll looks through so many pages: thousands of conversations. */
const MAX_POLL_PAGES = 50;
/** What was read in another client moves nothing up in the list: so often, in milliseconds, it is looked for further down. */
const DEEP_POLL_MS = 300_000;
/** So many pages at most, when nothing is new on them. */
const MAX_DEEP_PAGES = 10;

export function createListReader(parts: ReaderParts, needs: ReaderNeeds, storeId: number): ListReader {
  const { stores, clock } = parts;
  const { commit, directory, checkOpen } = needs;
  const queries = prepareSync(parts.db);
  const store = (): StoreRecord => stores.get(storeId);
  const firstRead = () => queries.firstRead.get(storeId) ?? { first_read_cursor: null, first_read_done: 0 };

  const listPage = async (cursor: string | null): Promise<Page> => {
    const page = await stores.call(storeId, 'background', (channel, context) =>
      channel.listConversations(context, cursor),
    );
    checkOpen();
    // A platform that answers the cursor it was asked with would be read for ever.
    return page.next === cursor ? { ...page, next: null } : page;
  };
  const listed = (remote: RemoteConversation) =>
    queries.listed.get(storeId, store().connection, remote.remoteId);
  const isKnown = (remote: RemoteConversation): boolean => listed(remote)?.listed_mark === markOf(remote);
  /** Known, and nobody read it in another client since. */
  const isUnchanged = (remote: RemoteConversation): boolean => {
    const before = listed(remote);
    const mark = markOf(remote);
    const isCounted = before?.counted_mark === mark && before.counted_unread === remote.unread;
    return before?.listed_mark === mark && (remote.unread === null || isCounted);
  };
  let deepAt = Number.NEGATIVE_INFINITY;
  /** Now and then the list is read on down to the oldest conversation that is unread here. */
  const downTo = (): number => {
    const now = clock.now();
    if (Math.abs(now - deepAt) < DEEP_POLL_MS) return Number.POSITIVE_INFINITY;
    deepAt = now;
    return queries.oldestUnread.get(storeId) ?? Number.POSITIVE_INFINITY;
  };
  const put = (remotes: readonly RemoteConversation[], last?: () => void): void =>
    commit((touched) => {
      for (const remote of remotes) directory.put(store(), remote, touched, clock.now());
      last?.();
    });

  return {
    isFirstReadDone: () => firstRead().first_read_done === 1,
    hasBegun: () => {
      const { first_read_cursor: cursor, first_read_done: done } = firstRead();
      return done === 1 || cursor !== null;
    },
    firstReadPage: async () => {
      const stored = firstRead().first_read_cursor;
      const cursor = stored === null ? null : (JSON.parse(stored) as { next: string | null }).next;
      if (stored !== null && cursor === null) return false;
      const { items, next } = await listPage(cursor);
      put(items, () => queries.setFirstReadCursor.run(JSON.stringify({ next }), storeId));
      return true;
    },
    finishFirstRead: () => void queries.setFirstReadDone.run(storeId),
    poll: async () => {
      const { news, rest } = await readNews(listPage, { isKnown, isUnchanged, downTo: downTo() });
      // More than one poll looks through: the first read goes on from there, a page a turn, whatever comes in between.
      if (rest !== null) queries.resumeFirstRead.run(JSON.stringify({ next: rest }), storeId);
      let hasNews = false;
      // From the oldest page up: a crash in between leaves the newest ones changed, and the next poll finds the rest.
      for (const items of news.toReversed()) {
        const changed = items.filter((remote) => !isUnchanged(remote));
        hasNews ||= changed.length > 0;
        if (changed.length > 0) put(changed);
      }
      return hasNews;
    },
    look: async (remoteId) => {
      const remote = await stores.call(storeId, 'background', (channel, context) =>
        channel.getConversation(context, remoteId),
      );
      checkOpen();
      put([remote]);
    },
    behind: (limit) => queries.behind.all(storeId, limit),
  };
}

interface Comparison {
  /** No message came since it was listed last. */
  readonly isKnown: (remote: RemoteConversation) => boolean;
  readonly isUnchanged: (remote: RemoteConversation) => boolean;
  /** Known ones too are looked at down to this time. */
  readonly downTo: number;
}

/**
 * What changed on each page of the list, from the newest page down to one that ends with nothing new. `rest` is where
 * the list goes on when there was too much to look through; a list that only repeats itself, or holds nothing, has none.
 */
async function readNews(
  listPage: (cursor: string | null) => Promise<Page>,
  { isKnown, isUnchanged, downTo }: Comparison,
): Promise<{ readonly news: RemoteConversation[][]; readonly rest: string | null }> {
  const news: RemoteConversation[][] = [];
  const seen = new Set<string>();
  let cursor: string | null = null;
  for (let pages = 0; pages < MAX_POLL_PAGES; pages += 1) {
    const { items, next }: Page = await listPage(cursor);
    const fresh = items.filter(({ remoteId }) => !seen.has(remoteId));
    for (const { remoteId } of fresh) seen.add(remoteId);
    news.push(fresh.filter((remote) => !isUnchanged(remote)));
    const last = items.at(-1);
    const isDeepEnough = pages >= MAX_DEEP_PAGES || (last?.lastMessageAt ?? 0) <= downTo;
    const isOver = last !== undefined && (fresh.length === 0 || (isKnown(last) && isDeepEnough));
    if (next === null || isOver) return { news, rest: null };
    cursor = next;
  }
  return { news, rest: seen.size === 0 ? null : cursor };
}
