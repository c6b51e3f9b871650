import type { RemoteMessage } from '../channels/channel.ts';
import { createCommit } from '../engine/conversations/commit.ts';
import { createDirectory } from '../engine/conversations/directory.ts';
import { createElsewhere } from '../engine/conversations/elsewhere.ts';
import { createLedger } from '../engine/conversations/ledger.ts';
import type { Db } from '../engine/db/database.ts';
import { createIngest } from '../engine/messages/ingest.ts';
import { createSearch } from '../engine/search/search.ts';
import { indexGrams } from '../engine/search/grams.ts';
import { chatDesk } from '../testing/chat-desk.ts';
import { memoryFeed, memoryLog } from '../testing/temp-engine.ts';
import { systemClock } from '../base/system-clock.ts';
import { compare, milliseconds, type Bench, type Sample } from './harness.ts';

const PAGE = 100;
const TEXTS = [
  'Kak, barang saya belum sampai padahal sudah 6 hari. Nomor resi tidak bergerak.',
  'ของจะถึงเมื่อไหร่คะ สั่งไปตั้งแต่วันจันทร์แล้ว',
  '请问这个杯子一共多重？可以今天发货吗？',
  'Shop ơi khi nào giao hàng vậy ạ, mình cần gấp trước thứ sáu.',
  'May stock pa po ba kayo ng braided cable na dalawang metro?',
  'Does the soap dish come with screws, or should I order them apart?',
];

const text = (index: number): string => `${TEXTS[index % TEXTS.length] ?? ''} ${index}`;

function remote(conversation: string, index: number): RemoteMessage {
  return {
    remoteId: `${conversation}-${index}`,
    conversationId: conversation,
    kind: 'text',
    type: 'text',
    author: index % 2 === 0 ? 'buyer' : 'shop',
    at: 1_760_000_000_000 + index * 1000,
    sequence: '',
    text: text(index),
    image: null,
    card: null,
    recalled: false,
    visible: true,
    notice: null,
    raw: null,
  };
}

/** Messages a second into a new conversation: rows, thread order, unread, state, search index. */
function ours(db: Db, storeId: number): Sample {
  const commit = createCommit(db, memoryFeed());
  const ledger = createLedger(db);
  const search = createSearch(db);
  const ingest = createIngest({ db, clock: systemClock, log: memoryLog() }, commit, ledger, search, () => {});
  const directory = createDirectory(db, search, createElsewhere(db, ledger));
  const desk = {
    id: storeId,
    platform: 'shopee',
    site: 'SG',
    name: 'Hive Audio',
    connection: 'api',
  } as const;
  const facts = { platform: 'shopee', maxTextLength: 600, conversationPageSize: 50 } as const;
  const store = {
    ...desk,
    live: { mode: 'poll', minMs: 1_000, maxMs: 10_000 } as const,
    settleMs: 5_000,
    facts: {
      ...facts,
      messagePageSize: 50,
      readMark: true,
      sends: { cards: [], image: null, voucherCode: false },
    },
  };
  let turn = 0;
  return async () => {
    turn += 1;
    const conversation = `ours-${turn}`;
    const buyer = { remoteId: conversation, name: `Buyer ${turn}`, avatarUrl: null };
    const listed = {
      remoteId: conversation,
      buyer,
      unread: 0,
      lastMessageId: null,
      lastMessageAt: null,
      canSend: true,
    };
    const id = commit((touched) => directory.put(store, listed, touched, turn));
    const messages = Array.from({ length: PAGE }, (_, index) => remote(conversation, index));
    return (1000 * PAGE) / (await milliseconds(() => ingest(store, id, messages)));
  };
}

/** The floor: the same rows and the same index text by one plain transaction of 100. */
function raw(db: Db, storeId: number): Sample {
  db.exec(`INSERT INTO buyers (id, store_id, remote_id, name) VALUES (900000, ${storeId}, 'raw', 'Raw')`);
  const conversation = db.prepare(
    `INSERT INTO conversations (store_id, connection, remote_id, buyer_id, created_at) VALUES (?, 'api', ?, 900000, 0)`,
  );
  const insert = db.prepare(
    `INSERT INTO messages (conversation_id, store_id, connection, remote_id, author, kind, at, sort_at, text, created_at)
     VALUES (?, ?, 'api', ?, 'buyer', 'text', ?, ?, ?, 0)`,
  );
  const index = db.prepare('INSERT INTO search (rowid, grams) VALUES (?, ?)');
  let turn = 0;
  const page = db.transaction((id: number | bigint, messages: readonly RemoteMessage[]) => {
    for (const message of messages) {
      const row = insert.run(
        id,
        storeId,
        message.remoteId,
        message.at,
        message.at,
        message.text,
      ).lastInsertRowid;
      index.run(Number(row) * 4, indexGrams('message', message.text ?? ''));
    }
  });
  return async () => {
    turn += 1;
    const id = conversation.run(storeId, `raw-${turn}`).lastInsertRowid;
    const messages = Array.from({ length: PAGE }, (_, at) => remote(`raw-${turn}`, at));
    return (1000 * PAGE) / (await milliseconds(() => page.immediate(id, messages)));
  };
}

export const ingestBench: Bench = {
  name: 'ingest',
  run: async (report) => {
    const desk = chatDesk();
    try {
      report(
        await compare({
          name: 'ingest, 100 messages at a time',
          unit: 'messages/s',
          samples: 40,
          discard: 2,
          peer: 'raw rows + raw FTS, one transaction',
          goal: '>=0.6',
          ours: ours(desk.db, desk.storeId),
          against: raw(desk.db, desk.storeId),
        }),
      );
    } finally {
      desk.close();
    }
  },
};
