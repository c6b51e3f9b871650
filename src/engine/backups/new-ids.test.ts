import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fillDesk, writeOwn } from '../../testing/full-desk.ts';
import { migrationsDir, tempDb } from '../../testing/temp-engine.ts';
import { nextConversationId } from '../conversations/directory-queries.ts';
import type { Db } from '../db/database.ts';
import { applyMigrations } from '../db/migrate.ts';
import { readMigrations } from '../db/migrations-folder.ts';
import { openDatabase } from '../db/open.ts';
import { giveNewIds } from './new-ids.ts';

let temp: ReturnType<typeof tempDb>;
let path: string;
let old: Db;
beforeEach(() => {
  temp = tempDb();
  path = join(temp.dataDir, 'old.db');
  old = openDatabase(path);
  applyMigrations(old, readMigrations(migrationsDir), () => 0);
});
afterEach(() => {
  if (old.open) old.close();
  temp.close();
});

const reserve = (now: number): void => {
  if (old.open) old.close();
  temp.db.transaction(() => giveNewIds(temp.db, path, now)).immediate();
};
const nextConversation = (): unknown => temp.db.prepare(`SELECT ${nextConversationId} AS id`).get();
const nextMessage = (): unknown => {
  writeOwn(temp.db, `text ${Math.random()}`);
  return temp.db.prepare('SELECT max(id) AS id FROM messages').get();
};

test('ids go on after the highest one given in either file', () => {
  fillDesk(temp.db);
  fillDesk(old);
  old.exec(
    `INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, created_at)
       VALUES (5000, 1, 'api', 'c5000', 1, 0);
     UPDATE sqlite_sequence SET seq = 9000 WHERE name = 'messages'`,
  );
  reserve(1000);
  expect(nextConversation()).toEqual({ id: 9001 });
  expect(nextMessage()).toEqual({ id: 9001 });
});

test('so they do when the other file can not be read, and where nothing was ever written here', () => {
  old.close();
  path = join(temp.dataDir, 'none.db');
  reserve(1_700_000_000_000);
  expect(nextConversation()).toEqual({ id: 1_700_000_001 });
  fillDesk(temp.db);
  expect(temp.db.prepare('SELECT min(id) AS id FROM messages').get()).toEqual({ id: 1_700_000_001 });
});

test('going back twice to the same moment gives neither the ids of before nor those of between', () => {
  fillDesk(old);
  old.exec("INSERT INTO engine_state VALUES ('ids-after', '7000')");
  reserve(1000);
  expect(nextConversation()).toEqual({ id: 7001 });
});
