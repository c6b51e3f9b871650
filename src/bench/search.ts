import type { Db } from '../engine/db/database.ts';
import { createSearch } from '../engine/search/search.ts';
import { tempDb } from '../testing/temp-engine.ts';
import { compare, milliseconds, type Bench, type Sample } from './harness.ts';

const MESSAGES = 100_000;
const NEWEST = 50;
const TEXTS = [
  'Kak, barang saya belum sampai padahal sudah 6 hari. Nomor resi tidak bergerak.',
  'น้ำหอมขวดนี้ของแท้หรือเปล่าครับ',
  '请问这个杯子一共多重？可以今天发货吗？',
  'Shop ơi khi nào giao hàng vậy ạ, mình cần gấp trước thứ sáu.',
  '你好，我要退款，包装破了',
  'Does the soap dish come with screws, or should I order them apart?',
];

/** A word of two characters, and a Thai one in the middle of a run without spaces; each in every sixth message. */
const TWO_CHARACTERS = '发货';
const THAI = 'ของแท้';

function fillIndex(db: Db): void {
  const search = createSearch(db);
  db.exec("CREATE VIRTUAL TABLE trigrams USING fts5 (text, content = '', tokenize = 'trigram')");
  const trigrams = db.prepare('INSERT INTO trigrams (rowid, text) VALUES (?, ?)');
  const fill = db.transaction(() => {
    for (let id = 1; id <= MESSAGES; id += 1) {
      const text = `${TEXTS[id % TEXTS.length] ?? ''} ${id}`;
      search.add('message', id, text);
      trigrams.run(id, text);
    }
  });
  fill.immediate();
}

function ours(db: Db, word: string): Sample {
  const search = createSearch(db);
  return () =>
    milliseconds(() => {
      const found = search.match(word, { kind: 'message', limit: NEWEST });
      if (found.length !== NEWEST) throw new Error(`${word} was found ${found.length} times`);
    });
}

/** FTS5 asked for a phrase in one of its indexes, the newest first. */
function raw(db: Db, table: 'search' | 'trigrams', phrase: string): Sample {
  const match = db
    .prepare<[string, number], number>(
      `SELECT rowid FROM ${table} WHERE ${table} MATCH ? ORDER BY rowid DESC LIMIT ?`,
    )
    .pluck();
  return () =>
    milliseconds(() => {
      if (match.all(`"${phrase}"`, NEWEST).length !== NEWEST) throw new Error(`${phrase} was not found`);
    });
}

const SIDES = { unit: 'ms', samples: 100, discard: 5, goal: '<=2' };

export const searchBench: Bench = {
  name: 'search',
  run: async (report) => {
    const { db, close } = tempDb();
    try {
      fillIndex(db);
      report(
        await compare({
          ...SIDES,
          name: 'two Chinese characters in 100,000',
          peer: 'raw FTS5 on the same index',
          ours: ours(db, TWO_CHARACTERS),
          against: raw(db, 'search', TWO_CHARACTERS),
        }),
      );
      report(
        await compare({
          ...SIDES,
          name: 'a Thai word in 100,000 messages',
          peer: "raw FTS5 with SQLite's trigrams",
          ours: ours(db, THAI),
          against: raw(db, 'trigrams', THAI),
        }),
      );
    } finally {
      close();
    }
  },
};
