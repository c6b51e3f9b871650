import type { RemoteMessage, RemotePage } from '../../channels/channel.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { Ingest } from '../messages/ingest.ts';
import type { EngineParts } from '../parts.ts';

/** Nobody writes so much between two looks: a conversation that goes on and on does not end. */
const MAX_PAGES = 100;

/** Times of a platform differ by so much: whole seconds, and an answer's from the list's. */
const APART_MS = 60_000;

/** How far back is to be read; platform time, UTC milliseconds. */
export interface Depth {
  /** Down to a message older than this; 0 or less: to the very first. */
  readonly downToAt: number;
  /** Something as old as this is known to be there; 0: nothing is. */
  readonly knownAt: number;
}

/**
 * Reads a conversation from its newest message back and stores what it finds. True when it got as far as asked without
 * a gap: an end that comes before what is known to be there is none. Throws the channel's errors, and what `checkOpen`
 * throws: it is called before anything is stored.
 */
export type ReadBack = (conversationId: number, depth: Depth, checkOpen: () => void) => Promise<boolean>;

export function createReadBack(
  { stores }: Pick<EngineParts, 'stores'>,
  { ledger, ingest }: { readonly ledger: Ledger; readonly ingest: Ingest },
): ReadBack {
  return async (conversationId, { downToAt, knownAt }, checkOpen) => {
    const record = ledger.get(conversationId);
    const target = { remoteId: record.remote_id, buyerId: record.buyer_remote_id };
    const asked = new Set<string>();
    let cursor: string | null = null;
    let hasSeenKnown = knownAt <= 0;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const at: string | null = cursor;
      const page: RemotePage<RemoteMessage> = await stores.call(
        record.store_id,
        'person',
        (channel, context) => channel.listMessages(context, target, at),
      );
      checkOpen();
      ingest(stores.get(record.store_id), conversationId, page.items);
      hasSeenKnown ||= page.items.some(({ at: time }) => time <= knownAt + APART_MS);
      if (page.items.some(({ at: time }) => time < downToAt)) return true;
      if (page.next === null) return hasSeenKnown;
      // A token that leads back: what lies beyond can't be reached.
      if (asked.has(page.next)) return false;
      asked.add(page.next);
      cursor = page.next;
    }
    return false;
  };
}
