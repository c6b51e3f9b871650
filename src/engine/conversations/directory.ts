import type { RemoteConversation } from '../../channels/channel.ts';
import type { Db } from '../db/database.ts';
import { createLinkPicture } from '../media/links.ts';
import type { Search } from '../search/search.ts';
import type { StoreRecord } from '../parts.ts';
import type { Touched } from './commit.ts';
import { prepareDirectory } from './directory-queries.ts';
import { markOf, type Elsewhere } from './elsewhere.ts';

/** Stores what platforms list: conversations and their buyers. Inside a transaction only. */
export interface Directory {
  put(store: StoreRecord, remote: RemoteConversation, touched: Touched, now: number): number;
}

export function createDirectory(db: Db, search: Search, elsewhere: Elsewhere): Directory {
  const queries = prepareDirectory(db);
  const linkPicture = createLinkPicture(db);

  const putBuyer = (storeId: number, { remoteId, name, avatarUrl }: RemoteConversation['buyer']): number => {
    const stored = queries.buyer.get(storeId, remoteId);
    const avatar = avatarUrl === null ? null : { url: avatarUrl, width: null, height: null };
    const mediaId = linkPicture(storeId, avatar, stored?.avatar_media_id ?? null);
    const shownName = name === '' ? (stored?.name ?? remoteId) : name;
    if (stored === undefined) {
      const { lastInsertRowid } = queries.insertBuyer.run(storeId, remoteId, shownName, avatarUrl, mediaId);
      search.index('buyer', Number(lastInsertRowid), shownName);
      return Number(lastInsertRowid);
    }
    if (shownName !== stored.name) search.index('buyer', stored.id, shownName);
    if (shownName !== stored.name || avatarUrl !== stored.avatar_url) {
      queries.updateBuyer.run(shownName, avatarUrl, mediaId, stored.id);
    }
    return stored.id;
  };

  return {
    put: (store, remote, touched, now) => {
      const unreadBefore = queries.unreadOf.get(store.id, store.connection, remote.remoteId);
      const buyerId = putBuyer(store.id, remote.buyer);
      const row = queries.put.get({
        storeId: store.id,
        connection: store.connection,
        remoteId: remote.remoteId,
        buyerId,
        now,
        unread: remote.unread === null ? null : Math.max(0, remote.unread),
        canSend: remote.canSend ? 1 : 0,
        lastAt: remote.lastMessageAt ?? 0,
        mark: markOf(remote),
      });
      if (row === undefined) throw new Error('An upsert answered no row');
      touched.conversations.add(row.id);
      // What the rail counts of a store: conversations, and those with something unread.
      const isCountedAnew = unreadBefore === undefined || unreadBefore > 0 !== row.unread > 0;
      if (isCountedAnew) touched.stores.add(store.id);
      elsewhere.again(row.id, touched);
      return row.id;
    },
  };
}
