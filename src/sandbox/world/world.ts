import type { PlatformId } from '../../contract/models.ts';
import type { Effect, NewMessage } from './effects.ts';
import { messageId } from './ids.ts';
import type { Author, Content, Conversation, Message, Shop, Upload } from './model.ts';
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

/** Shops, their conversations and tokens. Changes only by effects. */
export class World {
  readonly seed: string;
  readonly baseAt: number;
  readonly shops: readonly Shop[];
  readonly #uploads = new Map<string, { readonly shop: string; readonly upload: Upload }>();
  readonly #tokens = new Map<string, TokenBook>();
  readonly #listeners: MessageListener[] = [];
  readonly #markListeners: MarkListener[] = [];
  #late: { effect: Extract<Effect, { kind: 'message' }>; showsAt: number }[] = [];

  constructor(from: WorldSeed) {
    this.seed = from.seed;
    this.baseAt = from.baseAt;
    this.shops = from.shops;
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

  /** A message ready to be put into an effect; takes the shop's next id. */
  draft(shop: Shop, author: Author, content: Content, at: number, viaApi: boolean): NewMessage {
    shop.made += 1;
    const index = this.shops.indexOf(shop);
    return { id: messageId(shop.platform, at - this.baseAt, index, shop.made), at, author, content, viaApi };
  }

  /** Lets messages that were accepted late show once their time has come. Answers the time of the next one. */
  settle(now: number): number | null {
    const due = this.#late.filter((entry) => entry.showsAt <= now);
    this.#late = this.#late.filter((entry) => entry.showsAt > now);
    for (const { effect, showsAt } of due.sort((a, b) => a.showsAt - b.showsAt)) {
      const { showsAt: _, ...message } = effect.message;
      this.apply({ ...effect, message: { ...message, at: showsAt } });
    }
    return this.#late.reduce<number | null>(
      (next, entry) => Math.min(next ?? entry.showsAt, entry.showsAt),
      null,
    );
  }

  apply(effect: Effect): void {
    const shop = this.shops.find((candidate) => candidate.key === effect.shop);
    if (shop === undefined) throw new Error(`no such shop: ${effect.shop}`);
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

  #mark(shop: Shop, effect: MarkEffect): void {
    const conversation = shop.conversations.get(effect.conversationId);
    if (conversation === undefined) throw new Error(`no such conversation: ${effect.conversationId}`);
    mark(conversation, effect);
    for (const listener of this.#markListeners) listener(shop, conversation, effect);
  }

  #join(shop: Shop, effect: Extract<Effect, { kind: 'message' }>): void {
    const { showsAt, ...draft } = effect.message;
    if (showsAt !== undefined) {
      this.#late.push({ effect, showsAt });
      return;
    }
    const conversation = shop.conversations.get(effect.conversationId);
    if (conversation === undefined) throw new Error(`no such conversation: ${effect.conversationId}`);
    const last = conversation.messages.at(-1);
    const message: Message = {
      ...draft,
      at: Math.max(draft.at, last?.at ?? 0),
      seq: (last?.seq ?? 0) + 1,
      visible: true,
      notice: '',
      recalled: false,
    };
    conversation.messages.push(message);
    // After a restore the next id must not repeat one that was handed out before.
    shop.made += 1;
    if (message.author === 'agent') {
      conversation.readUpTo = message.seq;
      conversation.markedUnread = false;
    }
    if (message.author === 'buyer') conversation.buyerReadUpTo = message.seq;
    for (const listener of this.#listeners) listener(shop, conversation, message);
  }
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
