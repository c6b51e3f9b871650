import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import { channelFor } from '../channels/registry.ts';
import type { Clock } from '../base/time.ts';
import type { RandomBytes } from '../base/random.ts';
import { connectionBundleSchema } from '../contract/bundle.ts';
import type { EngineOptions } from '../wire/host-link.ts';
import type { Port } from '../wire/port.ts';
import { systemClock } from '../base/system-clock.ts';
import { createBackups } from './backups/backups.ts';
import { createBrowserFeature } from './browsers/compose.ts';
import { openWithRecovery } from './backups/open.ts';
import { createOnDamage } from './backups/on-damage.ts';
import { beginRecovery } from './backups/recovery.ts';
import { createConversationFeatures } from './conversations/compose.ts';
import { isDamage } from './db/open.ts';
import type { OpenDataFolder } from './db/data-folder.ts';
import { readMigrations } from './db/migrations-folder.ts';
import { createFeed, type LiveFeed } from './feed/feed.ts';
import { guardedClock } from './guarded-clock.ts';
import { mergeHandlers } from './handlers.ts';
import type { Host } from './host.ts';
import { createLogAbout } from './log/about.ts';
import { createFileSink } from './log/file-sink.ts';
import { createLog, type EngineLog } from './log/log.ts';
import type { Net } from './net/net.ts';
import type { ReadOnlySource } from './network/gate.ts';
import { createNetwork, type Network } from './network/network.ts';
import { createOutcomes } from './network/outcome.ts';
import { markAllRecovered } from './outbox/recovered.ts';
import { createPages } from './pages.ts';
import { dataPaths } from './paths.ts';
import type { AnyFeature, EngineParts } from './parts.ts';
import { createChecks } from './proxies/checks/checks.ts';
import { createProxies } from './proxies/proxies.ts';
import { createPasswordOf } from './proxies/proxy-secrets.ts';
import { createShownSecrets } from './proxies/shown-secrets.ts';
import { createWays } from './proxies/ways.ts';
import { createSearch, type Search } from './search/search.ts';
import { openKeyRing } from './secrets/key-file.ts';
import { createSecrets, type Secrets } from './secrets/secrets.ts';
import { createSettings } from './settings/settings.ts';
import { createSnapshots } from './snapshots/snapshots.ts';
import { createProvision } from './stores/provision.ts';
import { createStoreAccess } from './stores/store-access.ts';
import { createStores } from './stores/stores.ts';
import { createStoreSecrets, type StoreSecrets } from './stores/tokens.ts';
import { findHome, type Home } from './system/machine.ts';
import { ensureOperator } from './system/operators.ts';
import { createStorage, type Storage } from './system/storage.ts';
import { createSystem } from './system/system.ts';
import { provideTranslators } from './translation/provide.ts';
import { createTranslations } from './translation/compose.ts';

/** Since the machine was started, asleep or not: nobody can set it. Milliseconds. */
const uptimeMs = (): number => uptime() * 1000;

/** What a test puts in the place of the computer's own. */
export interface EngineOverrides {
  readonly clock?: Clock;
  readonly randomBytes?: RandomBytes;
  /** In [0, 1). */
  readonly random?: () => number;
}

/** A running engine on one data folder. */
export interface Engine {
  /** Changes at every start. */
  readonly epoch: string;
  /** Serves a page until its port closes. */
  connect(port: Port): void;
  /** What the operating system told the host: the machine woke, the network came or went. */
  systemEvent: Network['systemEvent'];
  /** Finishes what is being written, and lets go of the data folder. */
  close(): Promise<void>;
}

type Tools = Required<EngineOverrides>;

/** The opened data folder, with what is known of it. */
interface Data extends OpenDataFolder {
  readonly storage: Storage;
  readonly home: Home;
}

/**
 * Opens a data folder and starts everything on it; a damaged database is replaced by its newest good backup first.
 * Throws `StartError` when the folder can't be opened; whatever was begun is ended again first.
 */
export async function createEngine(
  options: EngineOptions,
  host: Host,
  overrides: EngineOverrides = {},
): Promise<Engine> {
  const own: Tools = { clock: systemClock, randomBytes, random: Math.random, ...overrides };
  const now = (): number => own.clock.now();
  const log = createLog(createFileSink({ folder: dataPaths(options.dataDir).logs, now }), now);
  const tools: Tools = { ...own, clock: guardedClock(own.clock, log) };
  const { version, space } = options;
  log.info('start', { version, space, node: process.version, platform: process.platform });
  const start = (): Promise<Engine> => openAndRun(options, host, tools, log);
  try {
    return await start().catch((error: unknown) => {
      if (!isDamage(error)) throw error;
      // A first query can pass and the next one meet the damage.
      log.error('damage', { error });
      beginRecovery(options.dataDir, now());
      return start();
    });
  } catch (error) {
    log.error('start-failed', { error });
    log.close();
    throw error;
  }
}

async function openAndRun(options: EngineOptions, host: Host, tools: Tools, log: EngineLog): Promise<Engine> {
  const { dataDir, migrationsDir } = options;
  const now = (): number => tools.clock.now();
  const storage = createStorage(dataDir);
  const data = await openWithRecovery(
    { dataDir, migrationsDir, log: log.scope('db'), now, onError: storage.onError },
    markAllRecovered,
  );
  try {
    return await runEngine(options, host, tools, log, {
      ...data,
      storage,
      home: findHome(data.db, options, now()),
    });
  } catch (error) {
    await data.close();
    throw error;
  }
}

