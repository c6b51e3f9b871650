import { useCallback, useSyncExternalStore } from 'react';
import { fetchMedia } from './app/hosts.ts';
import { client } from './client.ts';
import { createMediaCache, type MediaEntry } from './media-cache.ts';
import { createMediaGate } from './media-gate.ts';

/** Pictures kept for scrolling back; a picture is at most a few megabytes. */
const KEPT_PICTURES = 120;

const whileConnected = createMediaGate(client.useConnection);

const cache = createMediaCache({
  fetch: (hash) => whileConnected((signal, space) => fetchMedia(`${space}/${hash}`, signal)),
  createUrl: (blob) => URL.createObjectURL(blob),
  revokeUrl: (url) => URL.revokeObjectURL(url),
  keep: KEPT_PICTURES,
});

const NOTHING: MediaEntry = { state: 'loading', url: null };

/** React hook: the picture stored under `hash`, as a blob address that lives as long as someone shows it. */
export function useMedia(hash: string | null): MediaEntry {
  const subscribe = useCallback(
    (onChange: () => void) => (hash === null ? () => {} : cache.hold(hash, onChange)),
    [hash],
  );
  return useSyncExternalStore(subscribe, () => (hash === null ? NOTHING : cache.read(hash)));
}
