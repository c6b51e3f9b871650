import type { StoreContext } from '../channels/channel.ts';
import type { HttpDownload } from '../channels/http.ts';
import type { CallInput, CallOutput, Handlers, Method } from '../contract/index.ts';
import { contract } from '../contract/index.ts';
import type { StoreState } from '../contract/models.ts';
import { createConversationFeatures, type ConversationFeatures } from '../engine/conversations/compose.ts';
import type { Db } from '../engine/db/database.ts';
import { memoryHost } from '../engine/host.ts';
import { openGate } from '../engine/network/gate.ts';
import type { EngineParts, StoreAccess, StoreRecord } from '../engine/parts.ts';
import { createSearch } from '../engine/search/search.ts';
import { createSettings } from '../engine/settings/settings.ts';
import { fakePlatform, type FakePlatform } from './fake-platform.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { fakeRandomBytes, memoryFeed, memoryLog, tempDb } from './temp-engine.ts';

/** The conversation features on a real database file, over a platform in memory and a clock that stands still. */
export interface ChatDesk {
  readonly db: Db;
  readonly dataDir: string;
  readonly clock: FakeClock;
  readonly platform: FakePlatform;
  readonly feed: ReturnType<typeof memoryFeed>;
  readonly log: ReturnType<typeof memoryLog>;
  readonly storeId: number;
  readonly states: { readonly state: StoreState; readonly code: string | null }[];
  readonly sync: ConversationFeatures['sync'];
  call<M extends Method>(method: M, input: CallInput<M>): Promise<CallOutput<M>>;
  start(): void;
  /** Ends the features as the engine does. */
  stop(): Promise<void>;
  /** As a SIGKILL and a new start: nothing of the old features runs on, only the file is left. */
  crash(): void;
  close(): void;
}

type Live = StoreRecord['live'];
const pollEverySecond: Live = { mode: 'poll', minMs: 1_000, maxMs: 10_000 };

export function chatDesk(live: Live = pollEverySecond): ChatDesk {
  const temp = tempDb();
  const clock = fakeClock();
  const platform = fakePlatform(clock);
  const feed = memoryFeed();
  const log = memoryLog();
  const states: { state: StoreState; code: string | null }[] = [];
  const storeId = addStore(temp.db, clock.now());
  let current = begin();

  function begin() {
    let isDead = false;
    const never = new Promise<never>(() => {});
    const stores: StoreAccess = {
      ...fakeStores(storeId, live, platform, clock),
      report: (_id, state, error) => {
        if (states.at(-1)?.state !== state) states.push({ state, code: error?.code ?? null });
      },
    };
    const parts: EngineParts = {
      db: temp.db,
      dataDir: temp.dataDir,
      feed,
      log,
      host: memoryHost(),
      gate: openGate,
      random: () => 0.5,
      randomBytes: fakeRandomBytes(),
      clock: { now: clock.now, after: (ms, task) => clock.after(ms, () => void (isDead || task())) },
      stores: {
        ...stores,
        call: async (id, use) => {
          try {
            const value = await stores.call(id, use);
            return isDead ? await never : value;
          } catch (error) {
            if (isDead) return await never;
            throw error;
          }
        },
      },
    };
    const settings = createSettings({ db: temp.db, feed });
    const made = createConversationFeatures(parts, { search: createSearch(temp.db), settings });
    const handlers: Partial<Handlers> = Object.assign(
      {},
      settings.handlers,
      ...made.features.map((feature) => feature.handlers),
    );
    return { ...made, handlers, kill: () => (isDead = true) };
  }

  return {
    db: temp.db,
    dataDir: temp.dataDir,
    clock,
    platform,
    feed,
    log,
    storeId,
    states,
    get sync() {
      return current.sync;
    },
    call: async (method, input) => {
      const handler = current.handlers[method] as ((input: unknown) => never) | undefined;
      if (handler === undefined) throw new Error(`Nobody answers ${method}`);
      return handler(contract[method].input.parse(input));
    },
    start: () => current.features.forEach((feature) => feature.start?.()),
    stop: async () => {
      for (const feature of current.features.toReversed()) await feature.stop?.();
    },
    crash: () => {
      current.kill();
      current = begin();
      for (const feature of current.features) feature.start?.();
    },
    close: () => {
      current.kill();
      temp.close();
    },
  };
}

function fakeStores(
  storeId: number,
  live: Live,
  platform: FakePlatform,
  clock: FakeClock,
): Omit<StoreAccess, 'report'> {
  const record: StoreRecord = {
    id: storeId,
    platform: 'shopee',
    site: 'SG',
    name: 'Hive Audio',
    connection: 'api',
    live,
    settleMs: 5_000,
    facts: platform.channel.facts,
  };
  const context: StoreContext = {
    app: { api: '', auth: '', gateways: {}, appKey: '', appSecret: '', pushSecret: '' },
    shopId: '1',
    site: 'SG',
    cipher: null,
    sellerId: null,
    token: { accessToken: '', refreshToken: '', accessTokenExpiresAt: 0, refreshTokenExpiresAt: 0 },
    http: {
      request: () => Promise.reject(new Error('No network here')),
      download: (url) => {
        platform.calls.push('download');
        const missing: HttpDownload = { status: 404, headers: {}, bytes: new Uint8Array() };
        return Promise.resolve().then(() => platform.files.get(url)?.() ?? missing);
      },
    },
    now: clock.now,
  };
  return {
    list: () => [record],
    get: () => record,
    call: (_id, use) => use(platform.channel, context),
  };
}

function addStore(db: Db, now: number): number {
  db.exec(`INSERT INTO environments (id, key, name) VALUES (1, 'test', 'Test');
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
      VALUES (1, 1, 'shopee', 'a', 'A', 'k', ${now});
    INSERT INTO stores (id, account_id, platform, site, remote_id, name, created_at)
      VALUES (1, 1, 'shopee', 'SG', '1', 'Hive Audio', ${now});`);
  return 1;
}
