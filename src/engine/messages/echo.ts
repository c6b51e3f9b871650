import type { SendReceipt } from '../../channels/channel.ts';
import type { Db } from '../db/database.ts';
import type { Search } from '../search/search.ts';
import {
  prepareIngest,
  prepareOwnMessages,
  prepareThread,
  type ContentColumns,
  type MessageRow,
  type UnnamedRow,
} from './queries.ts';
import { likeness } from './same-content.ts';
import { padSequence } from './sort-key.ts';

/** Platforms count in whole seconds, and clocks differ a little after the skew was taken out. */
const EARLY_MS = 5_000;
/** A request may hang this long before the platform accepts it; its settle time comes on top. */
const HANGING_MS = 60_000;

/** A shop-side message as the platform shows it. */
export interface Echo {
  readonly remoteId: string;
  readonly at: number;
  readonly sortSeq: string;
  readonly content: ContentColumns;
}

/** Brings an own message and the platform's copy of it together in one row, whichever is known first. */
export interface Echoes {
  /** Gives the echo to the oldest attempt it can belong to; answers that message, or null: it is somebody else's. */
  adopt(conversationId: number, settleMs: number, echo: Echo): number | null;
  /** The platform accepted message `id`. The answer is surer than any match by content made before it. */
  accept(id: number, receipt: SendReceipt, now: number): void;
  /** The platform surely did not take message `id`: an echo it adopted was another person's. */
  release(id: number, now: number): void;
}

export function createEchoes(db: Db, search: Search): Echoes {
  const ingest = prepareIngest(db);
  const own = prepareOwnMessages(db);
  const { byId } = prepareThread(db);
  const giveUp = createGiveUp(db, search);
  const takeFrom = createTakeFrom(db, search, giveUp);

  return {
    adopt: (conversationId, settleMs, echo) => {
      if (own.hasUnnamed.get(conversationId) === undefined) return null;
      const attempt = own.unnamed.all(conversationId).find((row) => isEchoOf(row, settleMs, echo));
      if (attempt === undefined) return null;
      const { remoteId, at, sortSeq } = echo;
      own.setSent.run({ id: attempt.id, remoteId, at, sortSeq });
      // An attempt in flight keeps its job: its answer is still to come.
      if (attempt.outbox_state !== 'sending') own.dropJob.run(attempt.id);
      // It was sent by a Counterdesk whose data is no longer there: here it never went.
      if (attempt.recovered === 1 && attempt.text !== null) search.index('message', attempt.id, attempt.text);
      return attempt.id;
    },
    accept: (id, { remoteId, at, sequence }, now) => {
      const row = byId.get(id);
      if (row === undefined) return;
      const sortSeq = padSequence(sequence);
      if (row.remote_id === remoteId) {
        own.setSent.run({ id, remoteId, at: row.at, sortSeq: row.sort_seq === '' ? sortSeq : row.sort_seq });
        return;
      }
      const holderId = ingest.idOf.get(row.store_id, row.connection, remoteId);
      const holder = holderId === undefined ? undefined : byId.get(holderId);
      if (holder === undefined) giveUp(row, now);
      else takeFrom(holder, row, now);
      own.setSent.run({ id, remoteId, at: holder?.at ?? at ?? now, sortSeq: holder?.sort_seq ?? sortSeq });
    },
    release: (id, now) => {
      const row = byId.get(id);
      if (row !== undefined) giveUp(row, now);
    },
  };
}

function isEchoOf(row: UnnamedRow, settleMs: number, echo: Echo): boolean {
  const isOpen = row.status === 'sending' || row.recovered === 1;
  const isInTime =
    echo.at >= row.after_at - EARLY_MS &&
    echo.at >= row.attempt_at - EARLY_MS &&
    (isOpen || echo.at <= row.attempt_at + HANGING_MS + settleMs);
  return isInTime && likeness(row, echo.content) === 'same';
}

type GiveUp = (row: MessageRow, now: number) => void;

/** The platform's message an own one had adopted becomes a row of its own: somebody else wrote it. */
function createGiveUp(db: Db, search: Search): GiveUp {
  const ingest = prepareIngest(db);
  const own = prepareOwnMessages(db);
  return (row, now) => {
    if (row.remote_id === null) return;
    own.setRemote.run({ id: row.id, remoteId: null, at: row.at, sortSeq: row.sort_seq });
    const { lastInsertRowid } = ingest.insert.run({
      conversationId: row.conversation_id,
      storeId: row.store_id,
      connection: row.connection,
      remoteId: row.remote_id,
      author: 'elsewhere',
      kind: row.kind,
      at: row.at,
      sortSeq: row.sort_seq,
      text: row.text,
      mediaId: row.media_id,
      card: row.card,
      typeLabel: null,
      recalled: 0,
      visible: 1,
      notice: null,
      raw: null,
      now,
    });
    if (row.text !== null) search.index('message', Number(lastInsertRowid), row.text);
  };
}

/** Frees the remote id that `holder` has for `row`, whose answer names it. */
function createTakeFrom(db: Db, search: Search, giveUp: GiveUp) {
  const own = prepareOwnMessages(db);
  return (holder: MessageRow, row: MessageRow, now: number): void => {
    if (holder.client_id === null) {
      own.remove.run(holder.id);
      search.remove('message', holder.id);
      giveUp(row, now);
      return;
    }
    // Two equal texts of ours: the older one had adopted the younger one's echo.
    own.setRemote.run({ id: holder.id, remoteId: null, at: holder.at, sortSeq: holder.sort_seq });
    if (row.remote_id === null) {
      own.setPending.run({ id: holder.id, status: 'unconfirmed', error: null });
      own.restoreJob.run({ id: holder.id, now });
      return;
    }
    own.setRemote.run({ id: row.id, remoteId: null, at: row.at, sortSeq: row.sort_seq });
    own.setSent.run({ id: holder.id, remoteId: row.remote_id, at: row.at, sortSeq: row.sort_seq });
  };
}
