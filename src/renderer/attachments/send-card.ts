import { uuidv7 } from '../../base/ids.ts';
import type { SendableCard } from '../../contract/outbox.ts';
import { client, clock } from '../client.ts';
import { sendOnce, type SendOutcome } from '../composer/send-once.ts';
import { tellStored } from '../thread/thread-events.ts';

/** A card as it goes out. */
export interface CardToSend {
  readonly kind: SendableCard;
  readonly reference: string;
  readonly code: string | null;
  readonly title: string | null;
}

/** The last card of each conversation that is not known to be stored. */
const attempts = new Map<number, { readonly clientId: string; readonly what: string }>();

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** Sends a card. One whose answer never came keeps its id: sending the same card again is the same send. */
export async function sendCard(
  conversationId: number,
  card: CardToSend,
  how: { readonly begunAt: number | null; readonly anyway: boolean },
): Promise<SendOutcome> {
  const what = JSON.stringify([card.kind, card.reference, card.code]);
  const earlier = attempts.get(conversationId);
  const clientId = earlier?.what === what ? earlier.clientId : uuidv7(clock.now(), randomBytes);
  const outcome = await sendOnce({
    call: client.call,
    conversationId,
    earlierId: earlier?.clientId ?? null,
    clientId,
    onStart: () => attempts.set(conversationId, { clientId, what }),
    store: () => client.call('outbox.sendCard', { conversationId, clientId, card, ...how }),
  });
  if (outcome.kind === 'failed') {
    const { code } = outcome.error;
    if (code === 'invalid' || code === 'not-found') attempts.delete(conversationId);
    return outcome;
  }
  attempts.delete(conversationId);
  tellStored(outcome.message);
  return outcome;
}
