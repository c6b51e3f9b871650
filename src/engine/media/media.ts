import { CodedError, toErrorShape } from '../../base/errors.ts';
import type { MessageKind } from '../../contract/models.ts';
import type { ListRow } from '../conversations/list-queries.ts';
import { waitUntil } from '../due.ts';
import type { MessageRow } from '../messages/queries.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { LiveSettings } from '../settings/settings.ts';
import { createFetchQueue } from './fetch-queue.ts';
import { createFetchRow, FIRST_RETRY_MS } from './fetch-row.ts';
import { prepareMedia, type MediaRow } from './queries.ts';
import { createSaving } from './saving.ts';

/** Those whose picture the page draws; others' would be fetched for nobody. */
const drawn: ReadonlySet<MessageKind> = new Set(['image', 'sticker']);

/**
 * Fetches pictures through their store's exit, once somebody looks at what they belong to. While traffic is saved, of
 * a message's picture only the thumbnail, and nothing where there is none, until a person asks for it.
 */
export interface MediaFetcher extends Feature<'messages.fetchPicture'> {
  /** Pictures of messages a page shows, in the thread's order: the newest is fetched first. */
  wantPictures(rows: readonly MessageRow[]): void;
  /** Avatars of list rows a page shows: the first row's is fetched first. */
  wantAvatars(rows: readonly ListRow[]): void;
}

type Parts = Pick<EngineParts, 'db' | 'clock' | 'random' | 'log' | 'feed' | 'stores' | 'dataDir' | 'gate'>;

export function createMediaFetcher(
  parts: Parts,
  settings: Pick<LiveSettings, 'read' | 'onChange'>,
): MediaFetcher {
  const { clock } = parts;
  const log = parts.log.scope('media');
  const queries = prepareMedia(parts.db);
  /** Pictures whose store could not be reached when their turn came: no attempt of theirs is used up. */
  const waiting = new Set<number>();
  let stopped = false;
  const saving = createSaving(settings);
  const fetchOne = createFetchRow(parts, { saving, isOver: () => stopped });

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

  const want = (row: MediaRow): void => queue.want(row.id, waitUntil(row.next_at, clock.now()));
  const pending = (id: number | null): MediaRow | undefined => {
    const row = id === null ? undefined : queries.byId.get(id);
    return row?.state === 'pending' ? row : undefined;
  };
  const wantPending = (id: number | null): void => {
    const row = pending(id);
    if (row !== undefined) want(row);
  };
  saving.onEnd(wantPending);

  const wantPicture = ({ kind, media_id: id }: MessageRow): void => {
    const row = drawn.has(kind) ? pending(id) : undefined;
    if (row === undefined) return;
    const hasThumbToCome = row.thumb_url !== null && row.thumb_hash === null;
    if (kind === 'image' && saving.isOn(row.id) && !hasThumbToCome) saving.leaveOut(row.id);
    else want(row);
  };

  parts.gate.onChange(() => {
    const all = [...waiting];
    waiting.clear();
    for (const id of all) wantPending(id);
  });

  return {
    handlers: {
      'messages.fetchPicture': ({ messageId }) => {
        const id = queries.ofMessage.get(messageId) ?? null;
        if (id === null) throw new CodedError('not-found', 'This message has no picture');
        saving.ask(id);
        wantPending(id);
        return null;
      },
    },
    wantPictures: (rows) => {
      for (const row of rows) if (row.media_state === 'pending') wantPicture(row);
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
