import { z } from 'zod';
import type { TranslationView } from './translation-models.ts';
import type { ErrorShape } from '../base/errors.ts';

/** The marketplaces there are channels for. */
export const platformIds = ['shopee', 'lazada', 'tiktok'] as const;
export const platformSchema = z.enum(platformIds);
export type PlatformId = z.infer<typeof platformSchema>;

/** Local row id: a positive integer. */
export const idSchema = z.number().int().positive();

/**
 * A site (a platform's market) as its two-letter code in capitals, e.g. `SG`. Open: platforms add markets.
 */
export const siteSchema = z.string().regex(/^[A-Z]{2}$/);

/** How a store is doing, worst news first; the page shows a word and a shape for each. */
export type StoreState =
  /** Live: read within its interval. */
  | 'online'
  /** The first full read is under way. */
  | 'first-read'
  /** The platform can't be reached; tried again by itself. */
  | 'unreachable'
  /** The platform asked us to slow down; goes on by itself. */
  | 'limited'
  /** The token is no longer taken: the person must sign in again. */
  | 'sign-in'
  /** Something unexpected; `error` says what. */
  | 'error';

/**
 * Why a store waits for a proxy and leaves by no other way: the end of its proxy (or of its app's API exit) has come, a
 * person took it out of use, or the store has none though settings ask for one.
 */
export type ProxyStop = 'ended' | 'disabled' | 'required';

/** A shop on one site, as the panel shows it. */
export interface StoreView {
  readonly id: number;
  readonly accountId: number;
  readonly platform: PlatformId;
  readonly site: string;
  readonly name: string;
  readonly connection: 'api' | 'webchat';
  readonly groupId: number | null;
  readonly state: StoreState;
  readonly error: ErrorShape | null;
  /** Set: nothing of it is read or sent now, whatever `state` says of before. */
  readonly proxyStop: ProxyStop | null;
  readonly lastSyncAt: number | null;
  /** Conversations with unread buyer messages. */
  readonly unread: number;
  /** Conversations in state `needs-reply`. */
  readonly needsReply: number;
  /** Longest text, in characters (UTF-16 units), one message may have on this platform. */
  readonly maxTextLength: number;
  /** What else can be sent there: cards, and pictures with what the platform takes; null: none. */
  readonly sends: {
    readonly cards: readonly ('order' | 'product' | 'voucher')[];
    readonly image: { readonly types: readonly string[]; readonly maxBytes: number } | null;
    /** A voucher is named by its id and its code. */
    readonly voucherCode: boolean;
  };
}

/** The seller's own group of stores in the rail. */
export interface StoreGroup {
  readonly id: number;
  readonly name: string;
  readonly position: number;
}

/** Where the work on a conversation stands. Set by hand or by messages; a buyer's message reopens it. */
export const conversationStates = ['needs-reply', 'waiting', 'snoozed', 'done'] as const;
export const conversationStateSchema = z.enum(conversationStates);
export type ConversationState = z.infer<typeof conversationStateSchema>;

/** Send status of an own message. `unconfirmed`: it may or may not have arrived; a person decides. */
export const sendStatuses = ['queued', 'sending', 'sent', 'failed', 'unconfirmed'] as const;
export type SendStatus = (typeof sendStatuses)[number];

/**
 * Why a message waits for a person's word before it goes. `waited`: too long; `overtaken`: its conversation gained a
 * message while it could not go; `recovered`: after a restore or on another machine nobody knows whether it ever left.
 */
export type HoldReason = 'waited' | 'overtaken' | 'recovered';

/** Where an own message stands that is not surely sent. */
export interface PendingView {
  /** `checking`: its last attempt may have arrived, and the conversation is read back to find out. */
  readonly phase: 'queued' | 'sending' | 'checking' | 'held' | 'failed' | 'unconfirmed';
  /** Only in `held`. */
  readonly hold: HoldReason | null;
  /** When it was written, or a person last said that it is to go; UTC milliseconds. */
  readonly since: number;
  /** Attempts to send it, so far. */
  readonly attempts: number;
  /** When the last of them began, by the clock its store goes by; UTC milliseconds, null before the first. */
  readonly triedAt: number | null;
  /** The next attempt is planned for then, UTC milliseconds; null when none is. */
  readonly nextAt: number | null;
  /** The message before it in its conversation that it waits for: failed, held or unconfirmed. Null: for none. */
  readonly behindId: number | null;
  /** A person let those behind it go. */
  readonly skipped: boolean;
  /** Only in `checking`: why the conversation could not be read back when that was last tried. Null: it could. */
  readonly readError: ErrorShape | null;
}

