import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { uuidv7 } from '../../base/ids.ts';
import type { ConversationRow, MessageView, PlatformId } from '../../contract/models.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { connectPage, until, type TestPage } from '../../testing/engine-page.ts';
import { fakeRandomBytes, migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import { createEngine, type Engine } from '../engine.ts';
import { memoryHost } from '../host.ts';

// A whole engine over the marketplaces' stand-ins: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const platforms = ['shopee', 'lazada', 'tiktok'] as const;
const randomBytes = fakeRandomBytes(7);
let folder: ReturnType<typeof tempDir>;
let sandbox: RunningSandbox;
let engine: Engine;
let page: TestPage;
let rows: readonly ConversationRow[];

beforeAll(async () => {
  folder = tempDir();
  sandbox = await startSandbox({ seed: 'sync', profile: 'loose', writeEveryMs: null, answers: false });
  engine = await createEngine(
    {
      dataDir: folder.path,
      migrationsDir,
      space: 'practice',
      version: '1',
      machine: { id: 'm1', name: 'test' },
      bundle: sandbox.bundle,
    },
    memoryHost(),
  );
  page = connectPage(engine);
  await online();
  rows = (await page.call('conversations.list', { filter: {}, sort: 'newest', limit: 2000 })).rows;
});
afterAll(async () => {
  await engine.close();
  await sandbox.stop();
  folder.remove();
});

const online = () =>
  until(
    () => page.call('stores.list', {}),
    ({ stores }) => stores.every((store) => store.state === 'online'),
  );

async function fault(order: Readonly<Record<string, unknown>>): Promise<void> {
  const response = await fetch(`${sandbox.adminUrl}/faults`, { method: 'POST', body: JSON.stringify(order) });
  if (!response.ok) throw new Error(await response.text());
}

/** One conversation for each test and platform, so that none sees another's messages. */
const taken = new Set<number>();
function pick(platform: PlatformId): ConversationRow {
  const row = rows.find((one) => one.platform === platform && !taken.has(one.id));
  if (row === undefined) throw new Error(`No conversation left on ${platform}`);
  taken.add(row.id);
  return row;
}

const send = (conversationId: number, text: string): Promise<MessageView> =>
  page.call('outbox.send', { conversationId, clientId: uuidv7(Date.now(), randomBytes), text });
const find = async (message: MessageView): Promise<MessageView | undefined> => {
  const { conversationId } = message;
  const { messages } = await page.call('messages.page', {
    conversationId,
    at: { kind: 'latest' },
    limit: 50,
  });
  return messages.find((one) => one.id === message.id);
};
const becomes = (message: MessageView, status: MessageView['status']) =>
  until(
    () => find(message),
    (now) => now?.status === status,
  );
/** How often the platform itself took this text, by its journal. */
async function accepted(text: string): Promise<number> {
  const journal = await (await fetch(sandbox.journalUrl)).text();
  const entries = journal
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly call?: string; readonly effects?: unknown });
  return entries.filter(({ call, effects }) => call === 'send' && JSON.stringify(effects).includes(text))
    .length;
}

test.each(platforms)(
  '%s: every conversation was read, and scrolling up ends at its first message',
  async (platform) => {
    const row = pick(platform);
    let shown = await page.call('messages.page', {
      conversationId: row.id,
      at: { kind: 'latest' },
      limit: 30,
    });
    const seen = shown.messages.map((message) => message.id);
    while (!shown.reachedStart) {
      const cursor = shown.messages[0]?.cursor ?? '';
      shown = await page.call('messages.page', {
        conversationId: row.id,
        at: { kind: 'before', cursor },
        limit: 30,
      });
      expect(shown.error).toBe(null);
      seen.unshift(...shown.messages.map((message) => message.id));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(shown.stored);
  },
);

test.each(platforms)('%s: refused, then retried and sent', async (platform) => {
  const row = pick(platform);
  await fault({ kind: 'refuse', platform, path: 'send', times: 1 });
  const message = await send(row.id, `refused-${platform}`);
  expect((await becomes(message, 'failed'))?.error?.code).toMatch(/rejected|invalid/);
  await page.call('outbox.retry', { messageId: message.id });
  await becomes(message, 'sent');
  expect(await accepted(`refused-${platform}`)).toBe(1);
});

test.each(platforms)(
  '%s: accepted but never answered, it is found by reading, not sent again',
  async (platform) => {
    const row = pick(platform);
    await fault({ kind: 'drop-after-accept', platform, path: 'send', times: 1 });
    const message = await send(row.id, `dropped-${platform}`);
    await becomes(message, 'sent');
    expect(await accepted(`dropped-${platform}`)).toBe(1);
  },
);

test.each(platforms)(
  '%s: a token that expires at the send is renewed, and the message sent once',
  async (platform) => {
    const row = pick(platform);
    await fault({ kind: 'expire-token', platform, path: 'send', times: 1 });
    const message = await send(row.id, `expired-${platform}`);
    await becomes(message, 'sent');
    expect(await accepted(`expired-${platform}`)).toBe(1);
  },
);

test('told to slow down or torn apart, a store says so and comes back by itself', async () => {
  await fault({ kind: 'rate-limit', platform: 'shopee', times: 2 });
  await fault({ kind: 'garbage', platform: 'tiktok', times: 2 });
  await until(
    () => page.call('stores.list', {}),
    ({ stores }) => stores.some((store) => store.state === 'limited'),
  );
  await online();
});
