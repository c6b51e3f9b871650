import type { Clock } from '../../base/time.ts';
import type { Db } from '../db/database.ts';
import type { Commit } from './commit.ts';
import type { Ledger } from './ledger.ts';
import { prepareConversations } from './queries.ts';

const ROWS_PER_COMMIT = 100;
/** Timers count at most to 2^31 milliseconds; and a computer that slept may be late. */
const LONGEST_WAIT_MS = 3_600_000;

/** Brings snoozed conversations back when their time has come. */
export interface SnoozeTimer {
  /** Ends what is due, and waits for the next one. */
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
  const reset = (): void => {
    cancel();
    endDue();
    const next = queries.nextSnooze.get() ?? null;
    if (next !== null) cancel = clock.after(Math.min(LONGEST_WAIT_MS, next - clock.now()), reset);
  };
  return { reset, stop: () => cancel() };
}
