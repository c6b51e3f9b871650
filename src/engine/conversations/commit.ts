import type { Db } from '../db/database.ts';
import type { Feed } from '../parts.ts';

/** What a transaction changed, for the pages. */
export interface Touched {
  readonly conversations: Set<number>;
  readonly messages: Set<number>;
  readonly stores: Set<number>;
  readonly drafts: Set<number>;
  /** Stores whose failed, held or unconfirmed messages changed. */
  readonly outbox: Set<number>;
}

/** Of a transaction that is yet to change something; also of one no page is connected to hear of. */
export function untold(): Touched {
  return {
    conversations: new Set(),
    messages: new Set(),
    stores: new Set(),
    drafts: new Set(),
    outbox: new Set(),
  };
}

/** Runs `work` in one transaction, and tells the pages what it touched once that has committed. */
export type Commit = <T>(work: (touched: Touched) => T) => T;

/** `IMMEDIATE`: it never waits for a lock half-way. Calls may not nest. */
export function createCommit(db: Db, feed: Feed): Commit {
  const run = db.transaction((work: (touched: Touched) => unknown, touched: Touched) => work(touched));
  return <T>(work: (touched: Touched) => T): T => {
    const touched = untold();
    const value = run.immediate(work, touched) as T;
    for (const kind of ['messages', 'conversations', 'stores', 'drafts', 'outbox'] as const) {
      if (touched[kind].size > 0) feed.emit(kind, [...touched[kind]]);
    }
    return value;
  };
}
