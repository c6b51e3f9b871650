import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { uuidv7 } from '../base/ids.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConversationRow, MessageView } from '../contract/models.ts';
import type { EngineOptions } from '../wire/host-link.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { flipBytes } from '../testing/broken-database.ts';
import { connectPage, until, type TestPage } from '../testing/engine-page.ts';
import { migrationsDir, tempDir } from '../testing/temp-engine.ts';
import { readFrames } from './db/log-frames.ts';
import { createEngine, type Engine } from './engine.ts';
import { memoryHost } from './host.ts';
import { dataPaths } from './paths.ts';

// Whole engines and a sandbox: on a busy machine their start alone takes seconds.
vi.setConfig({ testTimeout: 120_000 });

let folder: ReturnType<typeof tempDir>;
let sandbox: RunningSandbox;
let engine: Engine | null = null;
const host = memoryHost();

beforeEach(async () => {
  folder = tempDir();
  sandbox = await startSandbox({ seed: 'recovery', writeEveryMs: null, answers: false });
});
afterEach(async () => {
  await close();
  await sandbox.stop();
  folder.remove();
});

const close = async (): Promise<void> => {
  await engine?.close();
  engine = null;
};
async function open(changes: Partial<EngineOptions> = {}): Promise<TestPage> {
  engine = await createEngine(
    {
      dataDir: join(folder.path, 'data'),
      migrationsDir,
      space: 'practice',
      version: '1',
      machine: { id: 'm1', name: 'Desk' },
      bundle: sandbox.bundle,
      ...changes,
    },
    host,
  );
  return connectPage(engine);
}
const online = (page: TestPage): Promise<unknown> =>
  until(
    () => page.call('stores.list', {}),
    ({ stores }) => stores.length === 6 && stores.every(({ state }) => state === 'online'),
  );
const rows = async (page: TestPage): Promise<ConversationRow[]> =>
  (await page.call('conversations.list', { filter: {}, sort: 'newest', limit: 2000 })).rows;
const thread = async (page: TestPage, conversationId: number): Promise<MessageView[]> =>
  (await page.call('messages.page', { conversationId, at: { kind: 'latest' }, limit: 50 })).messages;
