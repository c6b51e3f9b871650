import { uuidv7 } from '../../base/ids.ts';
import { client, clock } from '../client.ts';
import { tellStored } from '../thread/thread-events.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { sendOnce, type SendOutcome } from './send-once.ts';
import { attemptToSend } from './unsaved.ts';

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** What came of sending a text; `taken`: the text that is stored now, for the field to let go of. */
export type TextOutcome = SendOutcome & { readonly taken: string };

/** Sends a text in its conversation, under the id of an earlier try of the same text that had no answer. */
export async function sendText(
  conversationId: number,
  keeper: DraftKeeper,
  typed: string,
  how: { readonly begunAt: number | null; readonly anyway: boolean; readonly words: string | null },
): Promise<TextOutcome> {
  const earlier = keeper.attempt();
  const attempt = attemptToSend(earlier, typed, () => uuidv7(clock.now(), randomBytes));
  const { clientId } = attempt;
  const { begunAt, anyway, words } = how;
  // Known by what was typed; what goes out may be its translation.
  const typedText = attempt.text.trim();
  const [text, meant] = words === null ? [typedText, null] : [words, typedText];
  const outcome = await sendOnce({
    call: client.call,
    conversationId,
    earlierId: earlier?.clientId ?? null,
    clientId,
    onStart: () => keeper.setAttempt(attempt),
    store: () => client.call('outbox.send', { conversationId, clientId, text, begunAt, anyway, meant }),
  });
  if (outcome.kind !== 'failed') {
    tellStored(outcome.message);
    return { ...outcome, taken: outcome.kind === 'stored' ? typed : (earlier?.text ?? '') };
  }
  const { code } = outcome.error;
  // Refused before anything was stored: the next try is another send.
  if (code === 'invalid' || code === 'not-found') keeper.setAttempt(null);
  return { ...outcome, taken: '' };
}
