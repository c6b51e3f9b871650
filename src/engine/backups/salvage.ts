import type { Touched } from '../conversations/commit.ts';
import { createLedger } from '../conversations/ledger.ts';
import type { Db } from '../db/database.ts';
import { openDamaged, type DamagedDatabase } from '../db/open-damaged.ts';
import { prepareSalvage } from './salvage-queries.ts';

type Row = Readonly<Record<string, unknown>>;

/** What was put back. */
export interface Salvaged {
  readonly messages: number;
  readonly drafts: number;
}

/**
 * Puts back what only this machine knew: own messages that were not surely sent, drafts, and sign-ins newer than the
 * backup's (a platform may take a refresh token only once). Read row by row from the replaced database, which may be
 * broken anywhere; what can't be read stays there. Doing it twice does no more than doing it once. Inside a transaction.
 */
export function salvage(db: Db, path: string): Salvaged {
  const old = openDamaged(path);
  if (old === null) return { messages: 0, drafts: 0 };
  try {
    const places = createPlaces(db, old);
    putBackSecrets(db, old);
    return { messages: putBackMessages(db, old, places), drafts: putBackDrafts(db, old, places) };
  } finally {
    old.close();
  }
}

interface Place {
  readonly id: number;
  readonly store_id: number;
}
type Places = (conversationId: number) => Place | undefined;

/** Where a conversation of the old database is in this one, by what the platform calls store and conversation. */
function createPlaces(db: Db, old: DamagedDatabase): Places {
  const queries = prepareSalvage(db);
  return (conversationId) => {
    const [conversation] = old.rows('SELECT * FROM conversations WHERE id = ?', conversationId);
    const [store] = old.rows('SELECT * FROM stores WHERE id = ?', conversation?.['store_id'] ?? 0);
    if (conversation === undefined || store === undefined) return undefined;
    return queries.conversation.get(
      text(store['platform']),
      text(store['site']),
      text(store['remote_id']),
      text(conversation['connection']),
      text(conversation['remote_id']),
    );
  };
}

function putBackMessages(db: Db, old: DamagedDatabase, places: Places): number {
  const queries = prepareSalvage(db);
  const ledger = createLedger(db);
  const unsent = `client_id IS NOT NULL AND remote_id IS NULL AND status IN ('queued', 'sending', 'failed', 'unconfirmed')`;
  // Found by their jobs and by themselves: one of the two may be broken.
  const ids = new Set([
    ...old.rows('SELECT message_id AS id FROM outbox').map(({ id }) => Number(id)),
    ...old.rows('SELECT message_id AS id FROM outbox ORDER BY id DESC').map(({ id }) => Number(id)),
    ...old.rows(`SELECT id FROM messages WHERE ${unsent}`).map(({ id }) => Number(id)),
  ]);
  let saved = 0;
  // In the order in which they were written: so they stand in their threads.
  for (const id of [...ids].sort((a, b) => a - b)) {
    const [message] = old.rows(`SELECT * FROM messages WHERE id = ? AND ${unsent}`, id);
    const clientId = text(message?.['client_id']);
    if (message === undefined || queries.isKnown.get(clientId) !== undefined) continue;
    const place = places(Number(message['conversation_id']));
    if (place === undefined) continue;
    const [job] = old.rows('SELECT * FROM outbox WHERE message_id = ?', id);
    ledger.change(place.id, untold(), () => putBack(db, old, place, message, job ?? {}));
    saved += 1;
  }
  return saved;
}

function putBack(db: Db, old: DamagedDatabase, place: Place, message: Row, job: Row): void {
  const queries = prepareSalvage(db);
  const at = number(message['at']) ?? 0;
  const createdAt = number(message['created_at']) ?? at;
  const own = { conversationId: place.id, storeId: place.store_id };
  const { lastInsertRowid } = queries.insertMessage.run({
    ...own,
    connection: text(message['connection']),
    clientId: text(message['client_id']),
    kind: text(message['kind']),
    at,
    text: textOrNull(message['text']),
    mediaId: putBackPicture(db, old, place.store_id, number(message['media_id'])),
    card: textOrNull(message['card']),
    createdAt,
  });
  queries.insertJob.run({
    ...own,
    messageId: Number(lastInsertRowid),
    attempts: number(job['attempts']) ?? 0,
    attemptStartedAt: number(job['attempt_started_at']),
    createdAt: number(job['created_at']) ?? createdAt,
    content: textOrNull(job['content']),
    writtenAfterAt: number(job['written_after_at']) ?? 0,
    attemptAfterAt: number(job['attempt_after_at']) ?? 0,
    waitingSince: number(job['waiting_since']) ?? createdAt,
  });
}

/** The row that names the file of an own picture; the file itself lies in the media folder and was not replaced. */
function putBackPicture(
  db: Db,
  old: DamagedDatabase,
  storeId: number,
  mediaId: number | null,
): number | null {
  const queries = prepareSalvage(db);
  if (mediaId === null) return null;
  const [row] = old.rows('SELECT * FROM media WHERE id = ?', mediaId);
  const url = textOrNull(row?.['url']);
  const hash = textOrNull(row?.['hash']);
  if (row === undefined || url === null || hash === null) return null;
  const known = queries.media.get(storeId, url);
  if (known !== undefined) return known;
  const size = { bytes: number(row['bytes']), width: number(row['width']), height: number(row['height']) };
  return Number(
    queries.insertMedia.run({ storeId, url, hash, type: textOrNull(row['type']), ...size }).lastInsertRowid,
  );
}

function putBackDrafts(db: Db, old: DamagedDatabase, places: Places): number {
  const queries = prepareSalvage(db);
  let saved = 0;
  for (const draft of old.rows('SELECT * FROM drafts')) {
    const place = places(Number(draft['conversation_id']));
    const savedAt = number(draft['saved_at']);
    const words = textOrNull(draft['text']);
    if (place === undefined || savedAt === null || words === null) continue;
    if (savedAt <= (queries.draftSavedAt.get(place.id) ?? -1)) continue;
    const begunAt = number(draft['begun_at']) ?? savedAt;
    queries.saveDraft.run({ conversationId: place.id, text: words, savedAt, begunAt });
    saved += 1;
  }
  return saved;
}

/** Sealed as they are, and by their names: only of stores that bear the same number in both. */
function putBackSecrets(db: Db, old: DamagedDatabase): void {
  const queries = prepareSalvage(db);
  for (const store of old.rows('SELECT * FROM stores')) {
    const id = Number(store['id']);
    const names = [text(store['platform']), text(store['site']), text(store['remote_id'])] as const;
    if (queries.store.get(...names) !== id) continue;
    const name = `store:${id}:tokens`;
    const [secret] = old.rows('SELECT * FROM secrets WHERE name = ?', name);
    const sealed = secret?.['sealed'];
    const updatedAt = number(secret?.['updated_at']);
    if (!(sealed instanceof Uint8Array) || updatedAt === null) continue;
    if (updatedAt <= (queries.secretAt.get(name) ?? -1)) continue;
    queries.saveSecret.run(name, sealed, updatedAt);
    queries.saveExpiry.run(number(store['access_expires_at']), number(store['refresh_expires_at']), id);
  }
}

/** No page is connected yet. */
function untold(): Touched {
  return {
    conversations: new Set(),
    messages: new Set(),
    stores: new Set(),
    drafts: new Set(),
    outbox: new Set(),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
