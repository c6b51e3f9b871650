import { CodedError } from '../../base/errors.ts';
import type { Db } from '../db/database.ts';
import type { Net } from '../net/net.ts';
import type { NetworkGate } from '../network/gate.ts';
import type { Feature, Feed, Log } from '../parts.ts';
import { prepareBinding, prepareWays } from './way-queries.ts';

/** The calls it answers. */
export type BindingCalls = 'proxies.bind' | 'proxies.apps' | 'proxies.setApiExit';

/** By which proxy accounts leave. Whoever writes it calls `changed` after the commit. */
export interface Binding {
  /** Null: directly. In a transaction. */
  set(accountIds: readonly number[], proxyId: number | null): void;
  /**
   * After a commit that changed by what these accounts leave, or anything of that proxy: ends their open connections, so
   * that nothing leaves by the old way any more, and lets those go on that may. Call it for a changed host, user name or
   * password, another end, disabling and enabling too, with `accountsBy`.
   */
  changed(accountIds: readonly number[]): void;
  /** Accounts of which anything leaves by this proxy: bound to it, or calling an app whose exit it is. */
  accountsBy(proxyId: number): number[];
}

interface BindingInput {
  readonly db: Db;
  readonly net: Pick<Net, 'end'>;
  readonly gate: Pick<NetworkGate, 'refresh'>;
  readonly feed: Feed;
  readonly log: Log;
  /** UTC milliseconds. */
  readonly now: () => number;
}

export function createBinding(input: BindingInput): Binding & Feature<BindingCalls> {
  const { db, net, gate, feed, log } = input;
  const rows = prepareBinding(db);
  const ways = prepareWays(db);

  const set = (accountIds: readonly number[], proxyId: number | null): void => {
    for (const accountId of accountIds) {
      // Where it came out until now stays its own for a while, though nobody looks again before it leaves.
      rows.left.run({ accountId, proxyId, now: input.now() });
      rows.bind.run(proxyId, accountId);
    }
  };
  const changed = (accountIds: readonly number[]): void => {
    net.end(accountIds);
    feed.emit('proxies');
    if (accountIds.length === 0) return;
    log.info('way-changed', { accountIds });
    feed.emit(
      'stores',
      accountIds.flatMap((accountId) => rows.storesOf.all(accountId)),
    );
    gate.refresh();
  };
  const checkProxy = (proxyId: number | null): void => {
    if (proxyId !== null && ways.proxy.get(proxyId) === undefined) {
      throw new CodedError('not-found', `There is no proxy ${proxyId}`);
    }
  };
  const bind = db.transaction((storeIds: readonly number[], proxyId: number | null): number[] => {
    checkProxy(proxyId);
    const accountIds = [...new Set(storeIds.map(accountOf))];
    set(accountIds, proxyId);
    return accountIds;
  });
  const accountOf = (storeId: number): number => {
    const accountId = rows.accountOf.get(storeId);
    if (accountId === undefined) throw new CodedError('not-found', `There is no store ${storeId}`);
    return accountId;
  };
  const setExit = db.transaction((appId: number, proxyId: number | null): number[] => {
    checkProxy(proxyId);
    if (rows.setExit.run(proxyId, appId).changes === 0) {
      throw new CodedError('not-found', `There is no app ${appId}`);
    }
    return rows.ofApp.all(appId);
  });

  return {
    set,
    changed,
    accountsBy: (proxyId) => rows.by.all({ proxyId }),
    handlers: {
      'proxies.bind': ({ storeIds, proxyId }) => {
        changed(bind.immediate(storeIds, proxyId));
        return null;
      },
      'proxies.apps': () => ({
        apps: rows.apps.all().map(({ appKey, ...app }) => ({
          ...app,
          keyEnd: appKey.slice(-4),
          storeIds: rows.storesOfApp.all(app.id),
        })),
      }),
      'proxies.setApiExit': ({ appId, proxyId }) => {
        changed(setExit.immediate(appId, proxyId));
        return null;
      },
    },
  };
}
