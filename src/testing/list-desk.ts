import { randomBytes } from 'node:crypto';
import { contract, type CallInput, type CallOutput, type Handlers } from '../contract/index.ts';
import type { proxiesContract } from '../contract/proxies.ts';
import { memoryHost } from '../engine/host.ts';
import { createBinding, type Binding } from '../engine/proxies/binding.ts';
import { createProxies } from '../engine/proxies/proxies.ts';
import { openKeyRing } from '../engine/secrets/key-file.ts';
import { createSecrets, type Secrets } from '../engine/secrets/secrets.ts';
import { fakeClock } from './fake-clock.ts';
import { memoryFeed, memoryLog, tempDb } from './temp-engine.ts';

type Method = keyof typeof proxiesContract;

/** Stores of this desk: two of one account, two alone, two of one name. */
export const deskStores = [
  { id: 1, accountId: 1, name: 'Hive Audio', site: 'SG' },
  { id: 2, accountId: 1, name: 'Hive Audio MY shop', site: 'MY' },
  { id: 3, accountId: 2, name: 'Baan Craft', site: 'TH' },
  { id: 4, accountId: 3, name: 'Nusa Living', site: 'ID' },
  { id: 5, accountId: 4, name: 'Twin', site: 'SG' },
  { id: 6, accountId: 5, name: 'twin', site: 'VN' },
] as const;

/** The engine's part on proxies over a real database, with the calls as a page makes them. */
export async function listDesk() {
  const temp = tempDb();
  const { db } = temp;
  db.exec(`INSERT INTO environments (id, key, name) VALUES (1, 'e', 'e');
    INSERT INTO apps (id, environment_id, platform, api, auth, app_key, live_mode, live_min_ms, live_max_ms, settle_ms)
      VALUES (1, 1, 'shopee', '', '', 'k', 'poll', 1, 1, 1)`);
  const account = db.prepare(
    `INSERT OR IGNORE INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
     VALUES (?, 1, 'shopee', ?, '', ?, 0)`,
  );
  const store = db.prepare(
    `INSERT INTO stores (id, account_id, app_id, platform, site, remote_id, name, created_at)
     VALUES (?, ?, 1, 'shopee', ?, ?, ?, 0)`,
  );
  for (const { id, accountId, name, site } of deskStores) {
    account.run(accountId, `a${accountId}`, `c${accountId}`);
    store.run(id, accountId, site, `s${id}`, name);
  }
  const clock = fakeClock();
  const feed = memoryFeed();
  const log = memoryLog();
  const keys = await openKeyRing({
    path: `${temp.dataDir}/key.json`,
    host: memoryHost(),
    randomBytes,
    log,
  });
  const hidden: string[] = [];
  const secrets: Secrets = createSecrets({
    db,
    keys,
    randomBytes,
    now: () => clock.now(),
    hide: (secret) => hidden.push(secret),
  });
  const binding = createBinding({
    db,
    feed,
    log,
    net: { end: () => {} },
    gate: { refresh: () => {} },
    now: () => clock.now(),
  });
  /** Accounts whose connections were ended, call by call; and whether the database was at rest then. */
  const ended: { accountIds: readonly number[]; inTransaction: boolean }[] = [];
  const watched: Binding = {
    ...binding,
    changed: (accountIds) => {
      ended.push({ accountIds, inTransaction: db.inTransaction });
      binding.changed(accountIds);
    },
  };
  const proxies = createProxies({ db, clock, randomBytes, feed, log, secrets, binding: watched });
  const handlers = { ...proxies.handlers, ...binding.handlers } as Partial<Handlers>;

  /** As a page calls: what it passes and what it gets goes through JSON. */
  const call = async <M extends Method>(method: M, input: CallInput<M>): Promise<CallOutput<M>> => {
    const parsed = contract[method].input.parse(JSON.parse(JSON.stringify(input)));
    const handler = handlers[method] as (input: unknown) => unknown;
    return JSON.parse(JSON.stringify((await handler(parsed)) ?? null)) as CallOutput<M>;
  };
  return {
    ...temp,
    clock,
    feed,
    log,
    secrets,
    hidden,
    ended,
    call,
    proxyOf: (accountId: number): number | null =>
      db
        .prepare<[number], number | null>('SELECT proxy_id FROM accounts WHERE id = ?')
        .pluck()
        .get(accountId) ?? null,
    close: async (): Promise<void> => {
      await proxies.stop?.();
      temp.close();
    },
  };
}

export type ListDesk = Awaited<ReturnType<typeof listDesk>>;
