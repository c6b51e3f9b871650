import { CodedError } from '../../base/errors.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { Accounts } from './accounts.ts';
import type { AccountFacts, BrowserPool } from './parts.ts';
import { createSharing } from './share.ts';
import type { SignIns } from './sign-ins.ts';

interface ShareInput extends Pick<EngineParts, 'db' | 'clock' | 'randomBytes' | 'feed' | 'log'> {
  readonly pool: BrowserPool;
  readonly accounts: Accounts;
  readonly signIns: SignIns;
  /** After a commit: by what these accounts leave, and which stores they hold, has changed. */
  readonly changed: (accountIds: readonly number[]) => void;
}

/** Who shares an account, with what it means for browsers: a session belongs to the stores it was made for. */
export function createShareDeeds(
  input: ShareInput,
): Feature<'browsers.share' | 'browsers.separate'>['handlers'] {
  const { pool, accounts, signIns, log } = input;
  const sharing = createSharing({ ...input, now: () => input.clock.now() });
  const closed = (accountIds: readonly number[]): void => {
    const isOpen = (accountId: number): boolean =>
      pool.isBusy(accountId) || ['open', 'opening'].includes(pool.of(accountId).state);
    if (accountIds.some(isOpen)) throw new CodedError('conflict', 'A browser is open', { reason: 'open' });
  };
  const moved = async (others: readonly AccountFacts[], kept: number): Promise<void> => {
    for (const facts of others) {
      await pool.clear(facts.accountId, facts);
      signIns.forget(facts.accountId);
    }
    // What it shows, and says in its window, is of other stores than before.
    await pool.close(kept);
    signIns.unprove(kept);
    input.changed([kept, ...others.map(({ accountId }) => accountId)]);
    input.feed.emit('browsers');
  };

  return {
    'browsers.share': async ({ storeIds }) => {
      const before = [...new Set(storeIds.map((id) => accounts.of(id)))];
      closed(before);
      const facts = before.map((accountId) => accounts.facts(accountId));
      const { kept, others } = sharing.share(storeIds);
      log.info('shared', { storeIds, accountId: kept });
      for (const accountId of before) signIns.unprove(accountId);
      const left = new Set(accounts.ids());
      const emptied = others.filter((accountId) => !left.has(accountId));
      await moved(
        facts.filter(({ accountId }) => emptied.includes(accountId)),
        kept,
      );
      return null;
    },
    'browsers.separate': async ({ storeId }) => {
      closed([accounts.of(storeId)]);
      const { kept, others } = sharing.separate(storeId);
      log.info('separated', { storeId, accountIds: others });
      await moved(
        others.map((accountId) => accounts.facts(accountId)),
        kept,
      );
      return null;
    },
  };
}
