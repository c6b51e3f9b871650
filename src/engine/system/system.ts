import type { SystemInfo, systemContract } from '../../contract/system.ts';
import type { Clock } from '../../base/time.ts';
import type { Db } from '../db/database.ts';
import type { Host } from '../host.ts';
import type { Feature, Feed, Log, StoreAccess } from '../parts.ts';
import type { Home } from './machine.ts';
import { openExternal } from './open-external.ts';
import type { Storage } from './storage.ts';

interface SystemInput {
  readonly info: Omit<SystemInfo, 'storeCount' | 'readOnly' | 'storage'>;
  readonly db: Db;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly log: Log;
  readonly host: Host;
  readonly stores: StoreAccess;
  readonly home: Home;
  readonly storage: Storage;
  /** The database is broken: called once, at the first statement that met it. */
  onDamage(): void;
}

/** Between notes that this data is in use here, in milliseconds: a copy says so when it is opened elsewhere. */
const USED_EVERY_MS = 10 * 60_000;

/** What a page may ask of the engine itself, and what the engine notes of its own running. */
export function createSystem(input: SystemInput): Feature<keyof typeof systemContract> {
  const { info, host, stores, home, storage, clock, log } = input;
  let cancel = (): void => {};
  let watch: { stop(): void } | undefined;
  const noteUse = (): void => {
    cancel = clock.after(USED_EVERY_MS, noteUse);
    home.used(clock.now());
  };
  return {
    handlers: {
      'system.ping': () => null,
      'system.info': () => ({
        ...info,
        storeCount: stores.list().length,
        readOnly: home.readOnly,
        storage: storage.trouble,
      }),
      'system.switchSpace': ({ space }) => host.switchSpace({ space }),
      'system.openExternal': ({ url }) => openExternal(host, url),
    },
    start: () => {
      cancel = clock.after(USED_EVERY_MS, noteUse);
      watch = storage.watch({ ...input, log: log.scope('system') });
    },
    stop: () => {
      cancel();
      watch?.stop();
      try {
        home.used(clock.now());
      } catch (error) {
        log.warn('use-not-noted', { error });
      }
      return Promise.resolve();
    },
  };
}
