import { z } from 'zod';
import { call } from './define.ts';
import { idSchema, type MessageKind, type MessageView, type PendingView, type PlatformId } from './models.ts';
import type { ErrorShape } from '../base/errors.ts';

/** What every kind of message is sent with. */
const sending = {
  /** The conversation it was written in. */
  conversationId: idSchema,
  /** UUIDv7 made by the page. Calling again with the same one answers the same message and sends nothing more. */
  clientId: z.uuid(),
  /** When its draft was begun, UTC milliseconds: an answer by a colleague after that is asked about. */
  begunAt: z.number().int().nullable().default(null),
  /** The person was asked about the colleague's answer and wants to send anyway. */
  anyway: z.boolean().default(false),
};

/** Cards the shop can send, by the platform's id of the thing. */
export const sendableCards = ['order', 'product', 'voucher'] as const;
export type SendableCard = (typeof sendableCards)[number];

const card = z.object({
  kind: z.enum(sendableCards),
  /** Order number, item id, voucher or promotion id. */
  reference: z.string().trim().min(1).max(100),
  /** The voucher's code, where the platform wants it (Shopee). */
  code: z.string().trim().min(1).max(100).nullable().default(null),
  /** What the person picked it by, for the bubble; the platform makes its own. */
  title: z.string().max(300).nullable().default(null),
});

/** An own message that waits for a person, with what is needed to show it outside its thread. */
export interface TroubleItem {
  readonly messageId: number;
  readonly conversationId: number;
  readonly storeId: number;
  readonly storeName: string;
  readonly site: string;
  readonly platform: PlatformId;
  readonly buyerName: string;
  readonly kind: MessageKind;
  /** Cut to 200 characters. */
  readonly text: string | null;
  readonly at: number;
  readonly error: ErrorShape | null;
  readonly pending: PendingView;
  /** Own messages of its conversation that wait behind it. */
  readonly waiting: number;
}

/** Several messages of one store failed within a short time: said once a store. */
export interface StoreAlert {
  readonly storeId: number;
  readonly failures: number;
  /** Of the first of them, UTC milliseconds. */
  readonly since: number;
  /** Of the last of them. */
  readonly error: ErrorShape;
}

/**
 * Sending. Feeds: `messages` and `conversations` with conversation ids; `outbox` when `outbox.trouble` or
 * `outbox.alerts` changed.
 */
export const outboxContract = {
  /**
   * Stores message and job in one transaction, then answers; sending goes on by itself.
   * Errors: `invalid` (reason `empty`, `too-long`), `not-found`, `conflict` with reason `colleague-answered` and
   * `details.at` when somebody of the shop answered elsewhere since `begunAt`: ask, and call again with `anyway`.
   */
  'outbox.send': call<MessageView>()(
    z.object({
      ...sending,
      text: z.string().max(20_000),
      /** What the person wrote, where `text` is its translation; stays beside the message. */
      meant: z.string().max(20_000).nullable().default(null),
    }),
  ),
  /**
   * A picture that was uploaded before. Errors as `send`; `invalid` with reason `no-picture` (nothing under that hash),
   * `not-sendable` (the platform takes none), `wrong-type` or `too-large`.
   */
  'outbox.sendImage': call<MessageView>()(z.object({ ...sending, hash: z.string().regex(/^[0-9a-f]{64}$/) })),
  /** Errors as `send`; `invalid` with reason `not-sendable`, or `no-code` (field `card.code`). */
  'outbox.sendCard': call<MessageView>()(z.object({ ...sending, card })),
  /** A failed message is tried again. Error: `conflict` when it is not failed. */
  'outbox.retry': call<null>()(z.object({ messageId: idSchema })),
  /** Another text for one that is not on its way: it keeps its place. Errors: `conflict`, and `invalid` as `send`. */
  'outbox.edit': call<MessageView>()(z.object({ messageId: idSchema, text: z.string().max(20_000) })),
  /**
   * Takes a message out of the thread that is queued, looked for, held, failed or unconfirmed. Error: `conflict` when it
   * is on its way or sent.
   */
  'outbox.discard': call<null>()(z.object({ messageId: idSchema })),
  /**
   * The person's verdict on a message that is unconfirmed, checked, or held as recovered: it arrived, or send it again.
   * Error: `conflict`.
   */
  'outbox.settle': call<null>()(
    z.object({ messageId: idSchema, verdict: z.enum(['arrived', 'send-again']) }),
  ),
  /** A held message is to go now. Error: `conflict` when it is not held. */
  'outbox.release': call<null>()(z.object({ messageId: idSchema })),
  /** Those behind a failed, held or unconfirmed message may go before it. Error: `conflict`. */
  'outbox.skip': call<null>()(z.object({ messageId: idSchema })),
  /** Every failed, held and unconfirmed message, oldest first. */
  'outbox.trouble': call<{ items: TroubleItem[]; total: number }>()(
    z.object({ limit: z.number().int().min(1).max(1000).default(500) }),
  ),
  /**
   * Retries the failed ones and reads back the unconfirmed ones, of one store or of all; each passes the same checks as
   * by hand, so a stale one becomes held. Held ones stay: they wait for a person's own word.
   */
  'outbox.retryAll': call<{ retried: number; checked: number; left: number }>()(
    z.object({ storeId: idSchema.nullable().default(null) }),
  ),
  'outbox.alerts': call<StoreAlert[]>()(z.object({})),
  'outbox.dismissAlert': call<null>()(z.object({ storeId: idSchema })),
};
