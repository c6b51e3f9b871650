import type { PlatformId } from '../../contract/models.ts';
import type { RasterType } from '../../base/raster.ts';
import type { Language } from '../corpus/types.ts';

/** Who wrote a message. `agent` is a person of the shop, `auto` its automatic reply, `bot` its robot. */
export type Author = 'buyer' | 'agent' | 'auto' | 'bot' | 'platform';

/** A picture the sandbox draws itself; the key says everything about it (media/picture.ts). */
export interface Picture {
  readonly key: string;
  readonly width: number;
  readonly height: number;
}

/** A picture that the shop uploaded; its bytes lie under their SHA-256. Sizes are pixels. */
export interface Upload {
  /** Its name in an address. */
  readonly file: string;
  readonly sha256: string;
  readonly type: RasterType;
  readonly width: number;
  readonly height: number;
}

/** What a message holds, before a platform words it. Ids are text. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly picture: Picture }
  /** A picture that was uploaded through the API. */
  | { readonly kind: 'upload'; readonly upload: Upload }
  | { readonly kind: 'video'; readonly cover: Picture; readonly seconds: number }
  | { readonly kind: 'sticker'; readonly name: string; readonly pack: string }
  | { readonly kind: 'product'; readonly itemId: string }
  | { readonly kind: 'order'; readonly orderId: string; readonly itemId: string; readonly status: string }
  | { readonly kind: 'voucher'; readonly voucherId: string; readonly code: string; readonly title: string }
  | { readonly kind: 'return'; readonly returnId: string; readonly orderId: string; readonly reason: string }
  | { readonly kind: 'logistics'; readonly orderId: string; readonly text: string }
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'menu'; readonly text: string; readonly options: readonly string[] }
  /** A type no client knows yet. */
  | { readonly kind: 'unknown'; readonly type: string; readonly text: string };

export interface Message {
  readonly id: string;
  /** 1, 2, 3, ... within its conversation. */
  readonly seq: number;
  /** UTC milliseconds. */
  readonly at: number;
  readonly author: Author;
  readonly content: Content;
  /** False: the platform asks clients not to show it (TikTok Shop `is_visible`). */
  readonly visible: boolean;
  /** The safety filter's word to the seller (Lazada `process_msg`); empty otherwise. */
  readonly notice: string;
  /** Came in through the API. */
  readonly viaApi: boolean;
  recalled: boolean;
}

export interface Buyer {
  /** The id used in chat. */
  readonly id: string;
  /** The id the order API uses, where it differs (TikTok Shop). */
  readonly orderUserId: string;
  readonly name: string;
  readonly avatar: Picture | null;
  readonly language: Language;
}

export interface Conversation {
  readonly id: string;
  readonly buyer: Buyer;
  readonly createdAt: number;
  readonly messages: Message[];
  /** The shop has read up to this `seq`. */
  readUpTo: number;
  /** The buyer has read up to this `seq`. */
  buyerReadUpTo: number;
  pinned: boolean;
  /** Set unread by hand; counts as one unread message until read. */
  markedUnread: boolean;
}

export interface Product {
  readonly itemId: string;
  readonly title: string;
  readonly price: string;
  readonly amount: number;
}

/** What never changes about a shop. */
export interface ShopSpec {
  readonly key: string;
  readonly platform: PlatformId;
  readonly shopId: string;
  /** The shop's own id in chat: Shopee's user id, Lazada's seller account, TikTok Shop's `im_user_id`. */
  readonly sellerId: string;
  readonly cipher: string | null;
  readonly name: string;
  readonly site: string;
  readonly currency: string;
  readonly products: readonly Product[];
}

export interface Shop extends ShopSpec {
  readonly conversations: Map<string, Conversation>;
  acceptsChat: boolean;
  /** Messages ever made in this shop; part of the next message's id. */
  made: number;
  /** The latest time of a message that came since the start, by the platform's clock; 0: none came. */
  newestAt: number;
}
