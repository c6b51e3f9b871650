import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fillDesk, writeDraft, writeOwn } from '../../testing/full-desk.ts';
import { migrationsDir, tempDb } from '../../testing/temp-engine.ts';
import type { Db } from '../db/database.ts';
import { applyMigrations } from '../db/migrate.ts';
import { readMigrations } from '../db/migrations-folder.ts';
import { openDatabase } from '../db/open.ts';
import { salvage, type Salvaged } from './salvage.ts';

let temp: ReturnType<typeof tempDb>;
let path: string;
/** The database that was replaced. */
let old: Db;

beforeEach(() => {
  temp = tempDb();
  fillDesk(temp.db);
  path = join(temp.dataDir, 'old.db');
  old = openDatabase(path);
  applyMigrations(old, readMigrations(migrationsDir), () => 0);
  fillDesk(old);
});
afterEach(() => {
  if (old.open) old.close();
  temp.close();
});

function bringOver(): Salvaged {
  old.close();
  return temp.db.transaction(() => salvage(temp.db, path)).immediate();
}
const own = (): unknown[] =>
  temp.db
    .prepare(
      `SELECT c.remote_id AS conversation, b.name AS buyer, m.text FROM outbox o JOIN messages m ON m.id = o.message_id
       JOIN conversations c ON c.id = o.conversation_id JOIN buyers b ON b.id = c.buyer_id ORDER BY m.id`,
    )
    .all();
/** A table that holds anything, as a damaged one does. */
function loosen(table: string): void {
  old.pragma('foreign_keys = OFF');
  old.exec(
    `CREATE TABLE loose AS SELECT * FROM ${table}; DROP TABLE ${table}; ALTER TABLE loose RENAME TO ${table}`,
  );
}

test('a row whose values can not be those of a message stays where it is, and keeps no other from coming', () => {
  for (const text of ['one', 'two', 'three', 'four', 'five']) writeOwn(old, text);
  loosen('messages');
  loosen('outbox');
  const change = (text: string, set: string): void =>
    void old.exec(`UPDATE messages SET ${set} WHERE text = '${text}'`);
  change('one', `at = 3.25, created_at = 'then'`);
  change('two', `kind = 'te'`);
  change('three', `at = 9e18`);
  old.exec(
    `UPDATE outbox SET attempts = 1.5, waiting_since = 'x' WHERE message_id = (SELECT id FROM messages WHERE text = 'four')`,
  );
  expect(bringOver().messages).toBe(own().length);
  expect(own()).toEqual(
    expect.arrayContaining([
      { conversation: 'c1', buyer: 'Mai', text: 'four' },
      { conversation: 'c1', buyer: 'Mai', text: 'five' },
    ]),
  );
  expect(
    temp.db.prepare("SELECT 1 FROM messages WHERE kind = 'te' OR at > 8.64e15 AND remote_id IS NULL").all(),
  ).toEqual([]);
});

test('what the platform has, or a person said to have arrived, is not put back as unsent', () => {
  for (const text of ['named', 'arrived', 'sending', 'failed', 'unconfirmed', 'queued']) writeOwn(old, text);
  const change = (text: string, set: string): void =>
    void old.exec(`UPDATE messages SET ${set} WHERE text = '${text}'`);
  change('named', "status = 'sending', remote_id = 'r1'");
  change('arrived', "status = 'sent'");
  for (const status of ['sending', 'failed', 'unconfirmed']) change(status, `status = '${status}'`);
  // One whose job can't be found is found by itself.
  old.exec("DELETE FROM outbox WHERE message_id = (SELECT id FROM messages WHERE text = 'failed')");
  bringOver();
  expect(own().map((row) => (row as { text: string }).text)).toEqual([
    'sending',
    'failed',
    'unconfirmed',
    'queued',
  ]);
});

test('drafts and sign-ins of the wrong type stay where they are', () => {
  writeDraft(old, 'good', 9, 2);
  writeDraft(old, 'bad', 9, 3);
  old.exec("INSERT INTO secrets VALUES ('store:1:tokens', x'00', 7)");
  loosen('drafts');
  loosen('secrets');
  loosen('stores');
  old.exec("UPDATE drafts SET saved_at = 2.5 WHERE text = 'bad'; UPDATE secrets SET updated_at = 7.5");
  old.exec('UPDATE stores SET access_expires_at = 0.5');
  expect(bringOver()).toMatchObject({ messages: 0, drafts: 1 });
  expect(temp.db.prepare('SELECT text FROM drafts').all()).toEqual([{ text: 'good' }]);
  expect(temp.db.prepare('SELECT * FROM secrets').all()).toEqual([]);
});

