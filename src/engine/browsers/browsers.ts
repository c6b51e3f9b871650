import { basename } from 'node:path';
import { CodedError } from '../../base/errors.ts';
import type { Channel } from '../../channels/channel.ts';
import type { browsersContract, BrowserProgram, BrowserView } from '../../contract/browsers.ts';
import type { PlatformId, ProxyStop } from '../../contract/models.ts';
import type { ReadOnlySource } from '../network/gate.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { Accounts } from './accounts.ts';
import { listDownloads } from './downloads.ts';
import type { CheckIsolation } from './isolation-check.ts';
import { isOfPlatform, judgeLink, type LinkPlaces } from './links.ts';
import type { AccountFacts, BrowserFound, BrowserPool } from './parts.ts';
import { createSharing } from './share.ts';
import { SignInRun } from './sign-in-checks.ts';
import { createSignIns } from './sign-ins.ts';
import { createWatch } from './watch.ts';

/** Whose pages a browser shows is proved within this time, or it is not. Milliseconds. */
const PROOF_MS = 15_000;

export interface BrowsersInput extends Pick<
  EngineParts,
  'db' | 'clock' | 'random' | 'randomBytes' | 'feed' | 'log'
> {
  readonly pool: BrowserPool;
  readonly accounts: Accounts;
  readonly found: BrowserFound | null;
  readonly channelFor: (platform: PlatformId) => Channel;
  readonly readOnly: ReadOnlySource;
  readonly stopOf: (accountId: number) => ProxyStop | null;
  readonly memoryCap: () => number;
  readonly checkIsolation: CheckIsolation;
  /** After a commit: by what these accounts leave, and which stores they hold, has changed. */
  readonly changed: (accountIds: readonly number[]) => void;
}

