import type { FeedEvent, FeedKind } from '../../contract/feeds.ts';

/** Told which ids changed; an empty list means "any of them: read again". */
export type FeedListener = (ids: readonly number[]) => void;

/** Who listens to which feed, and whether an event was missed. */
export interface FeedListeners {
  /** Answers the function that ends the subscription. */
  on(kind: FeedKind, listener: FeedListener): () => void;
  /** A new link has begun: its first event follows on nothing. */
  restart(): void;
  /** Hands on an event of the engine that started at `epoch`; after a gap everybody reads again. */
  take(event: FeedEvent, epoch: string): void;
  readAllAgain(): void;
}

/** Makes an empty set of listeners. */
export function createFeedListeners(): FeedListeners {
  const listeners = new Map<FeedKind, Set<FeedListener>>();
  let lastSeq: number | null = null;

  const readAllAgain = (): void => {
    for (const set of listeners.values()) for (const listener of set) listener([]);
  };

  return {
    readAllAgain,
    restart: () => {
      lastSeq = null;
    },
    take: (event, epoch) => {
      const gap = event.epoch !== epoch || (lastSeq !== null && event.seq !== lastSeq + 1);
      lastSeq = event.seq;
      if (gap) readAllAgain();
      else for (const listener of listeners.get(event.kind) ?? []) listener(event.ids);
    },
    on: (kind, listener) => {
      const set = listeners.get(kind) ?? new Set();
      listeners.set(kind, set.add(listener));
      return () => void set.delete(listener);
    },
  };
}
