import { z } from 'zod';
import { call } from './define.ts';
import { idSchema, type MessageView } from './models.ts';

/** Sending. Feed: `messages` and `conversations` with conversation ids. */
export const outboxContract = {
  /**
   * Stores message and job in one transaction, then answers; sending goes on by itself.
   * `conversationId` is the conversation the text was typed in. Calling again with the same `clientId` answers
   * the same message and sends nothing more.
   * Errors: `invalid` (empty, or longer than the platform takes), `not-found`.
   */
  'outbox.send': call<MessageView>()(
    z.object({ conversationId: idSchema, clientId: z.uuid(), text: z.string().max(20_000) }),
  ),
  /** A failed message is tried again. Error: `conflict` when it is not failed. */
  'outbox.retry': call<null>()(z.object({ messageId: idSchema })),
  /** Takes a queued, failed or unconfirmed message out of the thread. Error: `conflict` when it is on its way or sent. */
  'outbox.discard': call<null>()(z.object({ messageId: idSchema })),
  /** Discards it and answers its text for the composer; error as `discard`. */
  'outbox.takeBack': call<{ text: string }>()(z.object({ messageId: idSchema })),
  /** For an unconfirmed message, the person's verdict: it arrived, or send it again. Error: `conflict`. */
  'outbox.settle': call<null>()(
    z.object({ messageId: idSchema, verdict: z.enum(['arrived', 'send-again']) }),
  ),
};
