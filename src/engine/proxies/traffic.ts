import type { Clock } from '../../base/time.ts';
import type { Db } from '../db/database.ts';
import type { Net } from '../net/net.ts';
import type { ReadOnlySource } from '../network/gate.ts';
import type { Feature } from '../parts.ts';
import { localDay } from '../../base/local-day.ts';
import { prepareTraffic } from './way-queries.ts';

/** Bytes are written this often, in milliseconds; a kill costs what passed since. */
const WRITE_MS = 60_000;

interface Line {
  readonly accountId: number;
  readonly proxyId: number;
  readonly day: string;
  sent: number;
  received: number;
}

/** What passed through proxies, by proxy, account and day, and is not written yet. */
export class TrafficLedger {
  readonly #now: () => number;
  #lines = new Map<string, Line>();

  constructor(now: () => number) {
    this.#now = now;
  }

  add(accountId: number, proxyId: number, sent: number, received: number): void {
    const day = localDay(this.#now());
    const key = `${proxyId} ${accountId} ${day}`;
    const line = this.#lines.get(key) ?? { accountId, proxyId, day, sent: 0, received: 0 };
    line.sent += sent;
    line.received += received;
    this.#lines.set(key, line);
  }

  /** Hands everything to `write`; what it could not take stays. */
  empty(write: (lines: readonly Line[]) => void): void {
    if (this.#lines.size === 0) return;
    write([...this.#lines.values()]);
    this.#lines = new Map();
  }
}

interface TrafficInput {
  readonly db: Db;
  readonly clock: Clock;
  readonly net: Pick<Net, 'sample'>;
  readonly ledger: TrafficLedger;
  readonly readOnly: ReadOnlySource;
  /** Called with the time when everything was written. */
  readonly onWritten: (now: number) => void;
}

/** Writes the counts down now and then, and at the end. */
export function createTraffic(input: TrafficInput): Feature<'proxies.traffic'> {
  const { db, clock, net, ledger } = input;
  const rows = prepareTraffic(db);
  let cancel = (): void => {};

  const insert = db.transaction((lines: readonly Line[]) => {
    for (const line of lines) rows.add.run(line);
  });
  const write = (): void => {
    net.sample();
    if (input.readOnly.isReadOnly()) return;
    ledger.empty((lines) => insert.immediate(lines));
    input.onWritten(clock.now());
  };
  const plan = (): void => {
    cancel = clock.after(WRITE_MS, () => {
      plan();
      write();
    });
  };
  return {
    handlers: {
      'proxies.traffic': ({ since }) => {
        write();
        return { days: rows.since.all(since) };
      },
    },
    start: plan,
    stop: () => {
      cancel();
      write();
      return Promise.resolve();
    },
  };
}
