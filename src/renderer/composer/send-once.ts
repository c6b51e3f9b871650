import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import type { MessageView } from '../../contract/models.ts';
import type { ClientCore } from '../app/create-client.ts';
import type { Attempt } from './unsaved.ts';

/** How many of the newest messages are looked through for a send whose answer never came. */
const lookedThrough = 50;

type Call = ClientCore['call'];

/** What became of a send. */
export type SendOutcome =
  | { readonly kind: 'stored'; readonly message: MessageView }
  /** An earlier send of other words, whose answer never came, is stored: nothing more was sent. */
  | { readonly kind: 'earlier-stored'; readonly message: MessageView }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

interface SendParts {
  readonly call: Call;
  readonly conversationId: number;
  /** The last send that is not known to be stored. */
  readonly earlier: Attempt | null;
  readonly attempt: Attempt;
  /** Told the moment `attempt` goes out. */
  readonly onStart: () => void;
}

/** Looks among the newest messages for the one of a send; null if it isn't there. Errors as `messages.page`. */
export async function findSent(
  call: Call,
  conversationId: number,
  clientId: string,
): Promise<Result<MessageView | null>> {
  const at = { kind: 'latest' } as const;
  const answer = await call('messages.page', { conversationId, at, limit: lookedThrough });
  if (!answer.ok) return answer;
  return { ok: true, value: answer.value.messages.find((message) => message.clientId === clientId) ?? null };
}

/** True when no answer came: the message may be stored all the same. */
export function isInterrupted({ code }: ErrorShape): boolean {
  return code === 'closed' || code === 'timed-out';
}

/**
 * Sends a text, and never a changed text as long as it isn't known whether the one before it is stored. After an
 * answer that took too long it looks for the message itself; after a lost link that is for the reconnection to do.
 */
export async function sendOnce(parts: SendParts): Promise<SendOutcome> {
  const { call, conversationId, earlier, attempt, onStart } = parts;
  const { clientId } = attempt;
  if (earlier !== null && earlier.clientId !== clientId) {
    const found = await findSent(call, conversationId, earlier.clientId);
    if (!found.ok) return { kind: 'failed', error: found.error };
    if (found.value !== null) return { kind: 'earlier-stored', message: found.value };
  }
  onStart();
  const answer = await call('outbox.send', { conversationId, clientId, text: attempt.text.trim() });
  if (answer.ok) return { kind: 'stored', message: answer.value };
  if (answer.error.code === 'timed-out') {
    const found = await findSent(call, conversationId, clientId);
    if (found.ok && found.value !== null) return { kind: 'stored', message: found.value };
  }
  return { kind: 'failed', error: answer.error };
}
