import type { RemoteConversation } from '../../channels/channel.ts';
import type { Db } from '../db/database.ts';
import type { Search } from '../search/search.ts';
import type { StoreRecord } from '../parts.ts';
import type { Touched } from './commit.ts';
import { prepareDirectory } from './directory-queries.ts';

/** Stores what platforms list: conversations and their buyers. Inside a transaction only. */
export interface Directory {
  put(store: StoreRecord, remote: RemoteConversation, touched: Touched, now: number): number;
}

/** What a list says of a conversation's last message: equal marks mean that nothing is new. */
export function markOf(remote: RemoteConversation): string {
  return remote.lastMessageId ?? `at:${remote.lastMessageAt ?? 'none'}`;
}

export function createDirectory(db: Db, search: Search): Directory {
  const queries = prepareDirectory(db);

  const putBuyer = (storeId: number, { remoteId, name, avatarUrl }: RemoteConversation['buyer']): number => {
    const stored = queries.buyer.get(storeId, remoteId);
    if (stored === undefined) {
      const shownName = name === '' ? remoteId : name;
      const id = Number(queries.insertBuyer.run(storeId, remoteId, shownName, avatarUrl).lastInsertRowid);
      search.index('buyer', id, shownName);
      return id;
    }
    const nextName = name === '' ? stored.name : name;
    if (nextName !== stored.name) search.index('buyer', stored.id, nextName);
    if (nextName !== stored.name || avatarUrl !== stored.avatar_url) {
      const keepsPicture = sameFile(stored.avatar_url, avatarUrl) ? 1 : 0;
      queries.updateBuyer.run(nextName, avatarUrl, keepsPicture, stored.id);
    }
    return stored.id;
  };

  return {
    put: (store, remote, touched, now) => {
      const buyerId = putBuyer(store.id, remote.buyer);
      const row = queries.put.get({
        ...{ storeId: store.id, connection: store.connection, remoteId: remote.remoteId, buyerId, now },
        unread: Math.max(0, remote.unread),
        canSend: remote.canSend ? 1 : 0,
        lastAt: remote.lastMessageAt ?? 0,
        mark: markOf(remote),
      });
      if (row === undefined) throw new Error('An upsert answered no row');
      touched.conversations.add(row.id);
      if (row.created_at === now) touched.stores.add(store.id);
      return row.id;
    },
  };
}

/** Platforms sign addresses anew at every reading: only what stands before the query names the file. */
export function sameFile(a: string | null, b: string | null): boolean {
  return a?.split('?', 1)[0] === b?.split('?', 1)[0];
}
