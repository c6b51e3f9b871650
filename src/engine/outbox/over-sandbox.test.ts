import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { uuidv7 } from '../../base/ids.ts';
import type { ConversationRow, MessageView, PlatformId } from '../../contract/models.ts';
import { drawPng } from '../../sandbox/media/png.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { connectPage, until, type TestPage } from '../../testing/engine-page.ts';
import { fakeRandomBytes, migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import { createEngine, type Engine } from '../engine.ts';
import { memoryHost } from '../host.ts';
import { dataPaths } from '../paths.ts';

// A whole engine over the marketplaces' stand-ins: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const platforms = ['shopee', 'lazada', 'tiktok'] as const;
/** So long a send that was taken may stay unseen, milliseconds. */
const SETTLE_MS = 4_000;
const randomBytes = fakeRandomBytes(11);
let folder: ReturnType<typeof tempDir>;
let sandbox: RunningSandbox;
let engine: Engine;
let page: TestPage;
let rows: readonly ConversationRow[];

async function startEngine(): Promise<void> {
  const machine = { id: 'm1', name: 'test' };
  engine = await createEngine(
    { dataDir: folder.path, migrationsDir, space: 'practice', version: '1', machine, bundle: sandbox.bundle },
    memoryHost(),
  );
  page = connectPage(engine);
}

beforeAll(async () => {
  folder = tempDir();
  sandbox = await startSandbox({
    seed: 'outbox',
    profile: 'loose',
    writeEveryMs: null,
    answers: false,
    settleMs: SETTLE_MS,
  });
  await startEngine();
  await until(
    () => page.call('stores.list', {}),
    ({ stores }) => stores.every((store) => store.state === 'online'),
  );
  rows = (await page.call('conversations.list', { filter: {}, sort: 'newest', limit: 2000 })).rows;
});
afterAll(async () => {
  await engine.close();
  await sandbox.stop();
  folder.remove();
});

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

const clientId = (): string => uuidv7(Date.now(), randomBytes);
const send = ({ id: conversationId }: ConversationRow, text: string): Promise<MessageView> =>
  page.call('outbox.send', { conversationId, clientId: clientId(), text });
const own = async ({ id: conversationId }: ConversationRow): Promise<MessageView[]> => {
  const shown = await page.call('messages.page', { conversationId, at: { kind: 'latest' }, limit: 50 });
  return shown.messages.filter(({ author }) => author === 'here' || author === 'elsewhere');
};
const becomes = (row: ConversationRow, { id }: MessageView, status: MessageView['status']) =>
  until(
    () => own(row),
    (messages) => messages.some((one) => one.id === id && one.status === status),
  );

interface Entry {
  readonly call?: string;
  readonly outcome?: string;
  readonly messageId?: string | null;
  readonly effects?: unknown;
}

/** The sends of the platform's journal that it took, as JSON. */
async function accepted(): Promise<string[]> {
  const journal = await (await fetch(sandbox.journalUrl)).text();
  return journal
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry)
    .filter(({ call, messageId }) => call === 'send' && messageId !== null && messageId !== undefined)
    .map(({ effects }) => JSON.stringify(effects));
}
const times = async (text: string): Promise<number> =>
  (await accepted()).filter((effects) => effects.includes(text)).length;

test.each(platforms)('%s: taken but never answered, it is found by reading back', async (platform) => {
  const row = pick(platform);
  await fault({ kind: 'drop-after-accept', platform, path: 'send', times: 1 });
  const message = await send(row, `dropped-${platform}`);
  await send(row, `behind-${platform}`);
  await becomes(row, message, 'sent');
  await until(
    () => own(row),
    (messages) => messages.every(({ pending }) => pending === null),
  );
  expect([await times(`dropped-${platform}`), await times(`behind-${platform}`)]).toEqual([1, 1]);
  expect((await own(row)).slice(-2).map(({ text }) => text)).toEqual([
    `dropped-${platform}`,
    `behind-${platform}`,
  ]);
});

test.each(platforms)('%s: taken late, it is found at the end of the settle time', async (platform) => {
  const row = pick(platform);
  await fault({ kind: 'accept-late', platform, path: 'send', times: 1, ms: SETTLE_MS - 1_500 });
  const message = await send(row, `late-${platform}`);
  await becomes(row, message, 'sent');
  expect(await times(`late-${platform}`)).toBe(1);
  expect((await own(row)).filter(({ text }) => text === `late-${platform}`)).toHaveLength(1);
});

test.each(platforms)('%s: cut before it was taken, it goes again by itself', async (platform) => {
  const row = pick(platform);
  await fault({ kind: 'cut-before', platform, path: 'send', times: 1 });
  const message = await send(row, `cut-${platform}`);
  await becomes(row, message, 'sent');
  expect(await times(`cut-${platform}`)).toBe(1);
});

test.each(platforms)(
  '%s: the engine ends while it is sent, and finds it at its next start',
  async (platform) => {
    const row = pick(platform);
    await fault({ kind: 'drop-after-accept', platform, path: 'send', times: 1, ms: 10_000 });
    const message = await send(row, `ended-${platform}`);
    await until(
      () => times(`ended-${platform}`),
      (count) => count === 1,
    );
    await engine.close();
    await startEngine();
    await becomes(row, message, 'sent');
    expect(await times(`ended-${platform}`)).toBe(1);
  },
);

/** A picture in the media folder, and its hash. */
function storePicture(pattern: number): string {
  const bytes = drawPng(pattern, 40, 30);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const { media } = dataPaths(folder.path);
  mkdirSync(media, { recursive: true });
  writeFileSync(join(media, hash), bytes);
  return hash;
}

test.each(platforms)('%s: a picture whose answer was lost is found by its address', async (platform) => {
  const row = pick(platform);
  await fault({ kind: 'drop-after-accept', platform, path: 'send', times: 1 });
  const before = (await own(row)).length;
  const message = await page.call('outbox.sendImage', {
    conversationId: row.id,
    clientId: clientId(),
    hash: storePicture(platforms.indexOf(platform) + 1),
  });
  await becomes(row, message, 'sent');
  await page.call('stores.syncNow', { storeId: row.storeId });
  expect(await own(row)).toHaveLength(before + 1);
});

test.each(platforms)(
  '%s: a product card whose answer was lost is found by its reference',
  async (platform) => {
    const reference = await aProduct(platform);
    const row = rows.find(({ id }) => id === reference.conversationId);
    if (row === undefined) throw new Error('The conversation is gone');
    await fault({ kind: 'drop-after-accept', platform, path: 'send', times: 1 });
    const before = (await own(row)).length;
    const message = await page.call('outbox.sendCard', {
      conversationId: row.id,
      clientId: clientId(),
      card: { kind: 'product', reference: reference.id },
    });
    await becomes(row, message, 'sent');
    await page.call('stores.syncNow', { storeId: row.storeId });
    expect(await own(row)).toHaveLength(before + 1);
  },
);

/** Something the shop sells, as a buyer's card names it. */
async function aProduct(platform: PlatformId): Promise<{ id: string; conversationId: number }> {
  for (const row of rows.filter((one) => one.platform === platform && !taken.has(one.id))) {
    const input = { conversationId: row.id, at: { kind: 'latest' }, limit: 100 } as const;
    const { messages } = await page.call('messages.page', input);
    const card = messages.find((one) => one.kind === 'product' && one.author === 'buyer')?.card;
    if (card?.reference == null) continue;
    taken.add(row.id);
    return { id: card.reference, conversationId: row.id };
  }
  throw new Error(`Nobody asked about a product on ${platform}`);
}
