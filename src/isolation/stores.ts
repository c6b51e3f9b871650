import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../base/system-clock.ts';
import type { AccountFacts, BrowserPool } from '../engine/browsers/parts.ts';
import { createBrowserPool } from '../engine/browsers/pool.ts';
import { memoryHost } from '../engine/host.ts';
import { createWays, type Ways } from '../engine/proxies/ways.ts';
import { openKeyRing } from '../engine/secrets/key-file.ts';
import { createSecrets } from '../engine/secrets/secrets.ts';
import { createSettings } from '../engine/settings/settings.ts';
import { addProxy, type GivenProxy } from '../testing/proxy-rows.ts';
import { findBrowser } from '../hosting/find-browser.ts';
import { memoryFeed, memoryLog, tempDb } from '../testing/temp-engine.ts';
import { testTls } from '../testing/test-tls.ts';
import type { RealProxy } from '../testing/real-proxies.ts';

/** Stores with the engine's own parts: database, ways out, browsers. */
export interface Stores {
  readonly pool: BrowserPool;
  readonly ways: Ways;
  readonly dataDir: string;
  /** A start of the engine anew; `killed`: the browser first, as a crash would. */
  restart(): Promise<void>;
  /** Binds a store to a proxy that runs. */
  bind(store: number, proxy: RealProxy): number;
  setProxy(
    proxyId: number,
    change: { readonly disabled?: boolean; readonly expiresAt?: number | null },
  ): void;
  stop(): Promise<void>;
}

/** The machine's browser, trusting the site's certificate: the one thing that is added to how Counterdesk starts it. */
export function browserAt(folder: string): string {
  const path = findBrowser();
  if (path === undefined) throw new Error('There is no browser of the Chromium family on this machine.');
  const key = new X509Certificate(testTls.cert).publicKey.export({ type: 'spki', format: 'der' });
  const hash = createHash('sha256').update(key).digest('base64');
  const script = join(folder, 'browser');
  writeFileSync(script, `#!/bin/sh\nexec '${path}' --ignore-certificate-errors-spki-list='${hash}' "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}

export async function openStores(count: number): Promise<Stores> {
  const temp = tempDb();
  const { db, dataDir } = temp;
  const [host, feed, log] = [memoryHost(), memoryFeed(), memoryLog()];
  const keys = await openKeyRing({ path: join(dataDir, 'key.json'), host, randomBytes, log });
  const now = (): number => Date.now();
  const secrets = createSecrets({ db, keys, randomBytes, now, hide: () => {} });
  fill(db, count);
  const found = { path: browserAt(dataDir), isWindowed: false };
  const begin = (): { ways: Ways; pool: BrowserPool } => {
    const settings = createSettings({ db, feed });
    const readOnly = { isReadOnly: () => false };
    const elapsed = (): number => performance.now();
    const ways = createWays({
      db,
      clock: systemClock,
      randomBytes,
      log,
      feed,
      host,
      settings,
      secrets,
      readOnly,
      elapsed,
    });
    ways.feature.start?.();
    const pool = createBrowserPool({
      found,
      folder: join(dataDir, 'browsers'),
      keys,
      randomBytes,
      clock: systemClock,
      log,
      net: ways.net,
      factsOf,
      stopOf: ways.proxies.stopOfAccount,
      limits: () => ({ capBytes: Number.MAX_SAFE_INTEGER, idleMs: 3_600_000 }),
    });
    return { ways, pool };
  };
  let current = begin();
  const end = async (): Promise<void> => {
    await current.pool.stop();
    await current.ways.feature.stop?.();
    await current.ways.net.close();
  };
  return {
    get pool() {
      return current.pool;
    },
    get ways() {
      return current.ways;
    },
    dataDir,
    restart: async () => {
      await end();
      current = begin();
    },
    bind: (store, { protocol, host: at, port, username, password }) => {
      const given: GivenProxy = { protocol, host: at, port, username, password };
      const proxyId = addProxy(db, secrets, given);
      current.ways.binding.set([store], proxyId);
      current.ways.binding.changed([store]);
      return proxyId;
    },
    setProxy: (proxyId, { disabled, expiresAt }) => {
      if (disabled !== undefined)
        db.prepare('UPDATE proxies SET disabled = ? WHERE id = ?').run(Number(disabled), proxyId);
      if (expiresAt !== undefined)
        db.prepare('UPDATE proxies SET expires_at = ? WHERE id = ?').run(expiresAt, proxyId);
      current.ways.binding.changed(current.ways.binding.accountsBy(proxyId));
    },
    stop: async () => {
      await end();
      temp.close();
    },
  };
}

function factsOf(store: number): AccountFacts {
  return {
    accountId: store,
    contextKey: `context-${store}`,
    platform: 'shopee',
    stores: [
      { id: store, site: 'SG', remoteId: `r${store}`, sellerId: null, name: `Store ${store}`, home: null },
    ],
    own: [],
    locale: 'en-SG',
    timeZone: 'Asia/Singapore',
  };
}

function fill(db: ReturnType<typeof tempDb>['db'], count: number): void {
  db.exec(`INSERT INTO environments (id, key, name) VALUES (1, 'test', 'Test')`);
  const account = db.prepare(
    `INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
     VALUES (?, 1, 'shopee', ?, ?, ?, 0)`,
  );
  const store = db.prepare(
    `INSERT INTO stores (id, account_id, platform, site, remote_id, name, created_at)
     VALUES (?, ?, 'shopee', 'SG', ?, ?, 0)`,
  );
  for (let id = 1; id <= count; id += 1) {
    account.run(id, `a${id}`, `Store ${id}`, `context-${id}`);
    store.run(id, id, `s${id}`, `Store ${id}`);
  }
}
