import { openDatabase } from '../engine/db/open.ts';
import type { CardView, MessageKind, PlatformId } from '../contract/models.ts';
import { likenessOf, markOf, type Likeness, type SentContent } from './contents.ts';
import type { ClaimRecord, ClaimStatus } from './records.ts';

interface Row {
  readonly platform: PlatformId;
  readonly store: string;
  readonly conversation: string;
  readonly kind: MessageKind;
  readonly text: string | null;
  /** Of its picture. */
  readonly hash: string | null;
  /** JSON `CardView`. */
  readonly card: string | null;
  readonly remote_id: string | null;
  readonly status: ClaimStatus | null;
}

/** A message the engine took: with what it was enqueued. */
export interface Enqueued {
  readonly seq: number;
  readonly clientId: string;
  readonly conversationId: number;
  readonly content: SentContent;
}

/** What a row holds. */
function likenessOfRow({ kind, text, hash, card }: Row): Likeness {
  if (kind === 'text') return { kind, what: text ?? '' };
  if (kind === 'image') return { kind, what: hash ?? '' };
  const { reference } = JSON.parse(card ?? '{}') as Partial<CardView>;
  return { kind, what: reference ?? '' };
}

/** What the database says of each, in the order enqueued. No engine may have it open. */
export function claimsOf(database: string, enqueued: readonly Enqueued[]): ClaimRecord[] {
  const db = openDatabase(database);
  try {
    const byClientId = db.prepare<[string], Row>(
      `SELECT s.platform, s.remote_id AS store, c.remote_id AS conversation, m.kind, m.text, media.hash, m.card,
         m.remote_id, m.status
       FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN stores s ON s.id = m.store_id
         LEFT JOIN media ON media.id = m.media_id
       WHERE m.client_id = ?`,
    );
    const place = db.prepare<[number], Pick<Row, 'platform' | 'store' | 'conversation'>>(
      `SELECT s.platform, s.remote_id AS store, c.remote_id AS conversation
       FROM conversations c JOIN stores s ON s.id = c.store_id WHERE c.id = ?`,
    );
    return [...enqueued]
      .sort((a, b) => a.seq - b.seq)
      .map(({ seq, clientId, conversationId, content }): ClaimRecord => {
        const row = byClientId.get(clientId);
        const where = place.get(conversationId) ?? { platform: 'shopee', store: '', conversation: '' };
        const text = markOf(likenessOf(content), where.conversation);
        // What it was given counts: one that says "sent" of other words has lost these.
        const isKept =
          row !== undefined && markOf(likenessOfRow(row), where.conversation) === text && row.status !== null;
        const status = isKept ? row.status : 'vanished';
        return { seq, ...where, text, remoteId: row?.remote_id ?? null, status };
      });
  } finally {
    db.close();
  }
}
