import { CodedError } from '../../base/errors.ts';
import type { RandomBytes } from '../../base/random.ts';
import type { Db } from '../db/database.ts';
import { prepareShare, type ShareRow } from './share-queries.ts';

/** Which accounts a change of who shares concerns. */
export interface Moved {
  /** Keeps its session and its proxy. */
  readonly kept: number;
  /** Others that lost or gained a store; whatever was kept of their sessions is to go. */
  readonly others: readonly number[];
}

/** Puts stores into one account, or one back into its own. A person's word: Counterdesk never does it by itself. */
export interface Sharing {
  /** Errors: `not-found`, `conflict` with reason `other-platform`. */
  share(storeIds: readonly number[]): Moved;
  /** Error: `not-found`. Nothing is done with a store that shares with nobody. */
  separate(storeId: number): Moved;
}

interface SharingInput {
  readonly db: Db;
  readonly randomBytes: RandomBytes;
  readonly now: () => number;
  /** Binds an account, and keeps where it came out so far; in a transaction. */
  readonly setProxy: (accountId: number, proxyId: number | null) => void;
}

export function createSharing({ db, randomBytes, now, setProxy }: SharingInput): Sharing {
  const rows = prepareShare(db);
  const storeOf = (storeId: number): ShareRow => {
    const row = rows.store.get(storeId);
    if (row === undefined) throw new CodedError('not-found', `There is no store ${storeId}`);
    return row;
  };
  const share = db.transaction((storeIds: readonly number[]): Moved => {
    const [first, ...rest] = [...new Set(storeIds)].map(storeOf);
    if (first === undefined) throw new CodedError('invalid', 'No store');
    const isAlike = (one: ShareRow): boolean =>
      one.platform === first.platform && one.environmentId === first.environmentId;
    if (!rest.every(isAlike)) {
      throw new CodedError('conflict', 'They are of different platforms', { reason: 'other-platform' });
    }
    const moving = rest.filter((row) => row.accountId !== first.accountId);
    // One that had a proxy never leaves directly by being shared.
    const proxyId = first.proxyId ?? moving.find((row) => row.proxyId !== null)?.proxyId ?? null;
    if (proxyId !== first.proxyId) setProxy(first.accountId, proxyId);
    for (const { storeId, accountId } of moving) {
      rows.move.run(first.accountId, storeId);
      if (storesLeft(accountId, moving) === 0) setProxy(accountId, null);
      rows.copyExits.run({ from: accountId, to: first.accountId });
    }
    return { kept: first.accountId, others: [...new Set(moving.map(({ accountId }) => accountId))] };
  });
  const storesLeft = (accountId: number, moving: readonly ShareRow[]): number => {
    const own = moving.filter((row) => row.accountId === accountId);
    return (own[0]?.stores ?? 0) - own.length;
  };
  const separate = db.transaction((storeId: number): Moved => {
    const store = storeOf(storeId);
    if (store.stores < 2) return { kept: store.accountId, others: [] };
    const { environmentId, platform, remoteId, name, proxyId } = store;
    const contextKey = Buffer.from(randomBytes(8)).toString('hex');
    const free = rows.free.get({ environmentId, platform, remoteId });
    // Its shop's id may be the name of the account it leaves.
    const made = {
      environmentId,
      platform,
      remoteId: `${remoteId}/${contextKey}`,
      name,
      contextKey,
      now: now(),
    };
    const accountId = free ?? rows.create.get(made) ?? store.accountId;
    setProxy(accountId, proxyId);
    rows.move.run(accountId, storeId);
    rows.copyExits.run({ from: store.accountId, to: accountId });
    return { kept: store.accountId, others: [accountId] };
  });
  return {
    share: (storeIds) => share.immediate(storeIds),
    separate: (storeId) => separate.immediate(storeId),
  };
}
