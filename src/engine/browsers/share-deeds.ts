import { CodedError } from '../../base/errors.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { Binding } from '../proxies/binding.ts';
import type { Accounts } from './accounts.ts';
import type { AccountFacts, BrowserPool } from './parts.ts';
import { createSharing } from './share.ts';
import type { SignIns } from './sign-ins.ts';

interface ShareInput extends Pick<EngineParts, 'db' | 'clock' | 'randomBytes' | 'feed' | 'log'> {
  readonly pool: BrowserPool;
  readonly accounts: Accounts;
  readonly signIns: SignIns;
  readonly binding: Pick<Binding, 'set' | 'changed'>;
}

/** Who shares an account, with what it means for browsers: a session belongs to the stores it was made for. */
export function createShareDeeds(
  input: ShareInput,
): Feature<'browsers.share' | 'browsers.separate'>['handlers'] {
  const { pool, accounts, signIns, log } = input;
  const sharing = createSharing({
    ...input,
    now: () => input.clock.now(),
    setProxy: (accountId, proxyId) => input.binding.set([accountId], proxyId),
  });
  const closed = (accountIds: readonly number[]): void => {
    const isOpen = (accountId: number): boolean =>
      pool.isBusy(accountId) || ['open', 'opening'].includes(pool.of(accountId).state);
    if (accountIds.some(isOpen)) throw new CodedError('conflict', 'A browser is open', { reason: 'open' });
  };
  /** First what is open ends; then whatever was kept of sessions that belong to nobody any more. */
  const moved = async (concerned: readonly number[], cleared: readonly AccountFacts[]): Promise<void> => {
    input.binding.changed(concerned);
    for (const accountId of concerned) signIns.unprove(accountId);
    for (const facts of cleared) {
      await pool.clear(facts.accountId, facts);
      signIns.forget(facts.accountId);
    }
    // What those show that stay, and say in their windows, is of other stores than before.
    for (const accountId of concerned) await pool.close(accountId);
    input.feed.emit('browsers');
  };

  return {
    'browsers.share': async ({ storeIds }) => {
      const before = [...new Set(storeIds.map((id) => accounts.of(id)))];
      closed(before);
      const facts = before.map((accountId) => accounts.facts(accountId));
      const { kept } = sharing.share(storeIds);
      log.info('shared', { storeIds, accountId: kept });
      const left = new Set(accounts.ids());
      await moved(
        before,
        facts.filter(({ accountId }) => !left.has(accountId)),
      );
      return null;
    },
    'browsers.separate': async ({ storeId }) => {
      closed([accounts.of(storeId)]);
      const { kept, others } = sharing.separate(storeId);
      log.info('separated', { storeId, accountIds: others });
      await moved(
        [kept, ...others],
        others.map((accountId) => accounts.facts(accountId)),
      );
      return null;
    },
  };
}
