import type { Db } from '../db/database.ts';
import { fromBuyer, type PlaceRow } from './queries.ts';

/** What a platform last counted as unread in a conversation. */
export interface CountedRow {
  readonly store_id: number;
  readonly connection: string;
  readonly read_to_at: number;
  readonly read_id: number | null;
  readonly history_complete: number;
  /** Null: it never said. */
  readonly counted_mark: string | null;
  readonly counted_unread: number | null;
  readonly counted_seen_id: number | null;
}

type UpTo = [conversationId: number, sortAt: number, sortSeq: string, id: number, skip: number];

const columns = 'id, sort_at, sort_seq';

/** Reading in other clients, as the platform's unread count shows it. */
export function prepareElsewhere(db: Db) {
  return {
    counted: db.prepare<[id: number], CountedRow>(
      `SELECT store_id, connection, read_to_at, read_id, history_complete, counted_mark, counted_unread, counted_seen_id
       FROM conversations WHERE id = ?`,
    ),
    setCountedSeen: db.prepare<[messageId: number, conversationId: number]>(
      'UPDATE conversations SET counted_seen_id = ? WHERE id = ?',
    ),
    placeOfRemote: db.prepare<[storeId: number, connection: string, remoteId: string], PlaceRow>(
      `SELECT ${columns} FROM messages WHERE store_id = ? AND connection = ? AND remote_id = ?`,
    ),
    place: db.prepare<[messageId: number], PlaceRow>(`SELECT ${columns} FROM messages WHERE id = ?`),
    /** The buyer's message up to a place with `skip` newer ones of theirs up to it. */
    buyerUpTo: db.prepare<UpTo, PlaceRow>(
      `SELECT ${columns} ${fromBuyer} AND (sort_at, sort_seq, id) <= (?, ?, ?)
       ORDER BY sort_at DESC, sort_seq DESC, id DESC LIMIT 1 OFFSET ?`,
    ),
    oldestBuyer: db.prepare<[conversationId: number], PlaceRow>(
      `SELECT ${columns} ${fromBuyer} ORDER BY sort_at, sort_seq, id LIMIT 1`,
    ),
  };
}