test('what was written to a buyer who came since the backup comes with the conversation', () => {
  old.exec("INSERT INTO buyers (id, store_id, remote_id, name) VALUES (99, 1, 'b99', 'Newcomer')");
  old.exec(
    `INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, listed_mark, read_to_mark, read_to_at, created_at)
     VALUES (99, 1, 'api', 'c99', 99, 'm', 'm', 77, 5)`,
  );
  writeOwn(old, 'to the newcomer', 99);
  writeDraft(old, 'and a draft', 9, 99);
  expect(bringOver()).toMatchObject({ messages: 1, drafts: 1 });
  expect(own()).toEqual([{ conversation: 'c99', buyer: 'Newcomer', text: 'to the newcomer' }]);
  // Nothing of it counts as read: all of it comes again from the platform.
  expect(
    temp.db
      .prepare("SELECT listed_mark, read_to_mark, read_to_at FROM conversations WHERE remote_id = 'c99'")
      .get(),
  ).toEqual({ listed_mark: null, read_to_mark: null, read_to_at: 0 });
  expect(temp.db.prepare('SELECT count(*) AS n FROM conversations').get()).toEqual({ n: 41 });
});

test('sign-ins renewed since come over, older ones do not, nor those of another store', () => {
  old.exec("INSERT INTO secrets VALUES ('store:1:tokens', x'01', 7)");
  temp.db.exec("INSERT INTO secrets VALUES ('store:1:tokens', x'02', 6)");
  old.exec('UPDATE stores SET access_expires_at = 70, refresh_expires_at = 700');
  bringOver();
  const secret = (): unknown =>
    temp.db.prepare('SELECT hex(sealed) AS sealed, updated_at FROM secrets').get();
  expect(secret()).toEqual({ sealed: '01', updated_at: 7 });
  expect(temp.db.prepare('SELECT access_expires_at AS a, refresh_expires_at AS r FROM stores').get()).toEqual(
    { a: 70, r: 700 },
  );
  old = openDatabase(path);
  old.exec("UPDATE secrets SET sealed = x'03', updated_at = 7");
  bringOver();
  expect(secret()).toEqual({ sealed: '01', updated_at: 7 });
  old = openDatabase(path);
  old.exec("UPDATE secrets SET sealed = x'04', updated_at = 9; UPDATE stores SET remote_id = 'another'");
  bringOver();
  expect(secret()).toEqual({ sealed: '01', updated_at: 7 });
});

describe('proxies', () => {
  const add = (db: Db, id: number, host: string, more = ''): void =>
    void db.exec(
      `INSERT INTO proxies (id, protocol, host, port, has_password, created_at) VALUES (${id}, 'socks5', '${host}', 80, 1, 5);
       INSERT INTO secrets VALUES ('proxy:${id}:password', x'0${id}', 7); ${more}`,
    );
  const bind = (db: Db, id: number | null): void =>
    void db.prepare('UPDATE accounts SET proxy_id = ?').run(id);
  const stores = (): unknown => temp.db.prepare('SELECT count(*) FROM stores').pluck().get();
  const way = (): unknown =>
    temp.db
      .prepare(
        `SELECT p.host, p.disabled, hex(s.sealed) AS sealed FROM accounts a LEFT JOIN proxies p ON p.id = a.proxy_id
         LEFT JOIN secrets s ON s.name = 'proxy:' || p.id || ':password'`,
      )
      .get();

  test('an account that was bound since the backup stays bound, and opens what is sealed of it', () => {
    add(old, 3, 'a.test', "UPDATE proxies SET expires_at = 99, name = 'Mine'");
    bind(old, 3);
    bringOver();
    expect(way()).toEqual({ host: 'a.test', disabled: 0, sealed: '03' });
    expect(temp.db.prepare('SELECT expires_at, name FROM proxies').all()).toEqual([
      { expires_at: 99, name: 'Mine' },
    ]);
  });

  test('what was changed or taken away since is so here too, twice as well as once', () => {
    add(temp.db, 3, 'a.test');
    add(temp.db, 4, 'b.test');
    bind(temp.db, 4);
    add(old, 3, 'a.test', "UPDATE secrets SET sealed = x'09', updated_at = 8");
    add(old, 4, 'b.test', 'UPDATE proxies SET disabled = 1 WHERE id = 4');
    bind(old, 3);
    bringOver();
    old = openDatabase(path);
    bringOver();
    expect(way()).toEqual({ host: 'a.test', disabled: 0, sealed: '09' });
    expect(temp.db.prepare('SELECT id, disabled FROM proxies').all()).toEqual([
      { id: 3, disabled: 0 },
      { id: 4, disabled: 1 },
    ]);
    old = openDatabase(path);
    bind(old, null);
    bringOver();
    expect(way()).toEqual({ host: null, disabled: null, sealed: '' });
  });

  test('one that has another number here keeps what is sealed here', () => {
    add(temp.db, 3, 'other.test');
    add(old, 3, 'a.test');
    bind(old, 3);
    bringOver();
    expect(way()).toEqual({ host: 'a.test', disabled: 0, sealed: '' });
  });

  test('one that can not be read lets nobody out directly: one that is turned off stands for it', () => {
    add(old, 3, 'a.test');
    bind(old, 3);
    loosen('proxies');
    old.exec('UPDATE proxies SET port = 99999');
    bringOver();
    expect(way()).toMatchObject({ host: 'lost-3.invalid', disabled: 1 });
  });

  test('where nothing can be read of who was bound, nobody without a proxy leaves, and that is counted', () => {
    add(temp.db, 3, 'a.test', 'UPDATE proxies SET budget = 7');
    old.close();
    writeFileSync(path, 'no database at all');
    expect(bringOver().stoppedStores).toBe(stores());
    expect(way()).toMatchObject({ host: 'lost-0.invalid', disabled: 1 });
  });

  test('of an account that can be read nothing is doubted, nor of any where there were never proxies', () => {
    add(old, 3, 'a.test', 'UPDATE proxies SET budget = 7');
    expect(bringOver().stoppedStores).toBe(0);
    expect(way()).toMatchObject({ host: null });
    expect(temp.db.prepare('SELECT budget FROM proxies').pluck().all()).toEqual([7]);
    temp.db.exec('DELETE FROM proxies');
    writeFileSync(path, 'no database at all');
    expect(bringOver().stoppedStores).toBe(0);
    expect(way()).toMatchObject({ host: null });
  });

  test('an account whose way is no way waits', () => {
    add(old, 3, 'a.test');
    loosen('accounts');
    old.exec("UPDATE accounts SET proxy_id = 'three'");
    expect(bringOver().stoppedStores).toBe(stores());
    expect(way()).toMatchObject({ host: 'lost-0.invalid' });
  });

  test('a database from before there were proxies says nothing of them', () => {
    add(temp.db, 3, 'a.test');
    bind(temp.db, 3);
    old.exec('DROP INDEX accounts_by_proxy; ALTER TABLE accounts DROP COLUMN proxy_id');
    bringOver();
    expect(way()).toMatchObject({ host: 'a.test' });
  });
});

