import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logContract, type LogLine } from '../../contract/log.ts';
import { tempDir } from '../../testing/temp-engine.ts';
import { dataPaths } from '../paths.ts';
import { createLogAbout } from './about.ts';
import { createFileSink } from './file-sink.ts';
import { createLog } from './log.ts';

let folder: ReturnType<typeof tempDir>;
let logs: string;
let now = Date.UTC(2026, 0, 5, 8);

beforeEach(() => {
  folder = tempDir();
  ({ logs } = dataPaths(folder.path));
  now = Date.UTC(2026, 0, 5, 8);
});
afterEach(() => folder.remove());

async function about(input: { messageId?: number; storeId?: number; limit?: number }): Promise<LogLine[]> {
  const { handlers } = createLogAbout({ dataDir: folder.path });
  const answer = await handlers['log.about'](logContract['log.about'].input.parse(input));
  expect(answer.folder).toBe(logs);
  return answer.lines;
}

test('the newest lines about a message or a store, over all files', async () => {
  const log = createLog(createFileSink({ folder: logs, now: () => now, maxBytes: 300 }), () => now);
  for (let n = 1; n <= 12; n += 1) {
    now += 6 * 3_600_000;
    log.scope('outbox').warn('send-ended', { messageId: n % 3, storeId: n % 2, n });
  }
  log.close();
  const fields = async (input: Parameters<typeof about>[0]): Promise<unknown[]> =>
    (await about(input)).map((line) => (JSON.parse(line.fields) as { n: number }).n);
  expect(await fields({ messageId: 1 })).toEqual([10, 7, 4, 1]);
  expect(await fields({ storeId: 1, limit: 3 })).toEqual([11, 9, 7]);
  expect(await fields({})).toEqual([]);
  expect((await about({ messageId: 1 }))[0]).toMatchObject({
    at: Date.UTC(2026, 0, 5, 8) + 60 * 3_600_000,
    level: 'warn',
    scope: 'outbox',
    event: 'send-ended',
  });
});

test('of a message and its store: how the store stood, but no other message of it', async () => {
  const log = createLog(createFileSink({ folder: logs, now: () => now }), () => now);
  const outbox = log.scope('outbox');
  outbox.warn('send-ended', { storeId: 1, messageId: 7 });
  log.scope('stores').warn('store-state', { storeId: 1, state: 'unreachable' });
  outbox.warn('send-ended', { storeId: 1, messageId: 8 });
  log.scope('stores').warn('store-state', { storeId: 2, state: 'unreachable' });
  log.close();
  const fields = async (input: Parameters<typeof about>[0]): Promise<unknown[]> =>
    (await about(input)).map((line) => JSON.parse(line.fields) as unknown);
  expect(await fields({ messageId: 7, storeId: 1 })).toEqual([
    { storeId: 1, state: 'unreachable' },
    { storeId: 1, messageId: 7 },
  ]);
  expect(await fields({ storeId: 1 })).toHaveLength(3);
});

test('broken lines, half lines and other files are passed over', async () => {
  mkdirSync(logs, { recursive: true });
  const line = (messageId: unknown, rest = '') =>
    `{"at":"2026-01-05T08:00:00.000Z","level":"info","scope":"outbox","event":"checked","fields":{"messageId":${JSON.stringify(messageId)}}${rest}}`;
  writeFileSync(
    join(logs, 'engine-20260105.log'),
    ['"messageId":7}}', 'null', '[]', line(7), line('7'), line(7, ',"level":"odd"'), '{"at":1}', ''].join(
      '\n',
    ),
  );
  writeFileSync(join(logs, 'other.log'), line(7));
  expect(await about({ messageId: 7 })).toHaveLength(1);
  appendFileSync(join(logs, 'engine-20260105.log'), line(7).slice(0, 60));
  expect(await about({ messageId: 7 })).toHaveLength(1);
});

test('only so much is read from the end, whole characters and lines across the pieces it is read in', async () => {
  mkdirSync(logs, { recursive: true });
  const line = (messageId: number, text: string) =>
    `${JSON.stringify({ at: new Date(now).toISOString(), level: 'info', scope: 's', event: 'e', fields: { messageId, text } })}\n`;
  const path = join(logs, 'engine-20260105.log');
  writeFileSync(path, line(1, 'the oldest'));
  for (let n = 0; n < 12; n += 1) appendFileSync(path, line(2, '发货了'.repeat(100_000)));
  const lines = await about({ messageId: 2 });
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.every(({ fields }) => fields.endsWith('发货了"}'))).toBe(true);
  expect(await about({ messageId: 1 })).toEqual([]);
});

test('without a log there is nothing to say', async () => {
  expect(await about({ messageId: 1 })).toEqual([]);
});
