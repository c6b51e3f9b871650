import { CodedError } from '../base/errors.ts';
import type { StoreContext } from '../channels/channel.ts';
import type { HttpDownload } from '../channels/http.ts';
import type { CallInput, CallOutput, Handlers, Method } from '../contract/index.ts';
import { contract } from '../contract/index.ts';
import type { PlatformId, StoreState } from '../contract/models.ts';
import { createConversationFeatures, type ConversationFeatures } from '../engine/conversations/compose.ts';
import type { Db } from '../engine/db/database.ts';
import { memoryHost } from '../engine/host.ts';
import type { EngineParts, StoreAccess, StoreGate, StoreRecord } from '../engine/parts.ts';
import { createSearch } from '../engine/search/search.ts';
import { createTranslations } from '../engine/translation/compose.ts';
import { createSettings } from '../engine/settings/settings.ts';
import { fakeService, memorySecrets, type FakeService } from './fake-service.ts';
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
  /** The platform of each store in memory, by store id; `platform` is the first store's. */
  readonly platforms: ReadonlyMap<number, FakePlatform>;
  readonly states: { readonly state: StoreState; readonly code: string | null }[];
  /** While it is set no state of a store can be written down: it is thrown. */
  reportError: Error | null;
  readonly sync: ConversationFeatures['sync'];
  /** What answers the services a seller uses beside the stores. */
  readonly service: FakeService;
  /** What the host was asked, over all starts. */
  readonly asked: readonly { readonly method: string; readonly input: unknown }[];
  /** The computer's clock is set ahead (or back) by `ms`; the platforms' time goes on as before. */
  jump(ms: number): void;
  /** Its data is a copy that is only shown. */
  setReadOnly(isReadOnly: boolean): void;
  /** Closes or opens the way to every store. */
  setGate(closed: ReturnType<StoreGate['closedFor']>): void;
  call<M extends Method>(method: M, input: CallInput<M>): Promise<CallOutput<M>>;
  start(): void;
  /** Ends the features as the engine does. */
  stop(): Promise<void>;
  /**
   * As a SIGKILL and a new start: nothing of the old features runs on, only the file is left. `between` is done to the
   * file while nothing runs.
   */
  crash(between?: () => void): void;
  close(): void;
}

type Live = StoreRecord['live'];
const pollEverySecond: Live = { mode: 'poll', minMs: 1_000, maxMs: 10_000 };

/** A shop of the desk. Store ids count from 1. */
interface DeskShop {
  readonly platform: PlatformId;
  readonly site: string;
}
const oneShop: readonly DeskShop[] = [{ platform: 'shopee', site: 'SG' }];

