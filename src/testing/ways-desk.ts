import { randomBytes } from 'node:crypto';
import type { Db } from '../engine/db/database.ts';
import { memoryHost } from '../engine/host.ts';
import { createWays, type Ways } from '../engine/proxies/ways.ts';
import { openKeyRing } from '../engine/secrets/key-file.ts';
import { createSecrets, type Secrets } from '../engine/secrets/secrets.ts';
import { createSettings, type LiveSettings } from '../engine/settings/settings.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { addProxy, type GivenProxy } from './proxy-rows.ts';
import { memoryFeed, memoryLog, tempDb } from './temp-engine.ts';

/** The ways out of stores over a real database file, at a clock that stands still. */
export interface WaysDesk {
  readonly db: Db;
  readonly clock: FakeClock;
  readonly host: ReturnType<typeof memoryHost>;
  readonly feed: ReturnType<typeof memoryFeed>;
  readonly log: ReturnType<typeof memoryLog>;
  readonly secrets: Secrets;
  readonly settings: LiveSettings;
  /** Of the newest start. */
  readonly ways: Ways;
  /** The data is another machine's. */
  isReadOnly: boolean;
  add(proxy: GivenProxy): number;
  /** Time passes, most of it asleep. */
  pass(ms: number): Promise<void>;
  /** The computer's clock is set ahead by so much; what has passed since its start stays. */
  jump(ms: number): void;
  /** As a new start of the engine on the same file. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Accounts 1 and 2 with a store each (of the same ids) and the app 1; account 3 with stores 3 and 4 and the app 2.
 * Nothing is bound.
 */
export async function waysDesk(): Promise<WaysDesk> {
  const temp = tempDb();
  const clock = fakeClock();
  let aheadMs = 0;
  const [host, feed, log] = [memoryHost(), memoryFeed(), memoryLog()];
  const now = (): number => clock.now();
  const keys = await openKeyRing({ path: `${temp.dataDir}/key.json`, host, randomBytes, log });
  const secrets = createSecrets({ db: temp.db, keys, randomBytes, now, hide: () => {} });
  fill(temp.db);
  const made = { isReadOnly: false };
  const begin = () => {
    const settings = createSettings({ db: temp.db, feed });
    const readOnly = { isReadOnly: () => made.isReadOnly };
    const own = { db: temp.db, clock, randomBytes, log, feed, host, settings, secrets, readOnly };
    return { settings, ways: createWays({ ...own, elapsed: () => clock.now() - aheadMs }) };
  };
  let current = begin();
  const end = async (): Promise<void> => {
    await current.ways.feature.stop?.();
    await current.ways.net.close();
  };
  const known = { db: temp.db, clock, host, feed, log, secrets };
  return {
    ...known,
    get settings() {
      return current.settings;
    },
    get ways() {
      return current.ways;
    },
    get isReadOnly() {
      return made.isReadOnly;
    },
    set isReadOnly(value) {
      made.isReadOnly = value;
    },
    add: (proxy) => addProxy(temp.db, secrets, proxy),
    pass: async (ms) => {
      const awakeMs = Math.min(ms, 30_000);
      clock.setBack(awakeMs - ms);
      await clock.advance(awakeMs);
    },
    jump: (ms) => {
      aheadMs += ms;
      clock.setBack(-ms);
    },
    restart: async () => {
      await end();
      current = begin();
      current.ways.feature.start?.();
    },
    close: async () => {
      await end();
      temp.close();
    },
  };
}

function fill(db: Db): void {
  db.exec(`
    INSERT INTO environments (id, key, name) VALUES (1, 'test', 'Test');
    INSERT INTO apps (id, environment_id, platform, api, auth, app_key, live_mode, live_min_ms, live_max_ms, settle_ms)
      VALUES (1, 1, 'shopee', '', '', 'k1', 'poll', 1, 1, 1), (2, 1, 'lazada', '', '', 'k2', 'poll', 1, 1, 1);
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at) VALUES
      (1, 1, 'shopee', 'a1', 'A', 'c1', 0), (2, 1, 'shopee', 'a2', 'B', 'c2', 0), (3, 1, 'lazada', 'a3', 'C', 'c3', 0);
    INSERT INTO stores (id, account_id, app_id, platform, site, remote_id, name, created_at) VALUES
      (1, 1, 1, 'shopee', 'SG', 's1', 'One', 0), (2, 2, 1, 'shopee', 'MY', 's2', 'Two', 0),
      (3, 3, 2, 'lazada', 'SG', 's3', 'Three', 0), (4, 3, 2, 'lazada', 'TH', 's4', 'Four', 0);`);
}
