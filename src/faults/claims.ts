import { openDatabase } from '../engine/db/open.ts';
import type { PlatformId } from '../contract/models.ts';
import type { ClaimRecord, ClaimStatus } from './records.ts';

interface Row {
  readonly platform: PlatformId;
  readonly store: string;
  readonly conversation: string;
  readonly text: string | null;
  readonly remote_id: string | null;
  readonly status: ClaimStatus | null;
}

/** A message the engine took: with what it was enqueued. */
export interface Enqueued {
  readonly seq: number;
  readonly clientId: string;
  readonly conversationId: number;
  readonly text: string;
}

/** What the database says of each, in the order enqueued. No engine may have it open. */
export function claimsOf(database: string, enqueued: readonly Enqueued[]): ClaimRecord[] {
  const db = openDatabase(database);
  try {
    const byClientId = db.prepare<[string], Row>(
      `SELECT s.platform, s.remote_id AS store, c.remote_id AS conversation, m.text, m.remote_id, m.status
       FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN stores s ON s.id = m.store_id
       WHERE m.client_id = ?`,
    );
    const place = db.prepare<[number], Pick<Row, 'platform' | 'store' | 'conversation'>>(
      `SELECT s.platform, s.remote_id AS store, c.remote_id AS conversation
       FROM conversations c JOIN stores s ON s.id = c.store_id WHERE c.id = ?`,
    );
    return [...enqueued]
      .sort((a, b) => a.seq - b.seq)
      .map(({ seq, clientId, conversationId, text }): ClaimRecord => {
        const row = byClientId.get(clientId);
        const where = place.get(conversationId) ?? { platform: 'shopee', store: '', conversation: '' };
        // The words it was given count: one that says "sent" of other words has lost these.
        const isKept = row !== undefined && row.text === text && row.status !== null;
        const status = isKept ? row.status : 'vanished';
        return { seq, ...where, text, remoteId: row?.remote_id ?? null, status };
      });
  } finally {
    db.close();
  }
}
