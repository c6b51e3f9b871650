import type { Db } from '../db/database.ts';
import type { DamagedDatabase } from '../db/open-damaged.ts';
import { createSearch } from '../search/search.ts';
import { prepareSalvagePlaces, type Place } from './salvage-queries.ts';
import { text, time, type Row } from './salvage-values.ts';

/** Where a conversation of the old database is in this one; undefined where it can't be told. */
export type Places = (conversationId: number) => Place | undefined;

/**
 * Finds conversations by what the platform calls store and conversation. One that is not here came since the backup: it
 * is put here too, as if nothing of it had ever been read.
 */
export function createPlaces(db: Db, old: DamagedDatabase): Places {
  const queries = prepareSalvagePlaces(db);
  const search = createSearch(db);
  const one = (table: string, id: unknown): Row | undefined =>
    old.rows(`SELECT * FROM ${table} WHERE id = ?`, Number(id ?? 0))[0];

  const putConversation = (storeId: number, conversation: Row): number | undefined => {
    const buyer = one('buyers', conversation['buyer_id']);
    const buyerRemoteId = text(buyer?.['remote_id']);
    const remoteId = text(conversation['remote_id']);
    if (buyerRemoteId === '' || remoteId === '') return undefined;
    const name = text(buyer?.['name']) || buyerRemoteId;
    const { lastInsertRowid, changes } = queries.insertBuyer.run(storeId, buyerRemoteId, name);
    if (changes === 1) search.add('buyer', Number(lastInsertRowid), name);
    return queries.insertConversation.get({
      storeId,
      connection: text(conversation['connection']),
      remoteId,
      buyerId: queries.buyer.get(storeId, buyerRemoteId) ?? 0,
      canSend: conversation['can_send'] === 0 ? 0 : 1,
      lastAt: time(conversation['last_at']) ?? 0,
      createdAt: time(conversation['created_at']) ?? 0,
    });
  };

  return (conversationId) => {
    const conversation = one('conversations', conversationId);
    const store = one('stores', conversation?.['store_id']);
    if (conversation === undefined || store === undefined) return undefined;
    const names = [text(store['platform']), text(store['site']), text(store['remote_id'])] as const;
    const storeId = queries.store.get(...names);
    if (storeId === undefined) return undefined;
    const remote = [text(conversation['connection']), text(conversation['remote_id'])] as const;
    const id = queries.conversation.get(storeId, ...remote) ?? putConversation(storeId, conversation);
    return id === undefined ? undefined : { id, storeId };
  };
}