/** What a message is. `unsupported`: a type we don't know; `unreadable`: a known one with broken fields. */
export const messageKinds = [
  'text',
  'image',
  'video',
  'sticker',
  'order',
  'product',
  'voucher',
  'return',
  'system',
  'unsupported',
  'unreadable',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/**
 * Who wrote a message.
 * `buyer`; `here`: sent from this Counterdesk; `elsewhere`: by a person of the shop in another client;
 * `automatic`: the shop's auto-reply or bot; `platform`: the marketplace itself. Only `here` and `elsewhere` answer a buyer.
 */
export const messageAuthors = ['buyer', 'here', 'elsewhere', 'automatic', 'platform'] as const;
export type MessageAuthor = (typeof messageAuthors)[number];

/** A picture belonging to a message. Each `hash` is a name under `/media/`; null until fetched. */
export interface MediaView {
  readonly state: 'pending' | 'ready' | 'failed';
  readonly hash: string | null;
  /** The same made smaller; null where the platform names none. */
  readonly thumb: { readonly hash: string | null } | null;
  /** Pixels, as the platform or the fetched file says; null while unknown (the page then reserves a square). */
  readonly width: number | null;
  readonly height: number | null;
}

/** A card for an order, product, voucher or return. Texts are the platform's; any may be missing. */
export interface CardView {
  readonly title: string | null;
  readonly subtitle: string | null;
  /** The platform's id of the thing: order number, item id, voucher id, return id. */
  readonly reference: string | null;
  readonly status: string | null;
  /** Price as the platform wrote it, with currency. */
  readonly price: string | null;
}

/** One message of a thread. */
export interface MessageView {
  readonly id: number;
  readonly conversationId: number;
  /** Position in the thread; opaque text for `messages.page`. */
  readonly cursor: string;
  readonly author: MessageAuthor;
  readonly kind: MessageKind;
  /** Platform time, or the time of writing while not sent; UTC milliseconds. */
  readonly at: number;
  readonly text: string | null;
  readonly media: MediaView | null;
  /** What the person wrote, where its translation went out. Only on own messages. */
  readonly meant: string | null;
  /** Only of a buyer's words that are not in a language that is read here. */
  readonly translation: TranslationView | null;
  readonly card: CardView | null;
  /** The platform's own name of the type, for `unsupported` and `unreadable`. */
  readonly typeLabel: string | null;
  /** Only on own messages (`here`). */
  readonly status: SendStatus | null;
  /** Only on own messages that are not surely sent. */
  readonly pending: PendingView | null;
  readonly error: ErrorShape | null;
  /** UUIDv7 made by the page; only on own messages. */
  readonly clientId: string | null;
  readonly recalled: boolean;
  /** A notice by the platform's filter that only the seller sees (Lazada `process_msg`). */
  readonly notice: string | null;
}

/** One row of the conversation list. */
export interface ConversationRow {
  readonly id: number;
  readonly storeId: number;
  readonly platform: PlatformId;
  readonly site: string;
  readonly storeName: string;
  readonly buyerName: string;
  /** Media hash of the buyer's avatar, if it was fetched. */
  readonly avatarHash: string | null;
  readonly state: ConversationState;
  readonly snoozedUntil: number | null;
  /** Time of the oldest buyer message nobody answered; null once answered. */
  readonly waitingSince: number | null;
  readonly unread: number;
  readonly lastAt: number;
  readonly last: {
    readonly kind: MessageKind;
    readonly author: MessageAuthor;
    /** Text, cut to 200 characters. */
    readonly text: string | null;
    /** Of a buyer's words, where it is kept; cut as they are. */
    readonly translation: string | null;
    readonly status: SendStatus | null;
    readonly error: ErrorShape | null;
  } | null;
  /** Own messages that failed, that are unconfirmed, and that are held for a person's word. */
  readonly failed: number;
  readonly unconfirmed: number;
  readonly held: number;
  readonly draft: string | null;
  /**
   * In a list with a keyword: the newest message that holds it, cut to 200 characters around the first of its words,
   * which stands from `from` to `to`. Null without one, and where the buyer's or the store's name was found.
   */
  readonly match: {
    readonly messageId: number;
    readonly text: string;
    readonly from: number;
    readonly to: number;
  } | null;
}
