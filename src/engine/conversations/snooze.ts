import type { Clock } from '../../base/time.ts';
import type { Db } from '../db/database.ts';
import type { Commit } from './commit.ts';
import type { Ledger } from './ledger.ts';
import { prepareConversations } from './queries.ts';

const ROWS_PER_COMMIT = 100;
/** Timers count at most to 2^31 milliseconds; and a computer that slept may be late. */
const LONGEST_WAIT_MS = 3_600_000;
/** After an end that could not be written down (a full disk). */
const RETRY_MS = 30_000;

/** Brings snoozed conversations back when their time has come. */
export interface SnoozeTimer {
  /** Looks anew which one ends next, and waits for it. It ends in the timer: nobody who asks has to bear its failure. */
  reset(): void;
  stop(): void;
}

export function createSnoozeTimer(db: Db, clock: Clock, commit: Commit, ledger: Ledger): SnoozeTimer {
  const queries = prepareConversations(db);
  let cancel = (): void => {};

  const endDue = (): void => {
    for (;;) {
      const due = queries.snoozesEnded.all(clock.now(), ROWS_PER_COMMIT);
      if (due.length === 0) return;
      commit((touched) => due.forEach((row) => ledger.endSnooze(row.id, touched)));
    }
  };
  const endAndGoOn = (): void => {
    cancel = clock.after(RETRY_MS, endAndGoOn);
    endDue();
    reset();
  };
  const reset = (): void => {
    cancel();
    const next = queries.nextSnooze.get() ?? null;
    if (next !== null) cancel = clock.after(Math.min(LONGEST_WAIT_MS, next - clock.now()), endAndGoOn);
  };
  return { reset, stop: () => cancel() };
}
