import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { buildIfChanged } from '../../scripts/lib/build.ts';
import { ROOT } from '../../scripts/lib/project.ts';
import { uuidv7 } from '../base/ids.ts';
import { openDatabase } from '../engine/db/open.ts';
import { dataPaths } from '../engine/paths.ts';
import { smallBundle } from '../testing/bundle.ts';
import { startEngineProcess } from '../testing/engine-process.ts';
import { migrationsDir, tempDir } from '../testing/temp-engine.ts';
import type { EngineOptions } from '../wire/host-link.ts';
import { compare, type Bench, type Sample } from './harness.ts';

const JOBS = 1_000;
const MESSAGES_EACH = 50;
const rawOpen = fileURLToPath(new URL('./raw-open.ts', import.meta.url));
/** As it is shipped: loading it from its sources takes longer than all it does. */
const builtEngine = join(ROOT, 'out/main/engine.js');

const optionsFor = (dataDir: string, bundle: EngineOptions['bundle']): EngineOptions => ({
  dataDir,
  migrationsDir,
  space: 'real',
  version: 'bench',
  machine: { id: 'm1', name: 'bench' },
  bundle,
});

/** Conversations in the three stores, each with a history. */
function fill(dataDir: string): void {
  const db = openDatabase(dataPaths(dataDir).database);
  db.exec(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${JOBS})
    INSERT INTO buyers (id, store_id, remote_id, name) SELECT i, 1 + i % 3, 'b' || i, 'Buyer ' || i FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${JOBS})
    INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, state, waiting_since, last_at,
                               last_message_id, listed_mark, read_to_mark, read_to_at, created_at)
      SELECT i, 1 + i % 3, 'api', 'c' || i, i, 'needs-reply', 1750000000000 + i, 1760000000000 + i,
             i * ${MESSAGES_EACH}, 'm', 'm', 1, 0 FROM n;
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${JOBS * MESSAGES_EACH - 1})
    INSERT INTO messages (id, conversation_id, store_id, connection, remote_id, author, kind, at, sort_at, text, created_at)
      SELECT i + 1, 1 + i / ${MESSAGES_EACH}, 1 + (1 + i / ${MESSAGES_EACH}) % 3, 'api', 'm' || i, 'buyer', 'text',
             1740000000000 + i * 1000, 1740000000000 + i * 1000, 'Kak, kapan barang saya dikirim ya?', 0 FROM n;`);
  db.close();
}

/** Leaves behind what an engine leaves that was killed with 1,000 messages on their way: some in flight, the rest queued. */
async function prepareKilled(dataDir: string): Promise<void> {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const made = smallBundle(Date.now() + 86_400_000);
  const bundle = { ...made, platforms: made.platforms.map((one) => ({ ...one, api: url, auth: url })) };
  try {
    await (await startEngineProcess(optionsFor(dataDir, bundle))).stop();
    fill(dataDir);
    const engine = await startEngineProcess(optionsFor(dataDir, bundle));
    for (let conversationId = 1; conversationId <= JOBS; conversationId += 1) {
      const clientId = uuidv7(Date.now(), randomBytes);
      await engine.call('outbox.send', {
        conversationId,
        clientId,
        text: `Sudah dikirim, Kak ${conversationId}`,
      });
    }
    await engine.kill();
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
}

/** A copy of the killed engine's folder for each sample: a start changes it. */
async function onCopy(template: string, start: (dataDir: string) => Promise<number>): Promise<number> {
  const folder = tempDir();
  try {
    cpSync(template, folder.path, { recursive: true });
    return await start(folder.path);
  } finally {
    folder.remove();
  }
}

/** From starting the process until a page has its list. */
const ours =
  (template: string): Sample =>
  () =>
    onCopy(template, async (dataDir) => {
      const begin = performance.now();
      const engine = await startEngineProcess(optionsFor(dataDir, null), builtEngine);
      const { total } = await engine.call('conversations.list', { filter: {}, sort: 'newest', limit: 100 });
      const spent = performance.now() - begin;
      await engine.kill();
      if (total !== JOBS) throw new Error(`Not usable: ${total} conversations`);
      return spent;
    });

/** From starting a process until SQLite alone has answered a first query on the same file. */
const raw =
  (template: string): Sample =>
  () =>
    onCopy(template, async (dataDir) => {
      const begin = performance.now();
      const child = fork(rawOpen, [dataPaths(dataDir).database], { execArgv: [] });
      await once(child, 'message');
      const spent = performance.now() - begin;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      return spent;
    });

export const recoveryBench: Bench = {
  name: 'recovery',
  run: async (report) => {
    const folder = tempDir();
    try {
      await buildIfChanged({ quiet: true });
      await prepareKilled(folder.path);
      const sides = { unit: 'ms', samples: 6, discard: 1, ours: ours(folder.path) };
      report(
        await compare({
          ...sides,
          name: 'recovery after SIGKILL',
          peer: 'a process that opens the file with SQLite alone',
          goal: '<=5',
          against: raw(folder.path),
        }),
      );
      report(
        await compare({
          ...sides,
          name: 'recovery within a limit',
          peer: 'limit at p95',
          goal: '<=1',
          judge: 0.95,
          against: 1_000,
        }),
      );
    } finally {
      folder.remove();
    }
  },
};
