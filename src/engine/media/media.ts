import { join } from 'node:path';
import { backoffMs } from '../../base/backoff.ts';
import { CodedError, toErrorShape } from '../../base/errors.ts';
import type { ListRow } from '../conversations/list-queries.ts';
import type { MessageRow } from '../messages/queries.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { readImageHeader } from './image-header.ts';
import { prepareMedia, type MediaRow } from './queries.ts';
import { storeFile } from './store-file.ts';

const LIMITS = { maxBytes: 10 * 1024 * 1024, timeoutMs: 8_000 } as const;
/** A picture of more pixels would take the page's memory, however few its bytes. */
const MAX_PIXELS = 40_000_000;
const AT_ONCE = 6;
const MAX_ATTEMPTS = 6;
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 3_600_000;
/** So many wishes wait at most; older ones are wished for again when they are next shown. */
const MAX_WAITING = 500;

/** Fetches pictures through their store's exit, once somebody looks at what they belong to. */
export interface MediaFetcher extends Feature<never> {
  /** Pictures of messages a page shows: the last ones asked for come first. */
  wantPictures(rows: readonly MessageRow[]): void;
  /** Avatars of list rows a page shows. */
  wantAvatars(rows: readonly ListRow[]): void;
}

type Parts = Pick<EngineParts, 'db' | 'clock' | 'random' | 'log' | 'feed' | 'stores' | 'dataDir'>;

export function createMediaFetcher(parts: Parts): MediaFetcher {
  const { clock, feed, stores } = parts;
  const log = parts.log.scope('media');
  const queries = prepareMedia(parts.db);
  const folder = join(parts.dataDir, 'media');
  /** The newest wish last. */
  const wanted = new Set<number>();
  const running = new Map<number, Promise<void>>();
  const timers = new Map<number, () => void>();
  let stopped = false;

  const announce = (mediaId: number): void => {
    const messages = queries.messagesWith.all(mediaId);
    const avatars = queries.avatarsWith.all(mediaId);
    if (messages.length > 0) feed.emit('messages', messages);
    if (avatars.length > 0) feed.emit('conversations', avatars);
  };

  const fetch = async (row: MediaRow): Promise<void> => {
    try {
      const bytes = await download(row);
      const header = readImageHeader(bytes);
      if (header === null) throw new CodedError('invalid', 'Not a picture of a known type');
      if (header.width * header.height > MAX_PIXELS) throw new CodedError('rejected', 'Too many pixels');
      const hash = await storeFile(folder, bytes);
      if (stopped) return;
      queries.setReady.run({ id: row.id, hash, bytes: bytes.byteLength, ...header });
      announce(row.id);
    } catch (thrown) {
      if (!stopped) fail(row, thrown);
    }
  };

  const download = async (row: MediaRow): Promise<Uint8Array> => {
    if (!/^https?:\/\//i.test(row.url)) throw new CodedError('invalid', 'Not an http address');
    const { status, bytes } = await stores.call(row.store_id, (_channel, { http }) =>
      http.download(row.url, LIMITS),
    );
    if (status === 200) return bytes;
    const isPassing = status === 429 || status >= 500;
    throw new CodedError(isPassing ? 'unreachable' : 'rejected', `The picture's address answered ${status}`);
  };

  const fail = (row: MediaRow, thrown: unknown): void => {
    const error = toErrorShape(thrown);
    const attempts = row.attempts + 1;
    const isFinal = ['rejected', 'invalid', 'not-found'].includes(error.code) || attempts >= MAX_ATTEMPTS;
    const waitMs = backoffMs(attempts, FIRST_RETRY_MS, LONGEST_RETRY_MS, parts.random);
    queries.setAttempt.run({
      id: row.id,
      state: isFinal ? 'failed' : 'pending',
      nextAt: clock.now() + waitMs,
    });
    log.info('picture-failed', { mediaId: row.id, storeId: row.store_id, error, attempts, isFinal });
    if (isFinal) announce(row.id);
    else want(row.id, waitMs);
  };

  const pump = (): void => {
    while (!stopped && running.size < AT_ONCE) {
      const id = [...wanted].at(-1);
      if (id === undefined) return;
      wanted.delete(id);
      const row = queries.byId.get(id);
      if (row?.state !== 'pending' || running.has(id)) continue;
      const done = fetch(row).then(() => {
        running.delete(id);
        pump();
      });
      running.set(id, done);
    }
  };

  const want = (id: number, waitMs: number): void => {
    if (waitMs <= 0) {
      wanted.delete(id);
      wanted.add(id);
      if (wanted.size > MAX_WAITING) wanted.delete([...wanted][0] ?? id);
      return;
    }
    timers.get(id)?.();
    const cancel = clock.after(waitMs, () => {
      timers.delete(id);
      want(id, 0);
      pump();
    });
    timers.set(id, cancel);
  };

  const wantPending = (ids: readonly number[]): void => {
    for (const id of ids) {
      if (running.has(id) || timers.has(id)) continue;
      const row = queries.byId.get(id);
      if (row?.state === 'pending') want(id, row.next_at - clock.now());
    }
    pump();
  };

  return {
    handlers: {},
    wantPictures: (rows) =>
      wantPending(
        rows.flatMap((row) => (row.media_id !== null && row.media_state === 'pending' ? [row.media_id] : [])),
      ),
    wantAvatars: (rows) => {
      const ids = rows.flatMap((row) => {
        if (row.avatar_hash !== null || row.avatar_url === null) return [];
        if (row.avatar_media_id !== null) return [row.avatar_media_id];
        queries.add.run(row.store_id, row.avatar_url);
        const id = queries.idOf.get(row.store_id, row.avatar_url);
        if (id === undefined) return [];
        queries.setAvatar.run(id, row.buyer_id);
        return [id];
      });
      // The list's first row last, and so first to be fetched.
      wantPending(ids.reverse());
    },
    stop: async () => {
      stopped = true;
      for (const cancel of timers.values()) cancel();
      wanted.clear();
      await Promise.resolve();
    },
  };
}
