import { CodedError } from '../../base/errors.ts';
import type { Channel } from '../../channels/channel.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';
import type { AccountFacts } from './parts.ts';
import { placeOf } from './places.ts';
import { prepareBrowsers, type AccountStoreRow } from './queries.ts';

/** Accounts and their stores, as the database has them at each moment. */
export interface Accounts {
  /** Those that hold a store. */
  ids(): number[];
  /** Throws `not-found`. */
  facts(accountId: number): AccountFacts;
  /** The account of a store. Throws `not-found`. */
  of(storeId: number): number;
}

export function createAccounts(db: Db, channelFor: (platform: PlatformId) => Channel): Accounts {
  const rows = prepareBrowsers(db);
  return {
    ids: () => rows.accounts.all(),
    of: (storeId) => {
      const row = rows.store.get(storeId);
      if (row === undefined) throw new CodedError('not-found', `There is no store ${storeId}`);
      return row.accountId;
    },
    facts: (accountId) => {
      const stores = rows.stores.all(accountId);
      const [first] = stores;
      if (first === undefined)
        throw new CodedError('not-found', `There is no account ${accountId} with a store`);
      const { homes } = channelFor(first.platform).sellerCentre;
      return {
        accountId,
        contextKey: first.contextKey,
        platform: first.platform,
        stores: stores.map((row) => {
          const home = addressesOf(row.sellerCentres)[row.site] ?? homes[row.site] ?? null;
          const { id, site, remoteId, sellerId, name } = row;
          return { id, site, remoteId, sellerId, name, home };
        }),
        own: [...new Set(stores.flatMap(ownOf))],
        ...placeOf(first.site),
      };
    },
  };
}

/** Addresses of the environment: all of the platform's, for pages of one site lead to others. */
function ownOf({ api, auth, gateways, sellerCentres }: AccountStoreRow): string[] {
  const all = [
    api,
    auth,
    ...Object.values(addressesOf(gateways)),
    ...Object.values(addressesOf(sellerCentres)),
  ];
  return all.filter((address) => address !== '');
}

function addressesOf(json: string): Record<string, string> {
  return JSON.parse(json) as Record<string, string>;
}
