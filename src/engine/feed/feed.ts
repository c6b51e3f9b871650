import type { Clock } from '../../base/time.ts';
import type { FeedEvent, FeedKind } from '../../contract/feeds.ts';
import type { Feed } from '../parts.ts';

/** Changes within this time become one event a kind, in milliseconds: three frames, so nobody sees the wait. */
const COALESCE_MS = 50;

/** An event that would name more than this says "any of them" instead; a page reads all it shows then anyway. */
const MAX_IDS = 200;

/** The feed, with its listeners: the connected pages and features that follow others. */
export interface LiveFeed extends Feed {
  /** Called for each event, in order; the returned function ends it. */
  subscribe(listener: (event: FeedEvent) => void): () => void;
  /** Sends what waits, and nothing after it. */
  close(): void;
}

/** Makes the feed of one run of the engine. Every listener sees the same sequence, without gaps. */
export function createFeed(epoch: string, clock: Clock): LiveFeed {
  const listeners = new Set<(event: FeedEvent) => void>();
  const waiting = new Map<FeedKind, Set<number> | 'any'>();
  let cancel: (() => void) | null = null;
  let closed = false;
  let seq = 0;

  const flush = (): void => {
    cancel?.();
    cancel = null;
    const due = [...waiting];
    waiting.clear();
    for (const [kind, ids] of due) {
      seq += 1;
      const event: FeedEvent = { epoch, seq, kind, ids: ids === 'any' ? [] : [...ids] };
      for (const listener of listeners) listener(event);
    }
  };

  return {
    emit: (kind, ids = []) => {
      if (closed) return;
      waiting.set(kind, merge(waiting.get(kind), ids));
      cancel ??= clock.after(COALESCE_MS, flush);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      flush();
      closed = true;
      listeners.clear();
    },
  };
}

function merge(known: Set<number> | 'any' | undefined, ids: readonly number[]): Set<number> | 'any' {
  if (known === 'any' || ids.length === 0) return 'any';
  const all = new Set(known);
  for (const id of ids) all.add(id);
  return all.size > MAX_IDS ? 'any' : all;
}
