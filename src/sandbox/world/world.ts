import type { PlatformId } from '../../contract/models.ts';
import type { ClockEffect, Effect, NewMessage } from './effects.ts';
import { messageId } from './ids.ts';
import type { Author, Content, Conversation, Message, Shop, Upload } from './model.ts';
import { SellerDesk, type SellerEffect } from './seller-desk.ts';
import { TokenBook } from './tokens.ts';

/** Told of every message that joined a conversation after the start. */
export type MessageListener = (shop: Shop, conversation: Conversation, message: Message) => void;

/** Told of every read mark and recall. */
export type MarkListener = (shop: Shop, conversation: Conversation, effect: MarkEffect) => void;

/** What `World` is made of. */
export interface WorldSeed {
  readonly seed: string;
  /** UTC milliseconds: the moment the generated past leads up to. */
  readonly baseAt: number;
  readonly shops: readonly Shop[];
  readonly accessTokenMs: number | null;
}

type MessageEffect = Extract<Effect, { kind: 'message' }>;

/** A message that does not show yet. */
interface LateMessage {
  readonly effect: MessageEffect;
  /** By the machine's clock. */
  readonly showsAt: number;
  /** The place it has already; null: it gets one when it shows. */
  readonly placed: Message | null;
}

/** Shops, their conversations, tokens and clocks. Changes only by effects. */
export class World {
  readonly seed: string;
  readonly baseAt: number;
  readonly shops: readonly Shop[];
  /** Who is signed in to the seller centres. */
  readonly sellers: SellerDesk;
  readonly #uploads = new Map<string, { readonly shop: string; readonly upload: Upload }>();
  readonly #tokens = new Map<string, TokenBook>();
  readonly #listeners: MessageListener[] = [];
  readonly #markListeners: MarkListener[] = [];
  readonly #aheadMs = new Map<PlatformId, number>();
  #late: LateMessage[] = [];

  constructor(from: WorldSeed) {
    this.seed = from.seed;
    this.baseAt = from.baseAt;
    this.shops = from.shops;
    this.sellers = new SellerDesk(from.seed, from.shops);
    for (const shop of from.shops) {
      const book = new TokenBook(from.seed, shop.key, shop.platform, from.accessTokenMs);
      this.#tokens.set(shop.key, book);
    }
  }

  /** Every picture ever uploaded, by its name in an address, with the key of its shop. */
  get uploads(): ReadonlyMap<string, { readonly shop: string; readonly upload: Upload }> {
    return this.#uploads;
  }

  onMessage(listener: MessageListener): void {
    this.#listeners.push(listener);
  }

  onMark(listener: MarkListener): void {
    this.#markListeners.push(listener);
  }

  shop(platform: PlatformId, shopId: string): Shop | undefined {
    return this.shops.find((shop) => shop.platform === platform && shop.shopId === shopId);
  }

  shopsOf(platform: PlatformId): Shop[] {
    return this.shops.filter((shop) => shop.platform === platform);
  }

  tokens(shop: Shop): TokenBook {
    const book = this.#tokens.get(shop.key);
    if (book === undefined) throw new Error(`no tokens for ${shop.key}`);
    return book;
  }

  /** What a platform's clock shows when the machine's shows `at`, UTC milliseconds. */
  timeOf(platform: PlatformId, at: number): number {
    return at + (this.#aheadMs.get(platform) ?? 0);
  }

  /** A message ready to be put into an effect, with the shop's next id. `at`: by the platform's clock. */
  draft(shop: Shop, author: Author, content: Content, at: number, viaApi: boolean): NewMessage {
    const index = this.shops.indexOf(shop);
    // Ids grow with time also while a clock that was set back shows a time that was before.
    const moment = Math.max(at, shop.newestAt) - this.baseAt;
    return { id: messageId(shop.platform, moment, index, shop.made + 1), at, author, content, viaApi };
  }

  /** Lets messages show whose time has come, by the machine's clock. Answers the time of the next one. */
  settle(now: number): number | null {
    const due = this.#late.filter((entry) => entry.showsAt <= now);
    for (const late of due.sort((a, b) => a.showsAt - b.showsAt)) this.#show(late);
    return this.#late.reduce<number | null>(
      (next, entry) => Math.min(next ?? entry.showsAt, entry.showsAt),
      null,
    );
  }

  apply(effect: Effect): void {
    if (effect.kind === 'clock') this.#aheadMs.set(effect.platform, effect.aheadMs);
    else if (isOfSellers(effect)) this.sellers.apply(effect);
    else this.#applyTo(effect);
  }

