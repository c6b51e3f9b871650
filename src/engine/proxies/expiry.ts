import type { Clock } from '../../base/time.ts';
import type { Db } from '../db/database.ts';
import type { Net } from '../net/net.ts';
import type { ReadOnlySource } from '../network/gate.ts';
import type { Log } from '../parts.ts';
import type { Binding } from './binding.ts';
import { prepareEnds } from './way-queries.ts';

/** Ends are looked for this often at least, in milliseconds: timers stand still while the machine sleeps, and no ends are told of. */
const LOOK_MS = 15_000;

/** Takes proxies out of use at their end. */
export interface Expiry {
  /** Looks now: the machine woke, or ends may have changed. */
  look(): void;
  stop(): void;
}

interface ExpiryInput {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** The best that is known of the time, UTC milliseconds. */
  readonly now: () => number;
  readonly net: Pick<Net, 'end'>;
  readonly binding: Binding;
  readonly readOnly: ReadOnlySource;
  /** Called at each look, with the time. */
  readonly onLook: (now: number) => void;
}

/**
 * A route is refused from the very moment of an end on, noticed or not; here the end is written down, so that it stays
 * when the clock is set back, and what is open is closed. Ends at which the engine did not run are found at its start.
 */
export function createExpiry(input: ExpiryInput): Expiry {
  const { clock, binding, log } = input;
  const ends = prepareEnds(input.db);
  let cancel = (): void => {};
  let isOver = false;

  const write = input.db.transaction((due: readonly number[], back: readonly number[]) => {
    for (const proxyId of back) ends.forget.run(proxyId);
    for (const proxyId of due) ends.end.run(proxyId);
  });
  const end = (due: readonly number[], back: readonly number[]): void => {
    const accountIds = [...new Set(due.flatMap((proxyId) => binding.accountsBy(proxyId)))];
    // Before anything that can fail: it is over for them either way.
    input.net.end(accountIds);
    write.immediate(due, back);
    log.info('proxies-ended', { proxyIds: due, back });
    binding.changed(accountIds);
  };
  const work = (now: number): void => {
    const [due, back] = [ends.due.all(now), ends.back.all()];
    if (due.length > 0 || back.length > 0) end(due, back);
    input.onLook(now);
  };
  const look = (): void => {
    cancel();
    if (isOver) return;
    const now = input.now();
    const next = ends.next.get(now) ?? null;
    // Planned before anything can fail: a full disk must not end the looking.
    cancel = clock.after(next === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(1, next - now)), look);
    if (!input.readOnly.isReadOnly()) work(now);
  };
  return {
    look,
    stop: () => {
      isOver = true;
      cancel();
    },
  };
}
