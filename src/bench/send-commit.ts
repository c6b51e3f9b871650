import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { uuidv7 } from '../base/ids.ts';
import { chatDesk, type ChatDesk } from '../testing/chat-desk.ts';
import { tempDir } from '../testing/temp-engine.ts';
import { compare, milliseconds, type Bench, type Sample } from './harness.ts';

const TEXT = 'Halo Kak, paketnya sudah di gudang Surabaya dan dikirim hari ini ya.';

/** Lets what the send began go to its end, outside the measured time. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

/** The whole `outbox.send` call: checks, message and job in one transaction, the conversation's row, the event. */
function ours(desk: ChatDesk): Sample {
  return async () => {
    const clientId = uuidv7(Date.now(), randomBytes);
    const spent = await milliseconds(() =>
      desk.call('outbox.send', { conversationId: 1, clientId, text: TEXT }),
    );
    await rest();
    return spent;
  };
}

/** The floor: a message row and a job row in one transaction of the same database, and nothing else. */
function raw(desk: ChatDesk): Sample {
  const message = desk.db.prepare(
    `INSERT INTO messages (conversation_id, store_id, connection, client_id, author, kind, at, sort_at, text, status,
       created_at) VALUES (2, 1, 'api', ?, 'here', 'text', ?, ?, ?, 'queued', ?)`,
  );
  const job = desk.db.prepare(
    `INSERT INTO outbox (message_id, conversation_id, store_id, state, created_at) VALUES (?, 2, 1, 'failed', ?)`,
  );
  const both = desk.db.transaction((clientId: string, now: number) => {
    const { lastInsertRowid } = message.run(clientId, now, now, TEXT, now);
    job.run(lastInsertRowid, now);
  });
  return async () => {
    const clientId = uuidv7(Date.now(), randomBytes);
    const spent = await milliseconds(() => both.immediate(clientId, Date.now()));
    await rest();
    return spent;
  };
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
      desk.platform.write('one', 'buyer', 'Kapan dikirim?');
      desk.platform.write('two', 'buyer', 'Kapan dikirim?');
      desk.start();
      await desk.clock.advance(1_000);
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
