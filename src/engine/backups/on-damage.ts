import type { Clock } from '../../base/time.ts';
import type { Host } from '../host.ts';
import type { Log } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import { readRecovery } from './marker.ts';
import { beginRecovery } from './recovery.ts';

/** Between tries to leave word for the next engine, in milliseconds: the disk may be full as well. */
const AGAIN_MS = 10_000;

interface DamageInput {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly host: Pick<Host, 'restartEngine'>;
  readonly log: Log;
}

/**
 * To be called when the running database is found broken. Going on would write into it: the next engine puts a backup in
 * its place. A restore that waits for that engine does the same, by the backup a person chose.
 */
export function createOnDamage({ dataDir, clock, host, log }: DamageInput): () => void {
  let isKnown = false;
  const begin = (): void => {
    try {
      if (readRecovery(dataPaths(dataDir).recovery) === null) beginRecovery(dataDir, clock.now());
    } catch (error) {
      log.error('recovery-not-begun', { error });
      clock.after(AGAIN_MS, begin);
      return;
    }
    host.restartEngine({}).catch((error: unknown) => log.error('not-restarted', { error }));
  };
  return () => {
    if (isKnown) return;
    isKnown = true;
    begin();
  };
}