export function chatDesk(live: Live = pollEverySecond, shops = oneShop): ChatDesk {
  const temp = tempDb();
  const clock = fakeClock();
  let aheadMs = 0;
  const trueClock = { now: () => clock.now() - aheadMs, after: clock.after };
  const platform = fakePlatform(trueClock);
  const platforms = new Map(
    shops.map((_, index) => [index + 1, index === 0 ? platform : fakePlatform(trueClock)]),
  );
  const feed = memoryFeed();
  const log = memoryLog();
  const states: { state: StoreState; code: string | null }[] = [];
  const storeId = addStores(temp.db, clock.now(), shops);
  const trouble: { reportError: Error | null } = { reportError: null };
  const host = memoryHost();
  const gate = fakeGate();
  let isReadOnly = false;
  const service = fakeService();
  let current = begin();

  function begin() {
    let isDead = false;
    const never = new Promise<never>(() => {});
    const stores: StoreAccess = {
      ...fakeStores(shops, live, platforms, clock),
      report: (_id, state, error) => {
        if (trouble.reportError !== null) throw trouble.reportError;
        if (states.at(-1)?.state !== state) states.push({ state, code: error?.code ?? null });
      },
    };
    const parts: EngineParts = {
      db: temp.db,
      dataDir: temp.dataDir,
      feed,
      log,
      host,
      gate: gate.gate,
      random: () => 0.5,
      randomBytes: fakeRandomBytes(),
      clock: { now: clock.now, after: (ms, task) => clock.after(ms, () => void (isDead || task())) },
      stores: {
        ...stores,
        call: async (id, what, use) => {
          try {
            const value = await stores.call(id, what, use);
            return isDead ? await never : value;
          } catch (error) {
            if (isDead) return await never;
            throw error;
          }
        },
      },
    };
    const settings = createSettings({ db: temp.db, feed });
    const search = createSearch(temp.db);
    const translations = createTranslations({
      ...parts,
      settings,
      search,
      secrets: memorySecrets(),
      readOnly: { isReadOnly: () => isReadOnly },
      exits: service.exits,
      elapsed: () => clock.now(),
    });
    const { translation } = translations;
    const conversations = createConversationFeatures(parts, { search, settings, translation });
    const made = { ...conversations, features: [...conversations.features, translations.feature] };
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
    platforms,
    feed,
    log,
    storeId,
    states,
    get reportError() {
      return trouble.reportError;
    },
    set reportError(error) {
      trouble.reportError = error;
    },
    asked: host.asked,
    service: service.service,
    setGate: gate.set,
    setReadOnly: (value) => {
      isReadOnly = value;
    },
    jump: (ms) => {
      aheadMs += ms;
      clock.setBack(-ms);
    },
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
    crash: (between) => {
      current.kill();
      gate.forget();
      between?.();
      current = begin();
      for (const feature of current.features) feature.start?.();
    },
    close: () => {
      current.kill();
      temp.close();
    },
  };
}

/** A gate that is opened and closed by hand. */
function fakeGate() {
  const listeners: (() => void)[] = [];
  let closed: ReturnType<StoreGate['closedFor']> = null;
  const gate: StoreGate = {
    closedFor: () => closed,
    onChange: (listener) => void listeners.push(listener),
  };
  return {
    gate,
    set: (value: typeof closed) => {
      closed = value;
      for (const listener of listeners) listener();
    },
    forget: () => void listeners.splice(0),
  };
}

function fakeStores(
  shops: readonly DeskShop[],
  live: Live,
  platforms: ReadonlyMap<number, FakePlatform>,
  clock: FakeClock,
): Omit<StoreAccess, 'report'> {
  const platformOf = (id: number): FakePlatform => {
    const platform = platforms.get(id);
    if (platform === undefined) throw new CodedError('not-found', `There is no store ${id}`);
    return platform;
  };
  const records = shops.map((shop, index): StoreRecord => ({
    id: index + 1,
    ...shop,
    name: 'Hive Audio',
    connection: 'api',
    live,
    settleMs: 5_000,
    facts: platformOf(index + 1).channel.facts,
  }));
  const contextOf = (platform: FakePlatform): StoreContext => ({
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
  });
  return {
    list: () => records,
    get: (id) => {
      const record = records[id - 1];
      if (record === undefined) throw new CodedError('not-found', `There is no store ${id}`);
      return record;
    },
    call: async (id, _what, use) => {
      const platform = platformOf(id);
      try {
        return await use(platform.channel, contextOf(platform));
      } catch (error) {
        const isRefused = error instanceof CodedError && error.code === 'auth-expired';
        if (!isRefused || platform.onRefresh === null) throw error;
        await platform.onRefresh();
        return use(platform.channel, contextOf(platform));
      }
    },
  };
}

/** Answers the first one's id. */
function addStores(db: Db, now: number, shops: readonly DeskShop[]): number {
  db.exec(`INSERT INTO environments (id, key, name) VALUES (1, 'test', 'Test');
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
      VALUES (1, 1, 'shopee', 'a', 'A', 'k', ${now});`);
  const insert = db.prepare<[number, string, string, string, number]>(
    `INSERT INTO stores (id, account_id, platform, site, remote_id, name, created_at)
     VALUES (?, 1, ?, ?, ?, 'Hive Audio', ?)`,
  );
  shops.forEach(({ platform, site }, index) => insert.run(index + 1, platform, site, String(index + 1), now));
  return 1;
}
