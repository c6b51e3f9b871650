import type { FeedKind } from '../../contract/feeds.ts';
import type { Clock } from '../../base/time.ts';
import type { Db } from '../db/database.ts';
import { clearState, readState, writeState } from '../db/engine-state.ts';
import type { LiveFeed } from '../feed/feed.ts';

/** What a backup would miss. How stores do is no such thing: that changes all the time. */
const KEPT: readonly FeedKind[] = ['conversations', 'messages', 'drafts', 'settings', 'groups', 'outbox'];

interface ChangesInput {
  readonly db: Db;
  readonly clock: Pick<Clock, 'now'>;
  readonly feed: LiveFeed;
}

/** Whether anything changed that no backup holds, remembered over restarts. */
export function createChanges({ db, clock, feed }: ChangesInput) {
  let since = Number(readState(db, 'changed-since') ?? Number.NaN);
  let leave = (): void => {};
  const note = (): void => {
    if (!Number.isNaN(since)) return;
    since = clock.now();
    try {
      writeState(db, 'changed-since', String(since));
    } catch {
      // A full disk: what could not be written is no change either.
    }
  };
  return {
    since: (): number | null => (Number.isNaN(since) ? null : since),
    /** What changes from now on may not be in the backup that begins. Answers what to call if none comes of it. */
    begin: (): (() => void) => {
      const before = since;
      since = Number.NaN;
      return () => {
        if (!Number.isNaN(before)) since = before;
      };
    },
    /** The backup is there. */
    settle: (): void => {
      if (Number.isNaN(since)) clearState(db, 'changed-since');
    },
    follow: (): void => {
      leave = feed.subscribe(({ kind }) => {
        if (KEPT.includes(kind)) note();
      });
    },
    stop: (): void => leave(),
  };
}
