import { backoffMs } from '../../base/backoff.ts';
import { toErrorShape } from '../../base/errors.ts';
import type { ListRow } from '../conversations/list-queries.ts';
import { waitUntil } from '../due.ts';
import type { MessageRow } from '../messages/queries.ts';
import { isProxyTrouble } from '../net/proxy-trouble.ts';
import type { AnyFeature, EngineParts } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import { fetchPicture } from './fetch-picture.ts';
import { createFetchQueue } from './fetch-queue.ts';
import { prepareMedia, type MediaRow } from './queries.ts';
import { createStoreFile } from './store-file.ts';

const MAX_ATTEMPTS = 6;
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 3_600_000;
/** While its store's proxy is dead a picture is tried so often, and no attempt is used up. In milliseconds. */
const PROXY_RETRY_MS = 60_000;
/** A proxy that works and can't bring this picture: that is the picture's trouble. */
const ownTrouble: ReadonlySet<string> = new Set(['proxy-target', 'proxy-denied', 'proxy-reset', 'proxy-tls']);

/** Fetches pictures through their store's exit, once somebody looks at what they belong to. */
export interface MediaFetcher extends AnyFeature {
  /** Pictures of messages a page shows, in the thread's order: the newest is fetched first. */
  wantPictures(rows: readonly MessageRow[]): void;
  /** Avatars of list rows a page shows: the first row's is fetched first. */
  wantAvatars(rows: readonly ListRow[]): void;
}

type Parts = Pick<EngineParts, 'db' | 'clock' | 'random' | 'log' | 'feed' | 'stores' | 'dataDir' | 'gate'>;

export function createMediaFetcher(parts: Parts): MediaFetcher {
  const { clock, feed, stores } = parts;
  const log = parts.log.scope('media');
  const queries = prepareMedia(parts.db);
  const storeFile = createStoreFile(dataPaths(parts.dataDir).media);
  /** Pictures whose store could not be reached when their turn came: no attempt of theirs is used up. */
  const waiting = new Set<number>();
  let stopped = false;

  const announce = (mediaId: number): void => {
    const messages = queries.messagesWith.all(mediaId);
    const avatars = queries.avatarsWith.all(mediaId);
    if (messages.length > 0) feed.emit('messages', messages);
    if (avatars.length > 0) feed.emit('conversations', avatars);
  };

  /** Answers how long to wait before the next attempt; null when there will be none. */
  const fail = (row: MediaRow, thrown: unknown): number | null => {
    const error = toErrorShape(thrown);
    if (isProxyTrouble(error) && !ownTrouble.has(error.details?.reason ?? '')) return PROXY_RETRY_MS;
    const attempts = row.attempts + 1;
    const isFinal = ['rejected', 'invalid', 'not-found'].includes(error.code) || attempts >= MAX_ATTEMPTS;
    const waitMs = backoffMs(attempts, FIRST_RETRY_MS, LONGEST_RETRY_MS, parts.random);
    const nextAt = clock.now() + waitMs;
    queries.setAttempt.run({ id: row.id, state: isFinal ? 'failed' : 'pending', nextAt });
    log.info('picture-failed', { mediaId: row.id, storeId: row.store_id, error, attempts, isFinal });
    if (isFinal) announce(row.id);
    return isFinal ? null : waitMs;
  };

  const fetchOne = async (row: MediaRow): Promise<number | null> => {
    const { id } = row;
    try {
      const { hash, type, bytes, width, height } = await fetchPicture(stores, storeFile, row);
      if (stopped) return null;
      queries.setReady.run({ id, hash, type, bytes, width, height });
      announce(id);
      return null;
    } catch (thrown) {
      return stopped ? null : fail(row, thrown);
    }
  };
  const queue = createFetchQueue(clock, async (id) => {
    try {
      const row = queries.byId.get(id);
      if (row?.state !== 'pending') return null;
      if (parts.gate.closedFor(row.store_id) === null) return await fetchOne(row);
      waiting.add(id);
      return null;
    } catch (error) {
      // What came of it could not be written down (a full disk): the engine goes on, and so does this, later.
      log.error('picture-unwritten', { mediaId: id, error: toErrorShape(error) });
      return FIRST_RETRY_MS;
    }
  });

  const wantPending = (id: number | null): void => {
    const row = id === null ? undefined : queries.byId.get(id);
    if (row?.state === 'pending') queue.want(row.id, waitUntil(row.next_at, clock.now()));
  };

  parts.gate.onChange(() => {
    const all = [...waiting];
    waiting.clear();
    for (const id of all) wantPending(id);
  });

  return {
    handlers: {},
    wantPictures: (rows) => {
      for (const row of rows) if (row.media_state === 'pending') wantPending(row.media_id);
    },
    wantAvatars: (rows) => {
      for (const row of rows.toReversed()) if (row.avatar_hash === null) wantPending(row.avatar_media_id);
    },
    stop: () => {
      stopped = true;
      queue.stop();
      return Promise.resolve();
    },
  };
}