/** Stores' browsers as pages see them: opening, signing in, links, downloads, sharing. */
export function createBrowsers(input: BrowsersInput): Feature<keyof typeof browsersContract> {
  const { pool, accounts, clock, feed } = input;
  const log = input.log.scope('browsers');
  const centreOf = (platform: PlatformId) => input.channelFor(platform).sellerCentre;
  const factsOf = (accountId: number): AccountFacts => accounts.facts(accountId);
  const signIns = createSignIns({ ...input, log, factsOf, centreOf });
  const sharing = createSharing({ ...input, now: () => clock.now() });
  pool.listen(createWatch({ factsOf, centreOf, clock, log, onSignal: signIns.take }));
  pool.listen({ onChange: (accountId) => feed.emit('browsers', [accountId]) });
  const homeOf = (accountId: number): string | null =>
    input.stopOf(accountId) === null
      ? (factsOf(accountId).stores.find((store) => store.home !== null)?.home ?? null)
      : null;
  const run = { current: null as SignInRun | null };

  const usable = (): void => {
    if (input.readOnly.isReadOnly()) {
      throw new CodedError('unreachable', 'This data is used on another machine', { reason: 'read-only' });
    }
  };
  const placesOf = ({ platform, own }: AccountFacts): LinkPlaces => ({
    domains: centreOf(platform).domains,
    own,
  });
  const view = (accountId: number): BrowserView => {
    const { state, error } = pool.of(accountId);
    const stop = input.stopOf(accountId);
    const stopped = {
      code: 'unreachable',
      message: 'No way out',
      details: { reason: `proxy-${stop}` },
    } as const;
    return {
      accountId,
      storeIds: factsOf(accountId).stores.map((store) => store.id),
      state,
      ...signIns.of(accountId),
      hasSession: pool.hasSession(accountId),
      error: stop !== null && state !== 'closed' ? stopped : error,
    };
  };
  const program = async (): Promise<BrowserProgram> => ({
    name: input.found === null ? null : basename(input.found.path),
    version: pool.version(),
    isWindowed: input.found?.isWindowed ?? false,
    memory: await pool.memory(),
    memoryCap: input.memoryCap(),
  });
  /** The store's pages, shown; in a shared account the store's own home, since another one's may be open. */
  const show = async (storeId: number): Promise<void> => {
    usable();
    const facts = factsOf(accounts.of(storeId));
    const home = facts.stores.find((store) => store.id === storeId)?.home ?? null;
    const isShared = facts.stores.length > 1;
    const { storeId: shown } = signIns.of(facts.accountId).shop;
    const goes = isShared && home !== null && shown !== storeId;
    if (goes) signIns.unprove(facts.accountId);
    await pool.open(facts.accountId, { show: true, ...(goes ? { url: home } : {}) });
  };
  /** Rejects with `rejected`, reason `other-shop`, unless the browser is proved to work as this store. */
  const prove = async (storeId: number, facts: AccountFacts): Promise<void> => {
    const { accountId } = facts;
    const proofOf = () => signIns.of(accountId).shop;
    if (facts.stores.length === 1 && proofOf().proof !== 'other') return;
    await show(storeId);
    const end = clock.now() + PROOF_MS;
    while (proofOf().storeId !== storeId && clock.now() < end) {
      await Promise.race([
        signIns.next(accountId),
        new Promise<void>((done) => void clock.after(1000, done)),
      ]);
    }
    if (proofOf().storeId === storeId) return;
    throw new CodedError('rejected', 'The browser shows another shop', { reason: 'other-shop' });
  };
  const openLink = async (storeId: number, url: string, confirmed: boolean): Promise<void> => {
    usable();
    const facts = factsOf(accounts.of(storeId));
    const { kind } = judgeLink(url, placesOf(facts));
    if (kind === 'refused')
      throw new CodedError('rejected', 'It is no web address', { reason: 'no-web-address' });
    if (kind === 'other' && !confirmed) {
      throw new CodedError('rejected', 'It leads elsewhere', { reason: 'other-host' });
    }
    if (isOfPlatform(url, placesOf(facts))) await prove(storeId, facts);
    await pool.open(facts.accountId, { show: true, url });
  };
  const closed = (accountIds: readonly number[]): void => {
    const isOpen = (accountId: number): boolean => ['open', 'opening'].includes(pool.of(accountId).state);
    if (accountIds.some(isOpen)) throw new CodedError('conflict', 'A browser is open', { reason: 'open' });
  };
  /** Sessions of accounts that hold other stores than before are no one's. */
  const moved = async (others: readonly AccountFacts[], kept: number): Promise<void> => {
    for (const facts of others) {
      await pool.clear(facts.accountId, facts);
      signIns.forget(facts.accountId);
    }
    signIns.unprove(kept);
    input.changed([kept, ...others.map(({ accountId }) => accountId)]);
    feed.emit('browsers');
  };

  return {
    handlers: {
      'browsers.list': async () => ({
        browsers: accounts.ids().map(view),
        program: await program(),
        checks: run.current?.view ?? null,
      }),
      'browsers.open': async ({ storeId }) => {
        await show(storeId);
        return null;
      },
      'browsers.close': async ({ storeId }) => {
        await pool.close(accounts.of(storeId));
        return null;
      },
      'browsers.check': async ({ storeIds }) => {
        usable();
        const wanted =
          storeIds === null ? accounts.ids() : [...new Set(storeIds.map((id) => accounts.of(id)))];
        // Of one that nobody ever opened it is known without looking.
        const known = wanted.filter((accountId) => pool.hasSession(accountId));
        if (run.current?.view.isRunning !== true) {
          run.current = new SignInRun({ ...input, signIns, homeOf, onChange: () => feed.emit('browsers') });
        }
        run.current.add(known);
        return run.current.view;
      },
      'browsers.cancelChecks': async () => {
        await run.current?.cancel();
        run.current = null;
        feed.emit('browsers');
        return null;
      },
      'browsers.clear': async ({ storeId }) => {
        usable();
        const accountId = accounts.of(storeId);
        await pool.clear(accountId);
        signIns.forget(accountId);
        log.info('cleared', { accountId });
        return null;
      },
      'browsers.judgeLink': ({ storeId, url }) => judgeLink(url, placesOf(factsOf(accounts.of(storeId)))),
      'browsers.openLink': async ({ storeId, url, confirmed }) => {
        await openLink(storeId, url, confirmed);
        return null;
      },
      'browsers.downloads': ({ storeId }) => {
        const folder = pool.downloadsOf(accounts.of(storeId));
        return { folder, files: listDownloads(folder) };
      },
      'browsers.share': async ({ storeIds }) => {
        usable();
        const before = [...new Set(storeIds.map((id) => accounts.of(id)))];
        closed(before);
        const facts = new Map(before.map((accountId) => [accountId, factsOf(accountId)]));
        const { kept, others } = sharing.share(storeIds);
        log.info('shared', { storeIds, accountId: kept });
        const emptied = others.filter((accountId) => !accounts.ids().includes(accountId));
        await moved(
          emptied.flatMap((accountId) => facts.get(accountId) ?? []),
          kept,
        );
        return null;
      },
      'browsers.separate': async ({ storeId }) => {
        usable();
        closed([accounts.of(storeId)]);
        const { kept, others } = sharing.separate(storeId);
        log.info('separated', { storeId, accountIds: others });
        await moved(others.map(factsOf), kept);
        return null;
      },
      'browsers.isolation': async ({ storeId }) => {
        usable();
        const facts = factsOf(accounts.of(storeId));
        return { storeId, at: clock.now(), findings: await input.checkIsolation(facts) };
      },
    },
    stop: async () => {
      await run.current?.cancel();
      signIns.stop();
      await pool.stop();
    },
  };
}