const admin = async (path: string, body: unknown): Promise<void> => {
  const answer = await fetch(`${sandbox.bundle.admin}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
};
const write = (platform: string, text: string): Promise<void> =>
  admin('/buyer', { platform, buyerName: 'Recovery Lim', text });
const find = async (page: TestPage, keyword: string): Promise<ConversationRow | undefined> =>
  (await page.call('conversations.list', { filter: { keyword }, sort: 'newest', limit: 5 })).rows[0];
const found = (page: TestPage, keyword: string): Promise<ConversationRow> =>
  until(
    () => find(page, keyword),
    (row) => row !== undefined,
  ) as Promise<ConversationRow>;
const clientId = (n: number): string => `01890000-0000-7000-8000-00000000000${n}`;
const requests = async (): Promise<number> =>
  (await (await fetch(`${sandbox.bundle.admin}/journal`)).text()).split('"kind":"request"').length;

test('after damage the newest backup takes its place, and what came since is read again from every platform', async () => {
  let page = await open();
  await online(page);
  const firstRows = await rows(page);
  const kept = firstRows[0]?.id ?? 0;
  await until(
    () => thread(page, kept),
    (messages) => messages.length > 0,
  );
  await page.call('backups.make', {});
  for (const platform of ['shopee', 'lazada', 'tiktok'])
    await write(platform, `since the backup ${platform}`);
  const since = await Promise.all(
    ['shopee', 'lazada', 'tiktok'].map((platform) => found(page, `backup ${platform}`)),
  );
  // An answer that arrived, unknown to the backup.
  await page.call('outbox.send', {
    conversationId: since[0]?.id ?? 0,
    clientId: clientId(1),
    text: 'answered since',
  });
  await until(
    () => thread(page, since[0]?.id ?? 0),
    (messages) => messages.some(({ clientId: id, status }) => id === clientId(1) && status === 'sent'),
  );
  await page.call('drafts.save', { conversationId: kept, text: 'half a sentence' });
  await close();
  const { database, quarantine } = dataPaths(join(folder.path, 'data'));
  flipBytes(database, 0, 64);
  const damaged = readFileSync(database);

  page = await open();
  const report = await page.call('backups.report', {});
  expect(report).toMatchObject({ kind: 'damaged', savedMessages: 0, savedDrafts: 0 });
  const [name = ''] = readdirSync(quarantine);
  expect(readFileSync(join(quarantine, name, 'counterdesk.db')).equals(damaged)).toBe(true);
  expect((await rows(page)).length).toBeGreaterThan(0);
  for (const platform of ['shopee', 'lazada', 'tiktok']) {
    const row = await found(page, `backup ${platform}`);
    const messages = await until(
      () => thread(page, row.id),
      (all) => all.some(({ text }) => text === `since the backup ${platform}`),
    );
    expect(messages.filter(({ text }) => text === `since the backup ${platform}`)).toHaveLength(1);
  }
  const again = await found(page, 'answered since');
  const answers = (await thread(page, again.id)).filter(({ text }) => text === 'answered since');
  expect(answers).toHaveLength(1);
});

test('a message that could not leave is put back after a restore by hand, and does not leave by itself', async () => {
  let page = await open();
  await online(page);
  const backup = await page.call('backups.make', {});
  const row = (await rows(page)).find(({ platform }) => platform === 'tiktok');
  const conversationId = row?.id ?? 0;
  await sandbox.stop();
  await page.call('outbox.send', { conversationId, clientId: clientId(2), text: 'could not leave' });
  await page.call('drafts.save', { conversationId, text: 'half a sentence' });
  await page.call('backups.restore', { name: backup.name });
  expect(host.asked.at(-1)).toMatchObject({ method: 'restartEngine' });
  await close();

  sandbox = await startSandbox({ seed: 'recovery', writeEveryMs: null, answers: false });
  page = await open();
  expect(await page.call('backups.report', {})).toMatchObject({
    kind: 'restored-by-hand',
    backup: { name: backup.name },
    quarantine: null,
    savedMessages: 1,
    savedDrafts: 1,
    held: 1,
  });
  expect(await page.call('drafts.get', { conversationId })).toMatchObject({ text: 'half a sentence' });
  const [held] = await until(
    async () => (await thread(page, conversationId)).filter(({ clientId: id }) => id === clientId(2)),
    ([message]) => message?.pending?.phase === 'held',
  );
  expect(held?.pending).toMatchObject({ hold: 'recovered' });
  const journal = await (await fetch(`${sandbox.bundle.admin}/journal`)).text();
  expect(journal).not.toContain('could not leave');
});

test('after a restore no conversation and no message bears an id that another one had', async () => {
  let page = await open();
  await online(page);
  const backup = await page.call('backups.make', {});
  const buyers = ['Ann', 'Bea', 'Cat', 'Dee'];
  for (const name of buyers) {
    await admin('/buyer', { platform: 'shopee', buyerName: name, text: `new buyer ${name}` });
  }
  const before = await Promise.all(buyers.map((name) => found(page, `new buyer ${name}`)));
  const messagesBefore = (await Promise.all(before.map(({ id }) => thread(page, id)))).flat();
  await page.call('backups.restore', { name: backup.name });
  await close();

  page = await open();
  const after = await Promise.all(buyers.map((name) => found(page, `new buyer ${name}`)));
  const messagesAfter = (await Promise.all(after.map(({ id }) => thread(page, id)))).flat();
  const ids = (all: readonly { readonly id: number }[]): number[] => all.map(({ id }) => id);
  expect(ids(after).filter((id) => ids(before).includes(id))).toEqual([]);
  expect(ids(messagesAfter).filter((id) => ids(messagesBefore).includes(id))).toEqual([]);
});

test('what a broken log lost is read again, and nothing goes twice', async () => {
  const dataDir = join(folder.path, 'data');
  const log = `${dataPaths(dataDir).database}-wal`;
  const platforms = ['shopee', 'lazada', 'tiktok'];
  let page = await open();
  await online(page);
  await close();
  // From here on every commit is in the log alone.
  page = await open();
  await online(page);
  for (const platform of platforms) await write(platform, `in the log ${platform}`);
  const [first] = await Promise.all(platforms.map((platform) => found(page, `log ${platform}`)));
  const conversationId = first?.id ?? 0;
  const send = { conversationId, clientId: uuidv7(Date.now(), randomBytes), text: 'answered in the log' };
  await page.call('outbox.send', send);
  await until(
    () => thread(page, conversationId),
    (messages) => messages.some(({ clientId: id, status }) => id === send.clientId && status === 'sent'),
  );
  const copy = join(folder.path, 'as a kill leaves it');
  cpSync(dataDir, copy, { recursive: true });
  await close();

  const commits = [...readFrames(join(copy, 'counterdesk.db-wal'), 4096)].flatMap(({ isCommit }, frame) =>
    isCommit ? [frame] : [],
  );
  for (const part of [0.1, 0.5, 0.7, 0.9]) {
    rmSync(dataDir, { recursive: true });
    cpSync(copy, dataDir, { recursive: true });
    const frame = commits[Math.floor((commits.length - 2) * part)] ?? 0;
    flipBytes(log, 32 + frame * 4120 + 400, 16);
    page = await open();
    expect(await page.call('backups.report', {})).toMatchObject({ kind: 'lost-changes' });
    for (const platform of platforms) {
      const row = await found(page, `log ${platform}`);
      const messages = await until(
        () => thread(page, row.id),
        (all) => all.some(({ text }) => text === `in the log ${platform}`),
      );
      expect(messages.filter(({ text }) => text === `in the log ${platform}`)).toHaveLength(1);
    }
    // The page of before had no answer, and asks again.
    const { id } = await found(page, 'log shopee');
    const again = await page.call('outbox.send', { ...send, conversationId: id });
    expect(again.status).not.toBe('queued');
    const answers = await until(
      async () => (await thread(page, id)).filter(({ text }) => text === send.text),
      (all) => all.length === 1 && all[0]?.status === 'sent',
    );
    expect(answers).toMatchObject([{ clientId: send.clientId, pending: null }]);
    await close();
  }
  const journal = await (await fetch(`${sandbox.bundle.admin}/journal`)).text();
  const sends = journal.split('\n').filter((line) => line.includes('"call":"send"'));
  expect(sends.filter((line) => line.includes(send.text) && !line.includes('"messageId":null'))).toHaveLength(
    1,
  );
});

test('a copy on another machine shows everything, asks the platforms nothing and sends nothing until it takes over', async () => {
  let page = await open();
  await online(page);
  const count = (await rows(page)).length;
  await close();
  const dataDir = join(folder.path, 'copy');
  cpSync(join(folder.path, 'data'), dataDir, { recursive: true });
  const laptop = { dataDir, machine: { id: 'm2', name: 'Laptop' } };
  const before = await requests();

  page = await open(laptop);
  expect(await page.call('system.info', {})).toMatchObject({
    readOnly: { machine: 'Desk', otherFolder: null, lastUsedAt: expect.any(Number) as number },
  });
  const shown = await rows(page);
  expect(shown).toHaveLength(count);
  const conversationId = shown[0]?.id ?? 0;
  await page.call('stores.syncNow', { storeId: shown[0]?.storeId ?? 0 }).catch(() => undefined);
  await page
    .call('outbox.send', { conversationId, clientId: clientId(3), text: 'from the copy' })
    .catch(() => undefined);
  await page.call('backups.list', {});
  expect(await requests()).toBe(before);

  await page.call('backups.takeOver', {});
  await close();
  page = await open(laptop);
  expect(await page.call('system.info', {})).toMatchObject({ readOnly: null });
  await until(requests, (n) => n > before);
  await close();
  page = await open();
  expect(await page.call('system.info', {})).toMatchObject({ readOnly: null });
  expect(existsSync(dataPaths(dataDir).report)).toBe(true);
});
