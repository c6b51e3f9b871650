import type { Space } from '../contract/system.ts';
import type { Connection } from './app/create-client.ts';

/** Where the connection's state comes from; a zustand store is one. */
export interface ConnectionSource {
  getState(): Connection;
  subscribe(listener: () => void): () => void;
}

/** Runs a fetch; see `createMediaGate`. */
export type MediaGate = <T>(fetch: (signal: AbortSignal, space: Space) => Promise<T>) => Promise<T>;

/**
 * Lets pictures be fetched only while the page stands with the data folder that named them. A hash of one folder means
 * nothing in another: what is under way when the connection ends is given up, and begun again when it is back.
 */
export function createMediaGate({ getState, subscribe }: ConnectionSource): MediaGate {
  let folder: string | null = null;
  const isOpen = (): boolean => {
    const { state, info } = getState();
    if (state !== 'online' || info === null) return false;
    folder ??= info.dataDir;
    return info.dataDir === folder;
  };
  const opened = (): Promise<void> =>
    new Promise((resolve) => {
      if (isOpen()) return resolve();
      const end = subscribe(() => {
        if (!isOpen()) return;
        end();
        resolve();
      });
      return undefined;
    });
  return async (fetch) => {
    for (;;) {
      await opened();
      const lost = new AbortController();
      const end = subscribe(() => {
        if (!isOpen()) lost.abort();
      });
      try {
        return await fetch(lost.signal, getState().info?.space ?? 'real');
      } catch (error) {
        if (!lost.signal.aborted) throw error;
      } finally {
        end();
      }
    }
  };
}
