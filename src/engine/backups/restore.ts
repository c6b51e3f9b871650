import { join } from 'node:path';
import type { Clock } from '../../base/time.ts';
import { CodedError } from '../../base/errors.ts';
import { inspectBackup } from '../db/backup.ts';
import type { Host } from '../host.ts';
import type { Log } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import type { Home } from '../system/machine.ts';
import type { Maker } from './maker.ts';
import { endRecovery, readRecovery } from './marker.ts';
import { listBackups } from './names.ts';
import { beginRecovery } from './recovery.ts';

/** The host starts the engine anew within seconds, in milliseconds. */
const RESTART_MS = 30_000;

interface RestoreInput {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly host: Pick<Host, 'restartEngine'>;
  readonly home: Pick<Home, 'readOnly'>;
  readonly make: Maker['make'];
  /** Of the newest migration this Counterdesk knows. */
  readonly version: number;
}

/** Putting a backup back by hand: it is begun here, and done by the next engine. */
export interface Restore {
  /** Errors as `backups.restore`. */
  begin(name: string): Promise<null>;
  stop(): void;
}

/**
 * A restore that waits for an engine that does not come is called off: what is done meanwhile would be gone when one
 * comes at last.
 */
export function createRestore({ dataDir, clock, log, host, home, make, version }: RestoreInput): Restore {
  const paths = dataPaths(dataDir);
  let cancel = (): void => {};

  const check = async (name: string): Promise<void> => {
    if (home.readOnly !== null) {
      throw new CodedError('conflict', 'A copy is shown as it is', { reason: 'copy' });
    }
    if (!listBackups(paths.backups).some((one) => one.name === name)) {
      throw new CodedError('not-found', 'No such backup');
    }
    const found = await inspectBackup(join(paths.backups, name));
    if (found.problems === null) {
      throw new CodedError('unreachable', 'Not readable now', { reason: 'unchecked' });
    }
    if (found.problems.length > 0 || found.version === null) {
      throw new CodedError('invalid', 'This backup is damaged', { reason: 'damaged' });
    }
    if (found.version > version) {
      throw new CodedError('invalid', 'Of a newer version', { reason: 'newer' });
    }
  };

  const callOff = (): void => {
    // Damage that was found meanwhile is another matter.
    if (readRecovery(paths.recovery)?.kind !== 'restored-by-hand') return;
    log.error('restore-called-off');
    endRecovery(paths.recovery);
  };

  return {
    begin: async (name) => {
      await check(name);
      await make('before-restore', name);
      beginRecovery(dataDir, clock.now(), name);
      try {
        const answer = await host.restartEngine({});
        cancel();
        cancel = clock.after(RESTART_MS, callOff);
        return answer;
      } catch (error) {
        callOff();
        throw error;
      }
    },
    stop: () => cancel(),
  };
}
