import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../base/system-clock.ts';
import type { HttpClient } from '../channels/http.ts';
import type { Db } from '../engine/db/database.ts';
import { memoryHost } from '../engine/host.ts';
import type { MessageRow } from '../engine/messages/queries.ts';
import type { ServiceExits } from '../engine/net/service-exits.ts';
import { createSearch } from '../engine/search/search.ts';
import { createSettings } from '../engine/settings/settings.ts';
import { createTranslations } from '../engine/translation/compose.ts';
import type { Translation } from '../engine/translation/translation.ts';
import { memorySecrets } from '../testing/fake-service.ts';
import { fillDesk } from '../testing/full-desk.ts';
import { memoryFeed, memoryLog, tempDb } from '../testing/temp-engine.ts';
import { compare, milliseconds, type Bench } from './harness.ts';

/** How long the provider of the bench takes for one call, milliseconds. */
const PROVIDER_MS = 20;
const THREAD = 50;
const CONVERSATIONS = 500;
const KEPT = 20_000;

interface Desk {
  readonly db: Db;
  readonly translation: Translation;
  /** Calls the provider was given, and texts in them. */
  readonly calls: { count: number; texts: number };
  row(conversationId: number, text: string): MessageRow;
  stop(): Promise<void>;
}

function provider(calls: Desk['calls']): ServiceExits {
  const request: HttpClient['request'] = async ({ body }) => {
    const { q } = JSON.parse(String(body)) as { q: string[] };
    calls.count += 1;
    calls.texts += q.length;
    await pause(PROVIDER_MS);
    return {
      status: 200,
      headers: {},
      text: JSON.stringify({ translatedText: q.map((text) => `en ${text}`) }),
    };
  };
  const download = (): Promise<never> => Promise.reject(new Error('never'));
  return { of: () => ({ request, download }), close: () => Promise.resolve() };
}

async function makeDesk(db: Db): Promise<Desk> {
  fillDesk(db);
  const storeId = 1;
  const calls = { count: 0, texts: 0 };
  const feed = memoryFeed();
  const settings = createSettings({ db, feed });
  await settings.handlers['settings.set']({ translateTo: 'en', translateMode: 'auto' });
  const { translation, feature } = createTranslations({
    db,
    feed,
    settings,
    clock: systemClock,
    log: memoryLog(),
    host: memoryHost(),
    search: createSearch(db),
    secrets: memorySecrets(),
    readOnly: { isReadOnly: () => false },
    exits: provider(calls),
    elapsed: () => performance.now(),
  });
  await feature.handlers['translation.saveProvider']({
    id: null,
    kind: 'libretranslate',
    name: 'Bench',
    address: 'http://127.0.0.1:5000',
    place: '',
    model: '',
    languages: [],
    proxyId: null,
    enabled: true,
  });
  db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CONVERSATIONS + 40})
    INSERT INTO buyers (id, store_id, remote_id, name) SELECT i, ${storeId}, i, i FROM n WHERE i > 40;
    INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, created_at)
      SELECT id, store_id, 'api', remote_id, id, 1 FROM buyers WHERE id > 40`);
  const row = (conversationId: number, text: string) =>
    ({
      conversation_id: conversationId,
      store_id: storeId,
      author: 'buyer',
      kind: 'text',
      text,
      recalled: 0,
    }) as MessageRow;
  return { db, translation, calls, row, stop: async () => feature.stop?.() };
}

/** Until everything that was wished for is shown translated. */
async function done({ translation }: Desk, rows: readonly MessageRow[]): Promise<void> {
  while (rows.some((row) => translation.read([row])[0]?.state !== 'done')) await pause(1);
}

let serial = 0;
const fresh = (): string => `ส่งของวันไหนคะ ${(serial += 1)}`;

export const translationBench: Bench = {
  name: 'translation',
  run: async (report) => {
    const { db, close } = tempDb();
    const desk = await makeDesk(db);
    try {
      const known = desk.row(1, fresh());
      desk.translation.read([known]);
      await done(desk, [known]);
      db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${KEPT})
        INSERT INTO translations (store_id, conversation_id, hash, target, text, made_by, created_at)
        SELECT store_id, conversation_id, randomblob(16), target, text, made_by, 1 FROM translations, n`);
      const raw = db.prepare<[number], { text: string }>('SELECT text FROM translations WHERE id = ?');
      const times =
        <T>(read: () => T) =>
        () =>
          milliseconds(() => {
            for (let n = 0; n < 100; n += 1) read();
          });
      report(
        await compare({
          name: '100 kept translations read',
          unit: 'ms',
          peer: '100 raw primary-key reads',
          goal: '<=8',
          samples: 50,
          discard: 5,
          ours: times(() => desk.translation.read([known])),
          against: times(() => raw.get(1)),
        }),
      );
      report(
        await compare({
          name: `a thread of ${THREAD} translated`,
          unit: 'ms',
          peer: 'one call a message, in turn',
          goal: '<=0.15',
          samples: 2,
          discard: 0,
          ours: () => {
            const rows = Array.from({ length: THREAD }, () => desk.row(2, fresh()));
            return milliseconds(() => {
              desk.translation.read(rows);
              return done(desk, rows);
            });
          },
          against: () =>
            milliseconds(async () => {
              for (let n = 0; n < THREAD; n += 1) await pause(PROVIDER_MS);
            }),
        }),
      );
      report(
        await compare({
          name: `${CONVERSATIONS} equal texts at once: calls`,
          unit: 'calls',
          peer: 'one',
          goal: '<=1',
          samples: 1,
          discard: 0,
          against: 1,
          ours: async () => {
            const before = desk.calls.texts;
            const text = fresh();
            const rows = Array.from({ length: CONVERSATIONS }, (_, index) => desk.row(index + 41, text));
            for (const row of rows) desk.translation.read([row]);
            await done(desk, rows);
            return desk.calls.texts - before;
          },
        }),
      );
    } finally {
      await desk.stop();
      close();
    }
  },
};
