import { CodedError } from '../../base/errors.ts';
import type { AccountExit } from '../../contract/proxies.ts';
import type { Db } from '../db/database.ts';
import type { Feature } from '../parts.ts';
import { prepareHistory } from './history-queries.ts';
import { toCheck } from './views.ts';
import { OTHERS_USE_MS } from './weigh.ts';

/** What was found of a proxy, look by look, and under which addresses a store was seen. */
export function createHistory(db: Db, now: () => number): Feature<'proxies.history' | 'proxies.exitsOf'> {
  const rows = prepareHistory(db);
  return {
    handlers: {
      'proxies.history': ({ proxyId }) => {
        if (rows.isProxy.get(proxyId) === undefined) {
          throw new CodedError('not-found', `There is no proxy ${proxyId}`);
        }
        return { checks: rows.checks.all(proxyId).map(toCheck) };
      },
      'proxies.exitsOf': ({ storeId }) => {
        const accountId = rows.accountOf.get(storeId);
        if (accountId === undefined) throw new CodedError('not-found', `There is no store ${storeId}`);
        const since = now() - OTHERS_USE_MS;
        const others = Map.groupBy(rows.others.all({ accountId, since }), ({ ip }) => ip);
        const exits: AccountExit[] = rows.exits.all(accountId).map((exit) => ({
          ...exit,
          others: (others.get(exit.ip) ?? []).map(({ storeId: other, at }) => ({ storeId: other, at })),
        }));
        return { exits };
      },
    },
  };
}
