import type { ErrorShape } from '../../base/errors.ts';
import { client } from '../client.ts';
import { sendOnce } from '../composer/send-once.ts';
import { tellStored } from '../thread/thread-events.ts';
import { pickedOf, removePicked } from './picked.ts';
import { finishUploads } from './uploads.ts';

/** What a send of the pictures came to; null: all of them are stored, or there was none. */
export type PicturesProblem =
  { readonly kind: 'upload' } | { readonly kind: 'send'; readonly error: ErrorShape };

/**
 * Sends the pictures picked for a conversation, in their order, each as a message of its own. Whatever was not stored
 * stays picked, under the same id: trying again is the same send.
 */
export async function sendPictures(
  conversationId: number,
  how: { readonly begunAt: number | null; readonly anyway: boolean },
): Promise<PicturesProblem | null> {
  if (!(await finishUploads(conversationId))) return { kind: 'upload' };
  for (const { clientId, hash } of pickedOf(conversationId)) {
    // Taken out while those before it went.
    if (!pickedOf(conversationId).some((one) => one.clientId === clientId)) continue;
    if (hash === null) return { kind: 'upload' };
    const outcome = await sendOnce({
      call: client.call,
      conversationId,
      earlierId: null,
      clientId,
      onStart: () => {},
      store: () => client.call('outbox.sendImage', { conversationId, clientId, hash, ...how }),
    });
    if (outcome.kind === 'failed') return { kind: 'send', error: outcome.error };
    tellStored(outcome.message);
    removePicked(conversationId, clientId);
  }
  return null;
}
