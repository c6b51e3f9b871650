import type { Db } from '../db/database.ts';

/** The job of an own message, with what sending it needs. */
export interface JobRow {
  readonly message_id: number;
  readonly conversation_id: number;
  readonly store_id: number;
  readonly state: 'queued' | 'sending' | 'failed' | 'unconfirmed';
  readonly attempts: number;
  readonly attempt_started_at: number | null;
  readonly next_at: number;
  readonly text: string | null;
  /** Set when an echo was adopted while the attempt is in flight. */
  readonly remote_id: string | null;
}

const job = `SELECT o.message_id, o.conversation_id, o.store_id, o.state, o.attempts, o.attempt_started_at, o.next_at,
    m.text, m.remote_id
  FROM outbox o JOIN messages m ON m.id = o.message_id`;

/** Jobs. One a message; in a conversation they run in the order the messages were written. */
export function prepareOutbox(db: Db) {
  return {
    byMessage: db.prepare<[messageId: number], JobRow>(`${job} WHERE o.message_id = ?`),
    head: db.prepare<[conversationId: number], JobRow>(
      `${job} WHERE o.conversation_id = ? ORDER BY o.message_id LIMIT 1`,
    ),
    insert: db.prepare<[{ messageId: number; conversationId: number; storeId: number; now: number }]>(
      `INSERT INTO outbox (message_id, conversation_id, store_id, state, created_at)
       VALUES (@messageId, @conversationId, @storeId, 'queued', @now)`,
    ),
    begin: db.prepare<[startedAt: number, messageId: number]>(
      `UPDATE outbox SET state = 'sending', attempts = attempts + 1, attempt_started_at = ?
       WHERE message_id = ? AND state = 'queued'`,
    ),
    queue: db.prepare<[{ messageId: number; nextAt: number; attempts: number }]>(
      `UPDATE outbox SET state = 'queued', next_at = @nextAt, attempts = @attempts WHERE message_id = @messageId`,
    ),
    settle: db.prepare<[state: 'failed' | 'unconfirmed', messageId: number]>(
      'UPDATE outbox SET state = ? WHERE message_id = ?',
    ),
    conversations: db
      .prepare<[], number>('SELECT DISTINCT conversation_id FROM outbox ORDER BY conversation_id')
      .pluck(),
    inFlight: db.prepare<[], JobRow>(`${job} WHERE o.state = 'sending' ORDER BY o.message_id`),
    setStatus: db.prepare<[status: 'queued' | 'sending', error: string | null, messageId: number]>(
      'UPDATE messages SET status = ?, error = ? WHERE id = ?',
    ),
  };
}
