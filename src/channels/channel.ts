import type { HttpClient } from './http.ts';
import type { SellerCentre } from './seller-centre.ts';

/** Addresses and credentials of one app on one platform of one environment. */
export interface ChannelApp {
  /** Base address without a path, e.g. `https://partner.shopeemobile.com`. */
  readonly api: string;
  readonly auth: string;
  /** By site, for platforms with one address a market (Lazada); wins over `api`. */
  readonly gateways: Readonly<Record<string, string>>;
  readonly appKey: string;
  readonly appSecret: string;
  readonly pushSecret: string;
}

/** Access and refresh token; times in UTC milliseconds. */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessTokenExpiresAt: number;
  readonly refreshTokenExpiresAt: number;
}

/** Everything a call for one store needs. Built by the engine, per call. */
export interface StoreContext {
  readonly app: ChannelApp;
  readonly shopId: string;
  readonly site: string;
  readonly cipher: string | null;
  readonly sellerId: string | null;
  readonly token: TokenSet;
  readonly http: HttpClient;
  /** The platform's time in UTC milliseconds: the local clock plus the measured skew. */
  now(): number;
}

/** Who wrote a message: as in the contract, but a channel can't tell `here` from `elsewhere`: both are `shop`. */
export type RemoteAuthor = 'buyer' | 'shop' | 'automatic' | 'platform';

export type RemoteKind =
  | 'text'
  | 'image'
  | 'video'
  | 'sticker'
  | 'order'
  | 'product'
  | 'voucher'
  | 'return'
  | 'system'
  | 'unsupported'
  | 'unreadable';

/** A message as a channel understood it. Ids are text. Nothing in it is trusted: texts may be hostile. */
export interface RemoteMessage {
  readonly remoteId: string;
  readonly conversationId: string;
  readonly author: RemoteAuthor;
  readonly kind: RemoteKind;
  /** UTC milliseconds. */
  readonly at: number;
  /** The platform's order among messages of one time: digits, compared as numbers; empty where it has none. */
  readonly sequence: string;
  readonly text: string | null;
  readonly image: {
    readonly url: string;
    /** The same picture made smaller, where the platform names one. */
    readonly thumbUrl?: string | null;
    readonly width: number | null;
    readonly height: number | null;
  } | null;
  readonly card: {
    readonly title: string | null;
    readonly subtitle: string | null;
    readonly reference: string | null;
    readonly status: string | null;
    readonly price: string | null;
  } | null;
  /** The text in another language, where the platform itself delivers it; languages as it names them. */
  readonly translation?: {
    readonly text: string;
    readonly from: string | null;
    readonly to: string | null;
  } | null;
  /** The platform's own name of the type. */
  readonly type: string;
  readonly recalled: boolean;
  /** False: the platform says not to show it. It is stored and left out. */
  readonly visible: boolean;
  readonly notice: string | null;
  /** For `unsupported` and `unreadable`: the raw form as JSON text, for the log and for a later version. */
  readonly raw: string | null;
}

export interface RemoteConversation {
  readonly remoteId: string;
  readonly buyer: { readonly remoteId: string; readonly name: string; readonly avatarUrl: string | null };
  /** Messages the shop has not read, in any client; null where the platform doesn't say. */
  readonly unread: number | null;
  readonly lastMessageId: string | null;
  /** UTC milliseconds; null when the platform gave none. */
  readonly lastMessageAt: number | null;
  /** False where the platform says that no message can be sent now. */
  readonly canSend: boolean;
}

/** `next` is handed back to read on; null at the end. Its text belongs to the channel. */
export interface RemotePage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A picture the platform has taken into its own store; sending names it by this. */
export interface UploadedImage {
  readonly url: string;
  /** Pixels; TikTok Shop wants them back. */
  readonly width: number;
  readonly height: number;
}

/** What can be sent. A kind that `ChannelFacts.sends` doesn't name is `invalid`, reason `not-sendable`. */
export type OutgoingContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly image: UploadedImage }
  | { readonly kind: 'order' | 'product'; readonly reference: string }
  | { readonly kind: 'voucher'; readonly reference: string; readonly code: string | null };

/** A picture as it lies in the media folder. */
export interface ImageBytes {
  readonly bytes: Uint8Array;
  /** e.g. `image/png`. */
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

export interface SendReceipt {
  readonly remoteId: string;
  /** UTC milliseconds; null where the answer has no time. */
  readonly at: number | null;
  readonly sequence: string;
}

/** A platform's push as it arrived; header names in lower case, the body untouched. */
export interface IncomingPush {
  readonly headers: Readonly<Record<string, string>>;
  /** The callback address as registered with the platform. */
  readonly url: string;
  readonly body: string;
}

/** What a platform's push says, after its signature was checked. */
export type PushEvent =
  | { readonly kind: 'message'; readonly shopId: string; readonly message: RemoteMessage }
  | { readonly kind: 'conversation'; readonly shopId: string; readonly conversationId: string }
  | { readonly kind: 'other'; readonly type: string };

/** Facts about a platform that are data, not code. */
export interface ChannelFacts {
  readonly platform: 'shopee' | 'lazada' | 'tiktok';
  /** Longest text of one message, in UTF-16 units; its source stands beside the figure. */
  readonly maxTextLength: number;
  readonly conversationPageSize: number;
  readonly messagePageSize: number;
  /** True where the platform's own read mark can be sent. */
  readonly readMark: boolean;
  /** What can be sent beside text. */
  readonly sends: {
    readonly cards: readonly ('order' | 'product' | 'voucher')[];
    readonly image: { readonly types: readonly string[]; readonly maxBytes: number } | null;
    /** A voucher is named by its id and its code. */
    readonly voucherCode: boolean;
  };
}

/**
 * A platform, to the rest of Counterdesk. Every method throws `CodedError` from the closed set
 * (`auth-expired`, `rate-limited`, `rejected`, `not-found`, `unreachable`, `ambiguous`, `invalid`) and nothing else.
 * A message that can't be understood comes back as `unreadable`, never as an error for its page.
 */
export interface Channel {
  readonly facts: ChannelFacts;
  readonly sellerCentre: SellerCentre;
  /** Newest conversation first. */
  listConversations(store: StoreContext, cursor: string | null): Promise<RemotePage<RemoteConversation>>;
  getConversation(store: StoreContext, conversationId: string): Promise<RemoteConversation>;
  /** Newest message first. `buyerId` is the conversation's buyer, where the platform needs it to tell sides. */
  listMessages(
    store: StoreContext,
    conversation: { readonly remoteId: string; readonly buyerId: string },
    cursor: string | null,
  ): Promise<RemotePage<RemoteMessage>>;
  send(
    store: StoreContext,
    conversation: { readonly remoteId: string; readonly buyerId: string },
    content: OutgoingContent,
  ): Promise<SendReceipt>;
  /**
   * Puts a picture into the platform's store. No buyer sees anything of it, so it may be repeated: an unclear answer is
   * `unreachable`, never `ambiguous`.
   */
  uploadImage(store: StoreContext, image: ImageBytes): Promise<UploadedImage>;
  /** Sends the platform's read mark up to this message. */
  markRead(
    store: StoreContext,
    conversation: { readonly remoteId: string; readonly lastMessageId: string },
  ): Promise<void>;
  /** Trades the refresh token for new tokens. The caller serialises this per shop and stores the result before use. */
  refreshToken(store: StoreContext): Promise<TokenSet>;
  /** Checks a push's signature over the raw bytes and reads it; `rejected` if the signature is wrong. */
  readPush(app: ChannelApp, push: IncomingPush): PushEvent;
}
