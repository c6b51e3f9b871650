import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectPage, type TestPage } from '../../testing/engine-page.ts';
import { migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import { createEngine, type Engine } from '../engine.ts';
import { memoryHost } from '../host.ts';

vi.setConfig({ testTimeout: 120_000 });

const CANARY = 'canary-7f3a';
/** With each character that means something in an address, short, and one of two that can't be told apart. */
const secrets = [`${CANARY}@:/%#1`, `${CANARY}-b`, `${CANARY}|c`];
const link = `https://p.example/rotate?key=${CANARY}-link`;

let folder: ReturnType<typeof tempDir>;
let engine: Engine;
let page: TestPage;
const host = memoryHost();

const open = async (): Promise<void> => {
  engine = await createEngine(
    {
      dataDir: folder.path,
      migrationsDir,
      space: 'practice',
      version: '1',
      machine: { id: 'm1', name: 'test' },
      bundle: null,
    },
    host,
  );
  page = connectPage(engine);
};
beforeEach(async () => {
  folder = tempDir();
  await open();
});
afterEach(async () => {
  await engine.close();
  folder.remove();
});

/** What a call throws, as the page and a log would see it. */
const thrown = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: Error) => JSON.stringify({ ...error, message: error.message }),
  );

/** Every file of the data folder that holds the text in any of the ways it may stand there. */
function holding(text: string): string[] {
  const forms = [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)].flatMap((form) => [
    Buffer.from(form, 'utf8'),
    Buffer.from(form, 'utf16le'),
    Buffer.from(Buffer.from(form).toString('base64').slice(0, -4)),
  ]);
  return readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => forms.some((form) => readFileSync(path).includes(form)));
}

test('passwords and rotation links are nowhere but sealed in the database', async () => {
  const text = [
    `203.0.113.1:80:mai:${secrets[0]}[${link}]`,
    `203.0.113.2:80:mai:${secrets[1]}`,
    `203.0.113.3:80:mai:${secrets[2]}`,
    `203.0.113.4:99999:mai:${CANARY}`,
    `{"host":"203.0.113.5","port":"x","password":"${CANARY}"}`,
  ].join('\n');
  const source = { kind: 'text' as const, text };
  const { rows } = await page.call('proxies.preview', { source, zone: 'UTC' });
  expect(rows.map(({ verdict }) => verdict)).toEqual(['new', 'new', 'ambiguous', 'wrong', 'wrong']);
  const decided = rows.flatMap(({ details, readings }) => {
    const kept = details ?? readings.at(-1);
    return kept === undefined ? [] : [{ details: kept, proxyId: null }];
  });
  expect(await page.call('proxies.import', { rows: decided })).toMatchObject({ added: 3 });

  const errors = [
    // What is there already, what fits no schema, a list of nothing, and what no call takes.
    await thrown(page.call('proxies.import', { rows: decided })),
    await thrown(
      page.call('proxies.import', {
        rows: [{ details: { ...decided[0]!.details, port: 0 }, proxyId: null }],
      }),
    ),
    await thrown(
      page.call('proxies.change', { proxyId: 1, change: { password: `${CANARY}${'x'.repeat(600)}` } }),
    ),
    await thrown(page.call('proxies.change', { proxyId: 1, change: { rotation: `${CANARY} no link` } })),
    await thrown(page.call('proxies.change', { proxyId: 99, change: { password: CANARY } })),
    await thrown(
      page.call('proxies.preview', {
        source: { kind: 'text', text: `${CANARY}:`.repeat(2_000_000) },
        zone: 'UTC',
      }),
    ),
    await thrown(page.call('proxies.preview', { source, zone: CANARY })),
  ];
  expect(errors).not.toContain('done');
  expect(errors.join('\n')).not.toContain(CANARY);
  const { proxies } = await page.call('proxies.list', {});
  expect(proxies.map(({ hasPassword, hasRotation }) => [hasPassword, hasRotation])).toEqual([
    [true, true],
    [true, false],
    [true, false],
  ]);
  expect(JSON.stringify([proxies, page.events])).not.toContain(CANARY);

  // While it is open, so that its log of changes is looked at too; and as it lies there closed.
  expect(holding(CANARY)).toEqual([]);
  await engine.close();
  expect(holding(CANARY)).toEqual([]);
  // The search itself sees what lies open.
  expect(holding('203.0.113.2')).not.toEqual([]);

  await open();
  const again = await page.call('proxies.preview', { source, zone: 'UTC' });
  expect(again.rows.map(({ verdict }) => verdict).slice(0, 2)).toEqual(['duplicate', 'duplicate']);
  expect(JSON.stringify(host.asked)).not.toContain(CANARY);
});