describe('pictures and cards', () => {
  const HASH = 'ab'.repeat(32);
  const uploaded = { reference: 'r', url: 'https://p/x', width: 1, height: 1 };
  const writePicture = (content: unknown = { kind: 'image', mediaId: 7, uploaded }): void => {
    writeOwn(old, 'picture');
    old.exec(
      `INSERT INTO media (id, store_id, url, state, hash, type, bytes, width, height)
         VALUES (7, 1, 'own:id-picture', 'ready', '${HASH}', 'image/png', 5, 1, 1);
       UPDATE messages SET kind = 'image', text = NULL, media_id = 7 WHERE client_id = 'id-picture'`,
    );
    old.prepare('UPDATE outbox SET content = ?').run(content === null ? null : JSON.stringify(content));
  };
  const sends = (): unknown[] =>
    temp.db
      .prepare<[], { content: string }>('SELECT content FROM outbox')
      .all()
      .map(({ content }) => JSON.parse(content) as unknown);
  const pictureOf = (): unknown =>
    temp.db
      .prepare(
        `SELECT media.hash, media.id = json_extract(o.content, '$.mediaId') AS same FROM outbox o
         JOIN messages m ON m.id = o.message_id JOIN media ON media.id = m.media_id`,
      )
      .get();
  /** Another picture bears the number here that it had there. */
  const takeNumber = (): void =>
    void temp.db.exec(
      `INSERT INTO media (id, store_id, url, state, hash, type, bytes, width, height)
       VALUES (7, 1, 'https://p/of-another-buyer', 'ready', 'another', 'image/png', 5, 1, 1)`,
    );

  test('what a picture sends is that picture, whatever number it has here', () => {
    takeNumber();
    writePicture();
    expect(bringOver().messages).toBe(1);
    expect(pictureOf()).toEqual({ hash: HASH, same: 1 });
    expect(sends()).toMatchObject([{ kind: 'image', uploaded }]);
  });

  test('of one whose job is broken the picture is sent anew', () => {
    takeNumber();
    writePicture(null);
    expect(bringOver().messages).toBe(1);
    expect(pictureOf()).toEqual({ hash: HASH, same: 1 });
    expect(sends()).toMatchObject([{ kind: 'image', uploaded: null }]);
  });

  test('one whose picture is not known any more stays where it is', () => {
    takeNumber();
    writePicture();
    old.exec("UPDATE media SET hash = '../key' WHERE id = 7");
    const count = 'SELECT count(*) AS n FROM conversations';
    old.exec("UPDATE conversations SET remote_id = 'since the backup' WHERE id = 1");
    const before = temp.db.prepare(count).get();
    expect(bringOver().messages).toBe(0);
    expect(sends()).toEqual([]);
    expect(temp.db.prepare(count).get()).toEqual(before);
  });

  test('a card sends what it sent; one of which that is not known stays where it is', () => {
    for (const text of ['known', 'lost', 'other']) writeOwn(old, text);
    old.exec(
      `UPDATE messages SET kind = 'order', card = '{"title":"t","reference":"o1"}'`.concat(
        " WHERE client_id LIKE 'id-%'",
      ),
    );
    const set = old.prepare(
      'UPDATE outbox SET content = ? WHERE message_id = (SELECT id FROM messages WHERE client_id = ?)',
    );
    set.run('{"kind":"order","reference":"o1","code":null}', 'id-known');
    set.run('{"kind":"image","mediaId":7,"uploaded":null}', 'id-other');
    expect(bringOver().messages).toBe(1);
    expect(sends()).toEqual([{ kind: 'order', reference: 'o1', code: null }]);
  });
});
