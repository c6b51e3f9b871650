import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import type { MessageView } from '../../contract/models.ts';
import type { ClientCore } from '../app/create-client.ts';

/** How many of the newest messages are looked through for a send whose answer never came. */
const lookedThrough = 50;

type Call = ClientCore['call'];

/** What became of a send. */
export type SendOutcome =
  | { readonly kind: 'stored'; readonly message: MessageView }
  /** An earlier send of something else, whose answer never came, is stored: nothing more was sent. */
  | { readonly kind: 'earlier-stored'; readonly message: MessageView }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

interface SendParts {
  readonly call: Call;
  readonly conversationId: number;
  /** The id of the last send that is not known to be stored. */
  readonly earlierId: string | null;
  readonly clientId: string;
  /** Told the moment it goes out. */
  readonly onStart: () => void;
  /** The call that stores the message under `clientId`. */
  readonly store: () => Promise<Result<MessageView>>;
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
 * When somebody of the shop answered elsewhere since this was begun, UTC milliseconds: the person is to be asked before
 * it goes. Null: that is not what stands in the way.
 */
export function answeredElsewhereAt({ code, details }: ErrorShape): number | null {
  return code === 'conflict' && details?.reason === 'colleague-answered' ? (details.at ?? 0) : null;
}

/**
 * Sends something, and never something changed as long as it isn't known whether the one before it is stored. After an
 * answer that took too long it looks for the message itself; after a lost link that is for the reconnection to do.
 */
export async function sendOnce(parts: SendParts): Promise<SendOutcome> {
  const { call, conversationId, earlierId, clientId, onStart, store } = parts;
  if (earlierId !== null && earlierId !== clientId) {
    const found = await findSent(call, conversationId, earlierId);
    if (!found.ok) return { kind: 'failed', error: found.error };
    if (found.value !== null) return { kind: 'earlier-stored', message: found.value };
  }
  onStart();
  const answer = await store();
  if (answer.ok) return { kind: 'stored', message: answer.value };
  if (answer.error.code === 'timed-out') {
    const found = await findSent(call, conversationId, clientId);
    if (found.ok && found.value !== null) return { kind: 'stored', message: found.value };
  }
  return { kind: 'failed', error: answer.error };
}
