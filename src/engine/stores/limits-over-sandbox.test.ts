import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { uuidv7 } from '../../base/ids.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { connectPage, until, type TestPage } from '../../testing/engine-page.ts';
import { fakeRandomBytes, migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import { createEngine, type Engine } from '../engine.ts';
import { memoryHost } from '../host.ts';

// A whole engine under the limits as documented: Lazada alone takes about a second for each call of its whole app.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const randomBytes = fakeRandomBytes(7);
let folder: ReturnType<typeof tempDir>;
let sandbox: RunningSandbox;
let engine: Engine;
let page: TestPage;

beforeAll(async () => {
  folder = tempDir();
  sandbox = await startSandbox({ seed: 'limits', profile: 'strict', writeEveryMs: null, answers: false });
  const machine = { id: 'm1', name: 'test' };
  engine = await createEngine(
    { dataDir: folder.path, migrationsDir, space: 'practice', version: '1', machine, bundle: sandbox.bundle },
    memoryHost(),
  );
  page = connectPage(engine);
});
afterAll(async () => {
  await engine.close();
  await sandbox.stop();
  folder.remove();
});

test('no platform is called more often than it allows, and a message goes before the reading of two stores', async () => {
  const { rows } = await until(
    () => page.call('conversations.list', { filter: {}, sort: 'newest', limit: 2000 }),
    (list) => list.rows.some(({ platform }) => platform === 'lazada'),
  );
  const { id: conversationId } = rows.find(({ platform }) => platform === 'lazada') ?? { id: 0 };
  const clientId = uuidv7(Date.now(), randomBytes);
  await page.call('outbox.send', { conversationId, clientId, text: 'On its way!' });
  await until(
    () => page.call('messages.page', { conversationId, at: { kind: 'latest' }, limit: 5 }),
    ({ messages }) => messages.some(({ text, status }) => text === 'On its way!' && status === 'sent'),
  );
  const { stores } = await page.call('stores.list', {});
  const firstReads = stores.filter(({ platform, state }) => platform === 'lazada' && state === 'first-read');
  expect(firstReads).not.toEqual([]);
  const journal = await (await fetch(sandbox.journalUrl)).text();
  const outcomes = [...journal.matchAll(/"outcome":"([^"]*)"/g)].map(([, outcome]) => outcome);
  expect(outcomes.length).toBeGreaterThan(10);
  expect([...new Set(outcomes)]).toEqual(['ok']);
});