async function runEngine(
  options: EngineOptions,
  host: Host,
  tools: Tools,
  log: EngineLog,
  data: Data,
): Promise<Engine> {
  const epoch = Buffer.from(tools.randomBytes(8)).toString('hex');
  const feed = createFeed(epoch, tools.clock);
  const onDamage = createOnDamage({ ...tools, dataDir: options.dataDir, host, log });
  const made = await build(options, host, tools, log, data, feed, epoch, onDamage);
  const pages = createPages(mergeHandlers(made.features.map((feature) => feature.handlers)), {
    feed,
    log: log.scope('wire'),
    clock: tools.clock,
  });
  for (const feature of made.features) feature.start?.();
  void data.damage.then((damage) => {
    if (damage !== null) onDamage();
  });
  log.info('ready', { epoch });

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    log.info('stop');
    made.stopCalls();
    for (const feature of made.features.toReversed()) await stop(feature, log);
    feed.close();
    pages.close();
    await made.net.close();
    await data.close();
    log.info('stopped');
    log.close();
  };
  return {
    epoch,
    connect: pages.connect,
    systemEvent: made.systemEvent,
    close: () => (closing ??= close()),
  };
}

/** One feature that can't end well must not keep the others, and the database, from it. */
async function stop(feature: AnyFeature, log: EngineLog): Promise<void> {
  try {
    await feature.stop?.();
  } catch (error) {
    log.error('stop-failed', { error });
  }
}

interface Built {
  readonly features: readonly AnyFeature[];
  readonly net: Net;
  /** No call of a platform begins any more. */
  readonly stopCalls: () => void;
  readonly systemEvent: Network['systemEvent'];
}

/** Every part, in the order in which they need each other. */
async function build(
  options: EngineOptions,
  host: Host,
  { clock, randomBytes: bytes, random }: Tools,
  log: EngineLog,
  { db, storage, home }: Data,
  feed: LiveFeed,
  epoch: string,
  onDamage: () => void,
): Promise<Built> {
  const { dataDir, version, space } = options;
  const now = (): number => clock.now();
  const keys = await openKeyRing({
    path: dataPaths(dataDir).key,
    host,
    randomBytes: bytes,
    log: log.scope('secrets'),
  });
  const sealed = createSecrets({ db, keys, randomBytes: bytes, now, hide: log.hide });
  const secrets = createStoreSecrets(sealed, log.hide);
  const search = createSearch(db);
  ensureOperator(db, now());
  // A copy is shown as it is.
  if (home.readOnly === null)
    connectStores(options, { db, secrets, sealed, search, now, randomBytes: bytes });

  const readOnly: ReadOnlySource = { isReadOnly: () => home.readOnly !== null };
  const settings = createSettings({ db, feed });
  const own = { db, clock, randomBytes: bytes, log, feed, host, settings, readOnly };
  const ways = createWays({ ...own, secrets: sealed, elapsed: uptimeMs });
  const { net, gate, proxies } = ways;
  const outcomes = createOutcomes();
  const { asked } = outcomes;
  const storesLog = log.scope('stores');
  const stores = createStoreAccess({ ...own, log: storesLog, net, secrets, channelFor, asked });
  stores.checkSignIns();
  const parts: EngineParts = { ...own, dataDir, random, stores, gate };
  const { translation, feature: translations } = createTranslations({
    ...own,
    secrets: sealed,
    search,
    exits: ways.services,
    elapsed: () => performance.now(),
  });
  const conversations = createConversationFeatures(parts, { search, settings, translation });
  const { catchUp } = conversations.sync;
  const network = createNetwork(parts, { gate, readOnly, outcomes, catchUp });
  const features: readonly AnyFeature[] = [
    settings,
    createProxies({ ...parts, secrets: sealed, binding: ways.binding }),
    createLogAbout(parts),
    ways.feature,
    translations,
    createChecks({
      ...own,
      log: log.scope('checks'),
      passwordOf: createPasswordOf(db, sealed),
      // Finer than the uptime, which counts hundredths of a second.
      elapsed: () => performance.now(),
    }),
    createBrowserFeature({
      ...parts,
      ...ways,
      settings,
      readOnly,
      keys,
      channelFor,
      found: options.browser ?? null,
    }),
    createStores({ db, feed, channelFor, clock, access: stores, proxies }),
    createSnapshots({ db, clock }),
    createSystem({ ...parts, info: { version, space, dataDir, epoch }, home, storage, onDamage }),
    createBackups({ ...parts, ...backupNeeds(options), feed, settings, home, onDamage }),
    ...conversations.features,
    createShownSecrets(sealed),
    network,
  ];
  const systemEvent: Network['systemEvent'] = (event) => {
    if (event === 'resume') ways.woke();
    network.systemEvent(event);
  };
  return { features, net, stopCalls: () => stores.stop(), systemEvent };
}

function backupNeeds({ migrationsDir }: EngineOptions) {
  return { version: readMigrations(migrationsDir).length, holdUnsent: markAllRecovered };
}

/** Stores a host brings along (practice) are connected before anything reads them. */
function connectStores(
  { bundle }: EngineOptions,
  input: {
    readonly db: OpenDataFolder['db'];
    readonly secrets: StoreSecrets;
    readonly sealed: Secrets;
    readonly search: Search;
    readonly now: () => number;
    readonly randomBytes: RandomBytes;
  },
): void {
  if (bundle === null) return;
  const indexName = (storeId: number, name: string): void => input.search.index('store', storeId, name);
  const read = connectionBundleSchema.parse(bundle);
  createProvision({ ...input, indexName })(read);
  provideTranslators(input.db, input.sealed, read);
}
