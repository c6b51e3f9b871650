import { z } from 'zod';
import type { ErrorShape } from '../base/errors.ts';
import { call } from './define.ts';
import { idSchema, type MessageView } from './models.ts';

/** A stretch of a thread, oldest first. */
export interface MessagePage {
  readonly messages: MessageView[];
  /** Nothing older exists, here or on the platform, as far as it can be known. */
  readonly reachedStart: boolean;
  /** Nothing newer is stored. */
  readonly reachedEnd: boolean;
  /** Messages of this conversation stored here in all. */
  readonly stored: number;
  /** Messages of the buyer that nobody has read, as of this reading: a list's row may know of fewer. */
  readonly unread: number;
  /** Older messages had to be asked from the platform and could not be: what is stored is shown all the same. */
  readonly error: ErrorShape | null;
}

const cursor = z.string().min(1).max(80);

/** Reading threads. Feed: `messages` with conversation ids. */
export const messagesContract = {
  /**
   * Reads from SQLite; for `before` it asks the platform for older messages when the stored ones run out.
   * `latest`: the newest; `before`/`after`: next to a message; `from`: that message and all newer ones, at most `limit`, the oldest of them first;
   * `around`: that message with as many on either side, or the newest when it is no longer there.
   */
  'messages.page': call<MessagePage>()(
    z.object({
      conversationId: idSchema,
      at: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('latest') }),
        z.object({ kind: z.literal('before'), cursor }),
        z.object({ kind: z.literal('after'), cursor }),
        z.object({ kind: z.literal('from'), cursor }),
        z.object({ kind: z.literal('around'), messageId: idSchema }),
      ]),
      limit: z.number().int().min(1).max(400),
    }),
  ),
  /** The full picture of a message is to be fetched, also while traffic is saved; the feed tells when it is here. */
  'messages.fetchPicture': call<null>()(z.object({ messageId: idSchema })),
};
