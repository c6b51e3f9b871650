import type { Clock } from '../../base/time.ts';
import type { StorageTrouble } from '../../contract/system.ts';
import type { Db } from '../db/database.ts';
import { clearState, writeState } from '../db/engine-state.ts';
import { isDamage } from '../db/open.ts';
import { storageError, storageTrouble } from '../db/storage-trouble.ts';
import type { Feed, Log } from '../parts.ts';

/** Between looks whether there is room again, in milliseconds. */
const PROBE_MS = 3_000;
/** What a look writes: enough to need room of its own. */
const PROBE_TEXT = 'x'.repeat(16_000);

/** Whether the data folder can be written, from the errors of its statements; known before there is anyone to tell. */
export interface Storage {
  readonly trouble: StorageTrouble | null;
  /** For every error of the database: answers the one to throw in its place. */
  onError(error: unknown): unknown;
  /** From here on changes are told, and looked after until they are over. */
  watch(parts: WatchParts): { stop(): void };
}

interface WatchParts {
  readonly db: Db;
  readonly clock: Pick<Clock, 'after'>;
  readonly feed: Feed;
  readonly log: Log;
  /** The file itself is broken. */
  onDamage(): void;
}

/** Hears errors from the moment the database is opened. */
export function createStorage(dataDir: string): Storage {
  let trouble: StorageTrouble | null = null;
  let isDamaged = false;
  let watching: WatchParts | null = null;
  let cancel: (() => void) | null = null;

  const become = (next: StorageTrouble | null): void => {
    if (next === trouble) return;
    trouble = next;
    watching?.feed.emit('system');
    if (next === null) watching?.log.info('storage-well');
    else watching?.log.error('storage-trouble', { trouble: next });
  };

  const probe = (): void => {
    cancel = null;
    if (watching === null || trouble === null) return;
    const { db } = watching;
    try {
      // Written and taken back at once: the answer is whether it could be.
      writeState(db, 'probe', PROBE_TEXT);
      clearState(db, 'probe');
      become(null);
    } catch {
      later();
    }
  };
  const later = (): void => {
    if (watching !== null) cancel ??= watching.clock.after(PROBE_MS, probe);
  };

  return {
    get trouble() {
      return trouble;
    },
    onError: (error) => {
      if (isDamage(error) && !isDamaged) {
        isDamaged = true;
        watching?.onDamage();
      }
      const found = storageTrouble(error, dataDir);
      if (found === null) return error;
      become(found);
      later();
      return storageError(found, error);
    },
    watch: (parts) => {
      watching = parts;
      if (trouble !== null) later();
      return {
        stop: () => {
          cancel?.();
          watching = null;
        },
      };
    },
  };
}
