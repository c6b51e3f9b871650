import type { Db } from '../engine/db/database.ts';

const LONG = 'long words '.repeat(900);

/** One store with so much in it that the file has pages of every kind; conversation 1 is for what is own. */
export function fillDesk(db: Db): void {
  db.exec(`
    INSERT INTO environments (id, key, name) VALUES (1, 'e', 'e');
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
      VALUES (1, 1, 'shopee', 'a', 'a', 'ctx', 0);
    INSERT INTO stores (id, account_id, platform, site, remote_id, name, created_at)
      VALUES (1, 1, 'shopee', 'SG', 's1', 'Store', 0);
  `);
  const buyer = db.prepare("INSERT INTO buyers (id, store_id, remote_id, name) VALUES (?, 1, ?, 'Mai')");
  const conversation = db.prepare(
    "INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, created_at) VALUES (?, 1, 'api', ?, ?, 0)",
  );
  const message = db.prepare(
    `INSERT INTO messages (conversation_id, store_id, connection, remote_id, author, kind, at, sort_at, text, created_at)
     VALUES (?, 1, 'api', ?, 'buyer', 'text', ?, ?, ?, ?)`,
  );
  const word = db.prepare('INSERT INTO search (rowid, grams) VALUES (?, ?)');
  const fill = db.transaction(() => {
    for (let id = 1; id <= 40; id += 1) {
      buyer.run(id, `b${id}`);
      conversation.run(id, `c${id}`, id);
      for (let n = 0; n < 40; n += 1) {
        const at = id * 1000 + n;
        message.run(id, `m${id}-${n}-${'x'.repeat(60)}`, at, at, n === 7 ? LONG : `text ${n}`, at);
        word.run(at * 4, `wo or rd d${n} ${id}x${n} ${'gram '.repeat(20)}`);
      }
    }
    // What is deleted leaves free pages behind.
    db.exec(
      "INSERT INTO settings (key, value) SELECT 'filler' || id, text || text FROM messages WHERE text LIKE 'long%'",
    );
    db.exec("DELETE FROM settings WHERE key LIKE 'filler%'");
  });
  fill.immediate();
}

/** An own message on its way, with its job. */
export function writeOwn(db: Db, text: string, conversationId = 1): void {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO messages (conversation_id, store_id, connection, client_id, author, kind, at, sort_at, text, status, created_at)
       VALUES (?, 1, 'api', ?, 'here', 'text', 5, 8640000000000000, ?, 'queued', 5)`,
    )
    .run(conversationId, `id-${text}`, text);
  db.prepare(
    "INSERT INTO outbox (message_id, conversation_id, store_id, state, created_at) VALUES (?, ?, 1, 'queued', 5)",
  ).run(lastInsertRowid, conversationId);
}

/** A draft as it is typed. */
export function writeDraft(db: Db, text: string, savedAt: number, conversationId = 2): void {
  db.prepare(
    'INSERT OR REPLACE INTO drafts (conversation_id, text, saved_at, begun_at) VALUES (?, ?, ?, 1)',
  ).run(conversationId, text, savedAt);
}
