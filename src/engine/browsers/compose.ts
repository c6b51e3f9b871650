import type { Channel } from '../../channels/channel.ts';
import type { browsersContract } from '../../contract/browsers.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { Net } from '../net/net.ts';
import type { ReadOnlySource } from '../network/gate.ts';
import { dataPaths } from '../paths.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { lookThrough } from '../proxies/checks/check-one.ts';
import { createLookups } from '../proxies/checks/lookups.ts';
import type { Binding } from '../proxies/binding.ts';
import type { Routes } from '../proxies/routes.ts';
import type { KeyRing } from '../secrets/key-file.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { createAccounts } from './accounts.ts';
import { createBrowsers } from './browsers.ts';
import { createIsolationCheck } from './isolation-check.ts';
import type { BrowserFound } from './parts.ts';
import { createBrowserPool } from './pool.ts';

const MIB = 1024 ** 2;

export interface BrowserFeatureInput extends Pick<
  EngineParts,
  'db' | 'dataDir' | 'clock' | 'random' | 'randomBytes' | 'feed' | 'log'
> {
  /** Null: the host found none. */
  readonly found: BrowserFound | null;
  readonly keys: KeyRing;
  readonly net: Net;
  readonly proxies: Pick<Routes, 'stopOfAccount' | 'isBound'>;
  readonly binding: Pick<Binding, 'set' | 'changed'>;
  readonly settings: SettingsReader;
  readonly readOnly: ReadOnlySource;
  readonly channelFor: (platform: PlatformId) => Channel;
}

/** Stores' browsers with all they need of the engine. */
export function createBrowserFeature(input: BrowserFeatureInput): Feature<keyof typeof browsersContract> {
  const { db, clock, settings, randomBytes, net } = input;
  const accounts = createAccounts(db, input.channelFor);
  const memoryCap = (): number => settings.read().browserMemoryMb * MIB;
  const lookups = createLookups(db, settings);
  const service = (): string => settings.read().isolationUrl || lookups().url;
  const pool = createBrowserPool({
    ...input,
    log: input.log.scope('browsers'),
    folder: dataPaths(input.dataDir).browsers,
    net: {
      // The environment's look-up service may be on this computer too.
      doorFor: (accountId, own, onFailure) => net.doorFor(accountId, [...own, service()], onFailure),
    },
    factsOf: accounts.facts,
    stopOf: input.proxies.stopOfAccount,
    limits: () => ({ capBytes: memoryCap(), idleMs: settings.read().browserSleepMinutes * 60_000 }),
  });
  return createBrowsers({
    ...input,
    pool,
    accounts,
    memoryCap,
    stopOf: input.proxies.stopOfAccount,
    binding: input.binding,
    checkIsolation: createIsolationCheck({
      db,
      pool,
      now: () => clock.now(),
      url: service,
      stunUrl: () => settings.read().stunUrl,
      isBound: (accountId) => input.proxies.isBound(accountId),
      // By the same proxy, through connections that are none of the browser's.
      egressOf: async (accountId) => {
        try {
          const asked = { ...lookups(), url: service() };
          const http = net.exitFor(accountId, null, [service()]);
          const { egressV4, egressV6 } = await lookThrough(http, asked, () => performance.now());
          return [egressV4, egressV6].filter((ip) => ip !== null);
        } catch {
          return [];
        }
      },
      others: (accountId) =>
        accounts.ids().filter((other) => other !== accountId && pool.contextOf(other) !== null),
      canary: () => Buffer.from(randomBytes(8)).toString('hex'),
    }),
  });
}