  #applyTo(effect: Exclude<Effect, ClockEffect | SellerEffect>): void {
    const shop = this.#shopOf(effect.shop);
    switch (effect.kind) {
      case 'message':
        return this.#join(shop, effect);
      case 'conversation':
        shop.conversations.set(effect.conversationId, newConversation(effect));
        return;
      case 'upload':
        this.#uploads.set(effect.upload.file, effect);
        return;
      case 'tokens':
        this.tokens(shop).issue(effect.generation, effect.at);
        return;
      case 'expire':
        return this.tokens(shop).expireAccess();
      case 'accept-chat':
        shop.acceptsChat = effect.value;
        return;
      default:
        return this.#mark(shop, effect);
    }
  }

  #shopOf(key: string): Shop {
    const shop = this.shops.find((candidate) => candidate.key === key);
    if (shop === undefined) throw new Error(`no such shop: ${key}`);
    return shop;
  }

  #mark(shop: Shop, effect: MarkEffect): void {
    const conversation = this.#conversation(shop, effect.conversationId);
    mark(conversation, effect);
    for (const listener of this.#markListeners) listener(shop, conversation, effect);
  }

  #conversation(shop: Shop, id: string): Conversation {
    const conversation = shop.conversations.get(id);
    if (conversation === undefined) throw new Error(`no such conversation: ${id}`);
    return conversation;
  }

  #join(shop: Shop, effect: MessageEffect): void {
    const { showsAt, keepsPlace } = effect.message;
    // Here, where a restore comes by too: the next id must not repeat one that was handed out before.
    shop.made += 1;
    const conversation = this.#conversation(shop, effect.conversationId);
    if (showsAt === undefined) this.#enter(shop, conversation, this.#place(conversation, effect.message));
    else {
      const placed = keepsPlace === true ? this.#place(conversation, effect.message) : null;
      this.#late.push({ effect, showsAt, placed });
    }
  }

  #show(late: LateMessage): void {
    this.#late = this.#late.filter((one) => one !== late);
    const { effect, showsAt, placed } = late;
    const shop = this.#shopOf(effect.shop);
    const conversation = this.#conversation(shop, effect.conversationId);
    const at = this.timeOf(shop.platform, showsAt);
    this.#enter(shop, conversation, placed ?? this.#place(conversation, { ...effect.message, at }));
  }

  /** The next place in a conversation. Its times never run back, whatever is done to the clock. */
  #place(conversation: Conversation, { id, at, author, content, viaApi }: NewMessage): Message {
    const hidden = this.#late.flatMap(({ placed, effect }) =>
      placed !== null && effect.conversationId === conversation.id ? [placed] : [],
    );
    const before = [...conversation.messages.slice(-1), ...hidden];
    return {
      id,
      author,
      content,
      viaApi,
      visible: true,
      notice: '',
      recalled: false,
      at: Math.max(at, ...before.map((message) => message.at)),
      seq: Math.max(0, ...before.map(({ seq }) => seq)) + 1,
    };
  }

  #enter(shop: Shop, conversation: Conversation, message: Message): void {
    const index = conversation.messages.findLastIndex(({ seq }) => seq < message.seq) + 1;
    conversation.messages.splice(index, 0, message);
    shop.newestAt = Math.max(shop.newestAt, message.at);
    if (message.author === 'agent') {
      conversation.readUpTo = Math.max(conversation.readUpTo, message.seq);
      conversation.markedUnread = false;
    }
    if (message.author === 'buyer')
      conversation.buyerReadUpTo = Math.max(conversation.buyerReadUpTo, message.seq);
    for (const listener of this.#listeners) listener(shop, conversation, message);
  }
}

function isOfSellers(effect: Effect): effect is SellerEffect {
  return effect.kind.startsWith('seller-');
}

function newConversation(effect: Extract<Effect, { kind: 'conversation' }>): Conversation {
  return {
    id: effect.conversationId,
    buyer: effect.buyer,
    createdAt: effect.at,
    messages: [],
    readUpTo: 0,
    buyerReadUpTo: 0,
    pinned: false,
    markedUnread: false,
  };
}

type MarkEffect = Extract<Effect, { kind: 'read' | 'unread' | 'pin' | 'unpin' | 'recall' }>;

function mark(conversation: Conversation, effect: MarkEffect): void {
  switch (effect.kind) {
    case 'read':
      conversation.readUpTo = Math.max(conversation.readUpTo, effect.seq);
      conversation.markedUnread = false;
      return;
    case 'unread':
      conversation.markedUnread = true;
      return;
    case 'recall': {
      const message = conversation.messages.find((candidate) => candidate.id === effect.messageId);
      if (message !== undefined) message.recalled = true;
      return;
    }
    default:
      conversation.pinned = effect.kind === 'pin';
  }
}
