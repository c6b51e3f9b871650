import { backoffMs } from '../../base/backoff.ts';
import { toErrorShape } from '../../base/errors.ts';
import { isProxyTrouble } from '../net/proxy-trouble.ts';
import type { EngineParts } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import { fetchPicture } from './fetch-picture.ts';
import { prepareMedia, type MediaRow } from './queries.ts';
import type { Saving } from './saving.ts';
import { createStoreFile } from './store-file.ts';

const MAX_ATTEMPTS = 6;
export const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 3_600_000;
/** While its store's proxy is dead a picture is tried so often, and no attempt is used up. In milliseconds. */
const PROXY_RETRY_MS = 60_000;
/** A proxy that works and can't bring this picture: that is the picture's trouble. */
const ownTrouble: ReadonlySet<string> = new Set(['proxy-target', 'proxy-denied', 'proxy-reset', 'proxy-tls']);

/** What a fetch needs beside the parts. */
interface FetchNeeds {
  readonly saving: Saving;
  /** The engine ends: nothing more is written. */
  readonly isOver: () => boolean;
}

/** Fetches one pending picture, or its thumbnail; answers in how many milliseconds it is to be tried again, or null. */
export type FetchRow = (row: MediaRow) => Promise<number | null>;

export function createFetchRow(
  parts: Pick<EngineParts, 'db' | 'clock' | 'random' | 'log' | 'feed' | 'stores' | 'dataDir'>,
  { saving, isOver }: FetchNeeds,
): FetchRow {
  const { clock, feed, stores } = parts;
  const log = parts.log.scope('media');
  const queries = prepareMedia(parts.db);
  const storeFile = createStoreFile(dataPaths(parts.dataDir).media);

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

  /** The thumbnail alone; a picture whose thumbnail can't be had is one without. */
  const fetchThumb = async (row: MediaRow, url: string): Promise<number | null> => {
    const { id } = row;
    try {
      const { hash, width, height } = await fetchPicture(stores, storeFile, { store_id: row.store_id, url });
      if (isOver()) return null;
      queries.setThumb.run({ id, hash, width, height });
      announce(id);
    } catch (thrown) {
      if (isOver()) return null;
      const waitMs = fail(row, thrown);
      if (waitMs !== null) return waitMs;
      queries.dropThumb.run(id);
      saving.leaveOut(id);
    }
    return saving.isAsked(id) ? 0 : null;
  };

  return async (row) => {
    const { id, thumb_url: thumbUrl } = row;
    if (thumbUrl !== null && row.thumb_hash === null && saving.isOn(id)) return fetchThumb(row, thumbUrl);
    try {
      const { hash, type, bytes, width, height } = await fetchPicture(stores, storeFile, row);
      if (isOver()) return null;
      queries.setReady.run({ id, hash, type, bytes, width, height });
      announce(id);
      return null;
    } catch (thrown) {
      return isOver() ? null : fail(row, thrown);
    }
  };
}
