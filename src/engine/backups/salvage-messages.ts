import { untold } from '../conversations/commit.ts';
import { createLedger } from '../conversations/ledger.ts';
import type { Db } from '../db/database.ts';
import type { DamagedDatabase } from '../db/open-damaged.ts';
import { prepareMedia } from '../media/queries.ts';
import { contentHere } from './salvage-content.ts';
import type { Places } from './salvage-places.ts';
import { prepareSalvage, type Place } from './salvage-queries.ts';
import type { Try } from './salvage-try.ts';
import { number, text, textOrNull, time, type Row } from './salvage-values.ts';

/** A file's name in the media folder. */
const IS_HASH = /^[0-9a-f]{64}$/;

/** Puts back own messages that were not surely sent, with their jobs; answers how many. Inside a transaction. */
export function putBackMessages(db: Db, old: DamagedDatabase, places: Places, attempt: Try): number {
  const queries = prepareSalvage(db);
  const ledger = createLedger(db);
  const putBack = createPutBack(db, old);
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
    if (message === undefined || queries.isKnown.get(text(message['client_id'])) !== undefined) continue;
    const isBack = attempt(() => {
      const place = places(Number(message['conversation_id']));
      const [job] = old.rows('SELECT * FROM outbox WHERE message_id = ?', id);
      return (
        place !== undefined && ledger.change(place.id, untold(), () => putBack(place, message, job ?? {}))
      );
    });
    if (isBack) saved += 1;
  }
  return saved;
}

/** Puts one message back with its job; false where it is no longer known what it sends. */
function createPutBack(db: Db, old: DamagedDatabase): (place: Place, message: Row, job: Row) => boolean {
  const queries = prepareSalvage(db);
  const putBackPicture = createPutBackPicture(db, old);
  return (place, message, job) => {
    const words = { kind: text(message['kind']), text: textOrNull(message['text']) };
    const mediaId = putBackPicture(place.storeId, number(message['media_id']));
    const content = contentHere(words, textOrNull(job['content']), mediaId);
    if (content === undefined) return false;
    const writtenAt = time(message['created_at']) ?? time(message['at']) ?? 0;
    const own = { conversationId: place.id, storeId: place.storeId };
    const { lastInsertRowid } = queries.insertMessage.run({
      ...own,
      ...words,
      meant: textOrNull(message['meant']) ?? null,
      connection: text(message['connection']),
      clientId: text(message['client_id']),
      at: time(message['at']) ?? writtenAt,
      mediaId,
      card: textOrNull(message['card']),
      createdAt: writtenAt,
    });
    queries.insertJob.run({
      ...own,
      messageId: Number(lastInsertRowid),
      attempts: number(job['attempts']) ?? 0,
      attemptStartedAt: time(job['attempt_started_at']),
      createdAt: time(job['created_at']) ?? writtenAt,
      content,
      writtenAfterAt: time(job['written_after_at']) ?? 0,
      attemptAfterAt: time(job['attempt_after_at']) ?? 0,
      waitingSince: time(job['waiting_since']) ?? writtenAt,
    });
    return true;
  };
}

/** Puts back the row that names the file of an own picture; the file lies in the media folder and was not replaced. */
function createPutBackPicture(
  db: Db,
  old: DamagedDatabase,
): (storeId: number, mediaId: number | null) => number | null {
  const queries = prepareSalvage(db);
  const { setReady } = prepareMedia(db);
  return (storeId, mediaId) => {
    const [row] = mediaId === null ? [] : old.rows('SELECT * FROM media WHERE id = ?', mediaId);
    const [url, hash, type] = ['url', 'hash', 'type'].map((column) => textOrNull(row?.[column]));
    const [bytes, width, height] = ['bytes', 'width', 'height'].map((column) => number(row?.[column]));
    if (url == null || hash == null || !IS_HASH.test(hash) || type == null) return null;
    if (bytes == null || width == null || height == null) return null;
    const id =
      queries.media.get(storeId, url) ?? Number(queries.insertMedia.run(storeId, url).lastInsertRowid);
    setReady.run({ id, hash, type, bytes, width, height });
    return id;
  };
}
