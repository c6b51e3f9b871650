import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { connectPage, until } from '../testing/engine-page.ts';
import { migrationsDir, tempDir } from '../testing/temp-engine.ts';
import { openDatabase } from './db/open.ts';
import { createEngine, type Engine } from './engine.ts';
import { memoryHost } from './host.ts';
import { dataPaths } from './paths.ts';

// A whole engine: on a busy machine its start alone takes seconds.
vi.setConfig({ testTimeout: 120_000 });

const folder = tempDir();
let engine: Engine | null = null;
const uncaught: unknown[] = [];
const remember = (error: unknown): void => void uncaught.push(error);

afterEach(async () => {
  process.off('uncaughtException', remember);
  await engine?.close();
  folder.remove();
});

const logged = (): string =>
  readdirSync(dataPaths(folder.path).logs)
    .map((name) => readFileSync(join(dataPaths(folder.path).logs, name), 'utf8'))
    .join('\n');

test('a timer’s task that throws is logged, and the engine lives', async () => {
  process.on('uncaughtException', remember);
  engine = await createEngine(
    {
      dataDir: folder.path,
      migrationsDir,
      space: 'practice',
      version: '1.2.3',
      machine: { id: 'm1', name: 'test' },
      bundle: null,
    },
    memoryHost(),
  );
  const page = connectPage(engine);
  const other = openDatabase(dataPaths(folder.path).database);
  other.exec(`INSERT INTO environments (id, key, name) VALUES (1, 'test', 'Test');
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
      VALUES (1, 1, 'shopee', 'a', 'A', 'k', 0);
    INSERT INTO stores (id, account_id, platform, site, remote_id, name, created_at)
      VALUES (1, 1, 'shopee', 'SG', '1', 'Hive Audio', 0);
    INSERT INTO buyers (id, store_id, remote_id, name) VALUES (1, 1, 'b', 'Buyer');
    INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, created_at)
      VALUES (1, 1, 'api', 'c', 1, 0);
    CREATE TRIGGER full BEFORE UPDATE OF state ON conversations WHEN new.state <> 'snoozed'
      BEGIN SELECT RAISE(ABORT, 'no room left'); END`);
  await page.call('conversations.setState', {
    conversationId: 1,
    state: 'snoozed',
    until: Date.now() + 200,
  });
  await until(logged, (text) => text.includes('timer-failed'));
  expect(logged()).toContain('no room left');
  expect(uncaught).toEqual([]);
  other.exec('DROP TRIGGER full');
  other.close();
  expect(await page.call('conversations.get', { conversationId: 1 })).toMatchObject({ state: 'snoozed' });
});
