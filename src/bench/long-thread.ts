import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../engine/db/open.ts';
import { dataPaths } from '../engine/paths.ts';
import { drawPng } from '../sandbox/media/png.ts';
import type { DeskSize } from './big-desk.ts';
import { messageText, pictureOf } from './rows.ts';

const LAST_AT = 1_790_000_000_000;
const PICTURES = 20;

/**
 * Makes the last conversation of a filled desk, and the first of its list, one of `length` messages of mixed heights. Every
 * twelfth is a picture that the media folder holds; of every second one the size is not known before it is there.
 */
export function fillThread(dataDir: string, size: DeskSize, length: number): { readonly id: number } {
  const { database, media } = dataPaths(dataDir);
  mkdirSync(media, { recursive: true });
  const db = openDatabase(database);
  const id = size.conversations;
  const storeId = 1 + (id % 6);
  const addMedia = db.prepare(
    `INSERT INTO media (id, store_id, url, state, hash, type, bytes, width, height)
     VALUES (?, ?, ?, 'ready', ?, 'image/png', ?, ?, ?)`,
  );
  const addMessage = db.prepare(
    `INSERT INTO messages (conversation_id, store_id, connection, remote_id, author, kind, at, sort_at, text, media_id,
       created_at) VALUES (?, ?, 'api', ?, ?, ?, ?, ?, ?, ?, 0)`,
  );
  const fill = db.transaction(() => {
    for (let index = 0; index < PICTURES; index += 1) {
      const { width, height } = pictureOf(5 + 12 * index) ?? { width: 1, height: 1 };
      const bytes = drawPng(index, width, height);
      const hash = createHash('sha256').update(bytes).digest('hex');
      writeFileSync(join(media, hash), bytes);
      const known = index % 2 === 0;
      addMedia.run(
        1 + index,
        storeId,
        `p${index}`,
        hash,
        bytes.length,
        known ? width : null,
        known ? height : null,
      );
    }
    db.exec(`DELETE FROM messages WHERE conversation_id = ${id}`);
    for (let index = 0; index < length; index += 1) {
      const picture = pictureOf(index) !== null;
      const at = LAST_AT - (length - index) * 60_000;
      const author = index % 3 === 0 ? 'elsewhere' : 'buyer';
      const mediaId = picture ? 1 + (((index - 5) / 12) % PICTURES) : null;
      const kind = picture ? 'image' : 'text';
      addMessage.run(
        id,
        storeId,
        `long-${index}`,
        author,
        kind,
        at,
        at,
        picture ? null : messageText(index),
        mediaId,
      );
    }
    db.exec(`UPDATE conversations SET state = 'needs-reply', waiting_since = 1, last_at = ${LAST_AT - 60_000},
      last_message_id = (SELECT max(id) FROM messages WHERE conversation_id = ${id}) WHERE id = ${id}`);
  });
  fill.immediate();
  db.close();
  return { id };
}
