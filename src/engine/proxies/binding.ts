import { CodedError } from '../../base/errors.ts';
import type { Db } from '../db/database.ts';
import type { Feature, Feed } from '../parts.ts';
import { prepareBinding } from './binding-queries.ts';

/** By which proxy accounts leave. Whoever writes it calls `changed` after the commit. */
export interface Binding {
  /** Null: directly. In a transaction. */
  set(accountIds: readonly number[], proxyId: number | null): void;
  /** After a commit that changed by what these accounts leave, or anything of that proxy: ends their open connections. */
  changed(accountIds: readonly number[]): void;
  /** Accounts of which anything leaves by this proxy: bound to it, or calling an app whose exit it is. */
  accountsBy(proxyId: number): number[];
}

/** Writes who is bound to what. Nothing leaves by proxies yet, so there is nothing to end. */
export function createBinding({
  db,
  feed,
}: {
  readonly db: Db;
  readonly feed: Feed;
}): Binding & Feature<'proxies.bind' | 'proxies.setApiExit'> {
  const rows = prepareBinding(db);
  const set = (accountIds: readonly number[], proxyId: number | null): void => {
    for (const accountId of accountIds) rows.bind.run(proxyId, accountId);
  };
  const checkProxy = (proxyId: number | null): void => {
    if (proxyId !== null && rows.hasProxy.get(proxyId) === undefined) {
      throw new CodedError('not-found', `There is no proxy ${proxyId}`);
    }
  };
  const bind = db.transaction((storeIds: readonly number[], proxyId: number | null) => {
    checkProxy(proxyId);
    for (const storeId of storeIds) {
      const accountId = rows.accountOf.get(storeId);
      if (accountId === undefined) throw new CodedError('not-found', `There is no store ${storeId}`);
      set([accountId], proxyId);
    }
  });
  return {
    set,
    changed: () => feed.emit('proxies'),
    accountsBy: (proxyId) => rows.by.all({ proxyId }),
    handlers: {
      'proxies.bind': ({ storeIds, proxyId }) => {
        bind.immediate(storeIds, proxyId);
        feed.emit('proxies');
        return null;
      },
      'proxies.setApiExit': ({ appId, proxyId }) => {
        checkProxy(proxyId);
        if (rows.setExit.run(proxyId, appId).changes === 0) {
          throw new CodedError('not-found', `There is no app ${appId}`);
        }
        feed.emit('proxies');
        return null;
      },
    },
  };
}
