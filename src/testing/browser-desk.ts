import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createBrowserPool, type PoolInput } from '../engine/browsers/pool.ts';
import type { AccountFacts, BrowserPool } from '../engine/browsers/parts.ts';
import type { KeyRing } from '../engine/secrets/key-file.ts';
import { findBrowser } from '../hosting/find-browser.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { tempDir } from './temp-engine.ts';
import { testNet, type TestNet } from './test-net.ts';

/** A pool of real browsers over a choke point whose routes a test sets. */
export interface BrowserDesk {
  readonly pool: BrowserPool;
  readonly net: TestNet;
  readonly found: PoolInput['found'];
  readonly clock: FakeClock;
  /** Holds sessions and downloads. */
  readonly folder: string;
  readonly limits: { capBytes: number; idleMs: number };
  /** As a new start of the engine on the same folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The browser of this machine; a test that has none fails. */
export function machineBrowser(): NonNullable<PoolInput['found']> {
  const path = findBrowser();
  if (path === undefined) throw new Error('There is no browser of the Chromium family on this machine.');
  return { path, isWindowed: false };
}

/** Account N has the store N of that site, at this seller centre; `own` may be on this computer. */
export function accountFacts(accountId: number, home: string | null, own: readonly string[]): AccountFacts {
  return {
    accountId,
    contextKey: `account-${accountId}`,
    platform: 'shopee',
    stores: [
      {
        id: accountId,
        site: 'TH',
        remoteId: `shop-${accountId}`,
        sellerId: null,
        name: `Store ${accountId}`,
        home,
      },
    ],
    own,
    locale: 'th-TH',
    timeZone: 'Asia/Bangkok',
  };
}

export async function browserDesk(
  factsOf: (accountId: number) => AccountFacts,
  found: PoolInput['found'] = machineBrowser(),
  under = '.',
): Promise<BrowserDesk> {
  const temp = tempDir();
  const keys: KeyRing = { current: { id: '00'.repeat(8), bytes: randomBytes(32) }, earlier: [] };
  const clock = fakeClock();
  const net = testNet();
  const limits = { capBytes: 4 * 1024 ** 3, idleMs: 900_000 };
  const folder = join(temp.path, under, 'browsers');
  const start = (): BrowserPool =>
    createBrowserPool({
      found,
      folder,
      keys,
      randomBytes,
      clock,
      log: net.log,
      net,
      factsOf,
      stopOf: (accountId) => {
        const route = net.routes.get(accountId);
        return route?.kind === 'refused' ? route.stop : null;
      },
      limits: () => limits,
    });
  const made = { pool: start() };
  return {
    get pool() {
      return made.pool;
    },
    net,
    found,
    clock,
    folder,
    limits,
    restart: async () => {
      await made.pool.stop();
      made.pool = start();
    },
    close: async () => {
      await made.pool.stop();
      await net.close();
      temp.remove();
    },
  };
}
