import type { RemoteMessage, RemotePage } from '../../channels/channel.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { Ingest } from '../messages/ingest.ts';
import type { EngineParts } from '../parts.ts';

/** Nobody writes so much between two looks: a conversation that goes on and on does not end. */
const MAX_PAGES = 100;

/**
 * Reads a conversation from its newest message down to one older than `downToAt` (platform time; 0: to its very first)
 * and stores what it finds. True when it got there without a gap. Throws the channel's errors, and what `checkOpen`
 * throws: it is called before anything is stored.
 */
export type ReadBack = (conversationId: number, downToAt: number, checkOpen: () => void) => Promise<boolean>;

export function createReadBack(
  { stores }: Pick<EngineParts, 'stores'>,
  { ledger, ingest }: { readonly ledger: Ledger; readonly ingest: Ingest },
): ReadBack {
  return async (conversationId, downToAt, checkOpen) => {
    const record = ledger.get(conversationId);
    const target = { remoteId: record.remote_id, buyerId: record.buyer_remote_id };
    const asked = new Set<string>();
    let cursor: string | null = null;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const at: string | null = cursor;
      const page: RemotePage<RemoteMessage> = await stores.call(
        record.store_id,
        'person',
        (channel, context) => channel.listMessages(context, target, at),
      );
      checkOpen();
      ingest(stores.get(record.store_id), conversationId, page.items);
      if (page.next === null || page.items.some((message) => message.at < downToAt)) return true;
      // A token that leads back: what lies beyond can't be reached.
      if (asked.has(page.next)) return false;
      asked.add(page.next);
      cursor = page.next;
    }
    return false;
  };
}
