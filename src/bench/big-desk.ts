import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemClock } from '../base/system-clock.ts';
import type { Db } from '../engine/db/database.ts';
import { applyMigrations, pendingMigrations } from '../engine/db/migrate.ts';
import { readMigrations } from '../engine/db/migrations-folder.ts';
import { openDatabase } from '../engine/db/open.ts';
import { dataPaths } from '../engine/paths.ts';
import { migrationsDir } from '../testing/temp-engine.ts';

/** How large a made-up history is. */
export interface DeskSize {
  readonly conversations: number;
  readonly messagesEach: number;
}

/**
 * Fills a data folder with six stores and a history of this size, by plain SQL: what is measured is reading it.
 * Every third conversation waits for a reply. Texts are of ordinary length and not indexed for search.
 */
export function fillDesk(dataDir: string, { conversations, messagesEach }: DeskSize): void {
  const path = dataPaths(dataDir).database;
  mkdirSync(dirname(path), { recursive: true });
  const db = openDatabase(path);
  applyMigrations(db, pendingMigrations(db, readMigrations(migrationsDir)), () => 0);
  addStores(db);
  db.exec(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${conversations})
    INSERT INTO buyers (id, store_id, remote_id, name) SELECT i, 1 + i % 6, 'b' || i, 'Buyer ' || i FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${conversations})
    INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, state, waiting_since, unread,
                               last_at, last_message_id, history_complete, created_at)
      SELECT i, 1 + i % 6, 'api', 'c' || i, i, iif(i % 3 = 0, 'needs-reply', 'waiting'),
             iif(i % 3 = 0, 1750000000000 + i * 1000, NULL), i % 3 = 0, 1760000000000 + i * 1000,
             i * ${messagesEach}, 1, 0 FROM n;
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${conversations * messagesEach - 1})
    INSERT INTO messages (id, conversation_id, store_id, connection, remote_id, author, kind, at, sort_at, text,
                          status, created_at)
      SELECT i + 1, 1 + i / ${messagesEach}, 1 + (1 + i / ${messagesEach}) % 6, 'api', 'm' || i,
             iif(i % 2 = 0, 'elsewhere', 'buyer'), 'text', 1740000000000 + i * 1000, 1740000000000 + i * 1000,
             'Kak, barang saya belum sampai padahal sudah ' || i || ' hari. Mohon dicek ya.', NULL, 0 FROM n;`);
  db.close();
}

function addStores(db: Db): void {
  const now = systemClock.now();
  db.exec(`
    INSERT INTO environments (id, key, name) VALUES (1, 'bench', 'Bench');
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6)
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
      SELECT i, 1, 'shopee', 'a' || i, 'Account ' || i, 'k' || i, ${now} FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6)
    INSERT INTO stores (id, account_id, platform, site, remote_id, name, created_at)
      SELECT i, i, 'shopee', 'SG', 's' || i, 'Store ' || i, ${now} FROM n;`);
}
