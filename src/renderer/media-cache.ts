/** A picture on its way, here, or not to be had. */
export interface MediaEntry {
  readonly state: 'loading' | 'ready' | 'failed';
  /** Blob address; null unless ready. */
  readonly url: string | null;
}

export interface MediaCacheParts {
  /** Fetches the bytes of a hash; rejects when they can't be had. */
  readonly fetch: (hash: string) => Promise<Blob>;
  readonly createUrl: (blob: Blob) => string;
  readonly revokeUrl: (url: string) => void;
  /** Pictures kept although nobody shows them. */
  readonly keep: number;
}

interface Held {
  entry: MediaEntry;
  users: number;
  readonly listeners: Set<() => void>;
}

/** Blob addresses by hash, shared by everyone who shows the picture; the least recently used idle ones are given back. */
export interface MediaCache {
  /** Starts fetching if needed; answers the function that lets go. */
  hold(hash: string, onChange: () => void): () => void;
  read(hash: string): MediaEntry;
}

const LOADING: MediaEntry = { state: 'loading', url: null };
const FAILED: MediaEntry = { state: 'failed', url: null };

/** Makes a cache. A failed picture is fetched again when someone new shows it. */
export function createMediaCache(parts: MediaCacheParts): MediaCache {
  const held = new Map<string, Held>();

  const trim = (): void => {
    const idle = [...held].filter(([, item]) => item.users === 0 && item.entry.state !== 'loading');
    for (const [hash, item] of idle.slice(0, Math.max(0, idle.length - parts.keep))) {
      held.delete(hash);
      if (item.entry.url !== null) parts.revokeUrl(item.entry.url);
    }
  };

  const load = (hash: string, item: Held): void => {
    const settle = (entry: MediaEntry): void => {
      item.entry = entry;
      for (const listener of item.listeners) listener();
      trim();
    };
    parts.fetch(hash).then(
      (blob) => settle({ state: 'ready', url: parts.createUrl(blob) }),
      () => settle(FAILED),
    );
  };

  return {
    read: (hash) => held.get(hash)?.entry ?? LOADING,
    hold: (hash, onChange) => {
      let item = held.get(hash);
      if (item === undefined || (item.entry.state === 'failed' && item.users === 0)) {
        item = { entry: LOADING, users: 0, listeners: new Set() };
        load(hash, item);
      }
      // Taken out and put in again: the map's order is the order of use.
      held.delete(hash);
      held.set(hash, item);
      const mine = item;
      mine.users += 1;
      mine.listeners.add(onChange);
      return () => {
        mine.users -= 1;
        mine.listeners.delete(onChange);
        trim();
      };
    },
  };
}
