import type { PlatformId } from '../../contract/models.ts';
import type { Author, Buyer, Content, Upload } from './model.ts';
import type { SellerEffect } from './seller-desk.ts';

/**
 * A change of the world. Everything that happens after the start is one of these and stands in the journal,
 * so that replaying them gives the same world again.
 */
export type Effect =
  | {
      readonly kind: 'message';
      readonly shop: string;
      readonly conversationId: string;
      readonly message: NewMessage;
    }
  | {
      readonly kind: 'conversation';
      readonly shop: string;
      readonly conversationId: string;
      readonly buyer: Buyer;
      readonly at: number;
    }
  | { readonly kind: 'read'; readonly shop: string; readonly conversationId: string; readonly seq: number }
  | { readonly kind: 'unread' | 'pin' | 'unpin'; readonly shop: string; readonly conversationId: string }
  | {
      readonly kind: 'recall';
      readonly shop: string;
      readonly conversationId: string;
      readonly messageId: string;
    }
  /** A picture was taken into the platform's store. */
  | { readonly kind: 'upload'; readonly shop: string; readonly upload: Upload }
  /** New tokens of this generation were handed out. */
  | { readonly kind: 'tokens'; readonly shop: string; readonly generation: number; readonly at: number }
  /** Every access token handed out so far is dead. */
  | { readonly kind: 'expire'; readonly shop: string }
  | { readonly kind: 'accept-chat'; readonly shop: string; readonly value: boolean }
  | SellerEffect
  | ClockEffect;

/** A platform's clock is this far ahead of the machine's from now on, milliseconds; below 0: behind it. */
export interface ClockEffect {
  readonly kind: 'clock';
  readonly platform: PlatformId;
  readonly aheadMs: number;
}

/** A message without its place: that is given when it joins its conversation. */
export interface NewMessage {
  readonly id: string;
  /** By its platform's clock, UTC milliseconds. */
  readonly at: number;
  readonly author: Author;
  readonly content: Content;
  readonly viaApi: boolean;
  /** The message shows only from this time on, by the machine's clock; absent: at once. */
  readonly showsAt?: number;
  /** One that shows late stands among the others where and when it was written; else it comes last, with a new time. */
  readonly keepsPlace?: true;
}
