import { basename } from 'node:path';
import { CodedError } from '../../base/errors.ts';
import type { Channel } from '../../channels/channel.ts';
import type { BrowserProgram, browsersContract, BrowserView } from '../../contract/browsers.ts';
import type { PlatformId, ProxyStop } from '../../contract/models.ts';
import type { ReadOnlySource } from '../network/gate.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { Binding } from '../proxies/binding.ts';
import type { Accounts } from './accounts.ts';
import { listDownloads } from './downloads.ts';
import type { CheckIsolation } from './isolation-check.ts';
import type { BrowserFound, BrowserPool } from './parts.ts';
import { createShareDeeds } from './share-deeds.ts';
import { createCheckDeeds } from './sign-in-checks.ts';
import { createSignIns, type SignIns } from './sign-ins.ts';
import { createVisits } from './visits.ts';
import { createWatch } from './watch.ts';

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
  readonly binding: Pick<Binding, 'set' | 'changed'>;
}

/** Stores' browsers as pages see them: opening, signing in, links, downloads, sharing. */
export function createBrowsers(given: BrowsersInput): Feature<keyof typeof browsersContract> {
  const input = { ...given, log: given.log.scope('browsers') };
  const { pool, accounts, clock, feed, log } = input;
  const centreOf = (platform: PlatformId) => input.channelFor(platform).sellerCentre;
  const watched = { clock, log, centreOf, factsOf: accounts.facts };
  const onSignedIn = (accountId: number): void => void pool.save(accountId).catch(() => {});
  const signIns = createSignIns({ ...input, ...watched, onSignedIn });
  pool.listen(createWatch({ ...watched, onSignal: signIns.take }));
  pool.listen({
    onChange: (accountId) => feed.emit('browsers', [accountId]),
    // Which of several stores it showed when it ended says nothing of which it shows now.
    onContext: (accountId) => {
      if (accounts.facts(accountId).stores.length > 1) signIns.unprove(accountId);
    },
  });
  const visits = createVisits({ ...input, signIns, centreOf });
  const checks = createCheckDeeds({ ...input, signIns });

  const handlers: Feature<keyof typeof browsersContract>['handlers'] = {
    'browsers.list': () => ({
      browsers: accounts.ids().map((accountId) => toView(accountId, input, signIns)),
      program: programOf(input),
      checks: checks.view(),
    }),
    'browsers.open': async ({ storeId }) => {
      await visits.show(storeId);
      return null;
    },
    'browsers.close': async ({ storeId }) => {
      await pool.close(accounts.of(storeId));
      return null;
    },
    'browsers.clear': async ({ storeId }) => {
      const accountId = accounts.of(storeId);
      await pool.clear(accountId);
      signIns.forget(accountId);
      log.info('cleared', { accountId });
      return null;
    },
    'browsers.judgeLink': ({ storeId, url }) => visits.judge(storeId, url),
    'browsers.openLink': async ({ storeId, url, confirmed }) => {
      await visits.openLink(storeId, url, confirmed);
      return null;
    },
    'browsers.downloads': ({ storeId }) => {
      const folder = pool.downloadsOf(accounts.of(storeId));
      return { folder, files: listDownloads(folder) };
    },
    'browsers.isolation': async ({ storeId }) => {
      const facts = accounts.facts(accounts.of(storeId));
      return { storeId, at: clock.now(), findings: await input.checkIsolation(facts) };
    },
    ...checks.handlers,
    ...createShareDeeds({ ...input, signIns }),
  };
  return {
    handlers: whereUsable(handlers, input.readOnly),
    stop: async () => {
      // Looks that go on end with their pages.
      const ended = checks.stop();
      await pool.stop();
      signIns.stop();
      await ended;
    },
  };
}

const LOOKING = new Set<string>(['browsers.list', 'browsers.judgeLink', 'browsers.downloads']);

/** Data that is used on another machine is looked at alone. */
function whereUsable<H extends object>(handlers: H, readOnly: ReadOnlySource): H {
  const guarded = Object.entries(handlers as Record<string, (given: unknown) => unknown>).map(
    ([name, handle]) => {
      if (LOOKING.has(name)) return [name, handle];
      const guard = (given: unknown): unknown => {
        if (!readOnly.isReadOnly()) return handle(given);
        throw new CodedError('unreachable', 'This data is used on another machine', { reason: 'read-only' });
      };
      return [name, guard];
    },
  );
  return Object.fromEntries(guarded) as H;
}

function toView(accountId: number, { pool, accounts, stopOf }: BrowsersInput, signIns: SignIns): BrowserView {
  const facts = accounts.facts(accountId);
  const { state, error } = pool.of(accountId);
  const stop = stopOf(accountId);
  const stopped = {
    code: 'unreachable',
    message: 'No way out',
    details: { reason: `proxy-${stop}` },
  } as const;
  return {
    accountId,
    storeIds: facts.stores.map((store) => store.id),
    state,
    ...signIns.of(accountId),
    hasSession: pool.hasSession(accountId, facts),
    error: stop !== null && state !== 'closed' ? stopped : error,
  };
}

function programOf({ found, pool, memoryCap }: BrowsersInput): BrowserProgram {
  return {
    name: found === null ? null : basename(found.path),
    version: pool.version(),
    isWindowed: found?.isWindowed ?? false,
    memory: pool.lastMemory(),
    memoryCap: memoryCap(),
  };
}
