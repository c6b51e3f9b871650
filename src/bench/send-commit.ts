import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { uuidv7 } from '../base/ids.ts';
import { chatDesk, type ChatDesk } from '../testing/chat-desk.ts';
import { tempDir } from '../testing/temp-engine.ts';
import { compare, milliseconds, type Bench, type Sample } from './harness.ts';

const TEXT = 'Halo Kak, paketnya sudah di gudang Surabaya dan dikirim hari ini ya.';
/** Conversations a side writes in, in turn, as a desk does. */
const EACH = 40;

/** Lets what the send began go to its end, and the disk breathe, outside the measured time. */
async function rest(desk: ChatDesk): Promise<void> {
  await desk.clock.advance(1);
  await new Promise((resolve) => setTimeout(resolve, 2));
}

/** The whole `outbox.send` call: checks, message and job in one transaction, the conversation's row, the event. */
function ours(desk: ChatDesk): Sample {
  let turn = 0;
  return async () => {
    const clientId = uuidv7(Date.now(), randomBytes);
    const conversationId = 1 + (turn++ % EACH);
    const spent = await milliseconds(() =>
      desk.call('outbox.send', { conversationId, clientId, text: TEXT }),
    );
    await rest(desk);
    return spent;
  };
}

/** The floor: a message row and a job row in one transaction of the same database, and nothing else. */
function raw(desk: ChatDesk): Sample {
  const message = desk.db.prepare(
    `INSERT INTO messages (conversation_id, store_id, connection, client_id, author, kind, at, sort_at, text, status,
       created_at) VALUES (?, 1, 'api', ?, 'here', 'text', ?, ?, ?, 'queued', ?)`,
  );
  const job = desk.db.prepare(
    `INSERT INTO outbox (message_id, conversation_id, store_id, state, created_at) VALUES (?, ?, 1, 'failed', ?)`,
  );
  const settle = desk.db.prepare('DELETE FROM outbox');
  const both = desk.db.transaction((conversationId: number, clientId: string, now: number) => {
    const { lastInsertRowid } = message.run(conversationId, clientId, now, now, TEXT, now);
    job.run(lastInsertRowid, conversationId, now);
  });
  let turn = 0;
  return async () => {
    const clientId = uuidv7(Date.now(), randomBytes);
    const conversationId = 1 + EACH + (turn++ % EACH);
    const spent = await milliseconds(() => both.immediate(conversationId, clientId, Date.now()));
    settle.run();
    await rest(desk);
    return spent;
  };
}

/** Each conversation with a buyer who waits, read to its end. */
async function fillInbox(desk: ChatDesk): Promise<void> {
  for (let index = 0; index < 2 * EACH; index += 1) {
    desk.platform.write(`buyer-${index}`, 'buyer', 'Kapan dikirim?');
  }
  desk.start();
  const read = desk.db.prepare<[], number>('SELECT count(*) FROM messages').pluck();
  while ((read.get() ?? 0) < 2 * EACH) await desk.clock.advance(1_000);
}

/** What the disk takes for 4 KiB, written and synced: nothing durable is faster. */
function disk(fd: number): Sample {
  const page = Buffer.alloc(4096, 1);
  return () =>
    milliseconds(() => {
      writeSync(fd, page, 0, page.length, 0);
      fdatasyncSync(fd);
    });
}

export const sendCommitBench: Bench = {
  name: 'send-commit',
  run: async (report) => {
    const desk = chatDesk();
    const folder = tempDir();
    const fd = openSync(join(folder.path, 'floor'), 'w');
    try {
      await fillInbox(desk);
      const sides = { unit: 'ms', samples: 60, discard: 5, ours: ours(desk) };
      report(
        await compare({
          ...sides,
          name: 'send-commit',
          peer: 'message + job in one raw transaction',
          goal: '<=1.3',
          against: raw(desk),
        }),
      );
      report(
        await compare({
          ...sides,
          name: 'send-commit over the disk',
          peer: '4 KiB write + fdatasync',
          goal: '<=10',
          against: disk(fd),
        }),
      );
    } finally {
      closeSync(fd);
      await desk.stop();
      desk.close();
      folder.remove();
    }
  },
};
