import type { Clock } from '../../base/time.ts';
import type { FaultPlan } from '../faults/rules.ts';
import type { Commits } from '../journal/commits.ts';
import type { Effect, NewMessage } from '../world/effects.ts';
import { drawBuyer } from '../world/generate.ts';
import { conversationId } from '../world/ids.ts';
import type { Buyer, Content, Conversation, Message, Shop } from '../world/model.ts';
import { createPrng, type Prng } from '../world/prng.ts';
import { byNewest } from '../world/reading.ts';
import type { World } from '../world/world.ts';
import { answering, unasked } from './words.ts';

/** How the buyers behave. */
export interface BuyerManner {
  /** A message comes by itself about this often over all stores, milliseconds; null: never. */
  readonly writeEveryMs: number | null;
  /** Whether a buyer answers what the shop sends. */
  readonly answers: boolean;
}

/** What a buyer's message became. */
export interface Written {
  readonly conversationId: string;
  readonly messageId: string;
}

/** What buyers live in. */
export interface BuyerParts {
  readonly world: World;
  readonly commits: Commits;
  readonly faults: FaultPlan;
  readonly clock: Clock;
}

/** The people on the other side: they write by themselves, and answer 2 to 6 seconds after a send. */
export class Buyers {
  readonly #world: World;
  readonly #commits: Commits;
  readonly #faults: FaultPlan;
  readonly #clock: Clock;
  readonly #manner: BuyerManner;
  readonly #awaited = new Map<string, () => void>();
  #turn: number;
  #paused = false;
  #cancelNext: (() => void) | null = null;

  /** `turn`: what buyers did before a restore, so that they don't repeat themselves. */
  constructor({ world, commits, faults, clock }: BuyerParts, manner: BuyerManner, turn: number) {
    this.#world = world;
    this.#commits = commits;
    this.#faults = faults;
    this.#clock = clock;
    this.#manner = manner;
    this.#turn = turn;
  }

  start(): void {
    this.#world.onMessage((shop, conversation, message) => this.#hear(shop, conversation, message));
    this.#plan();
  }

  stop(): void {
    this.#cancelNext?.();
    for (const cancel of this.#awaited.values()) cancel();
    this.#awaited.clear();
  }

  /** Nobody writes or answers until `resume`. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** A buyer writes this now. */
  write(shop: Shop, conversation: Conversation, content: Content, before: readonly Effect[] = []): Written {
    const at = this.#clock.now();
    const written = this.#world.timeOf(shop.platform, at);
    const draft = this.#world.draft(shop, 'buyer', content, written, false);
    const fault = this.#faults.takeBuyer(shop.platform, shop.shopId);
    const message: NewMessage =
      fault === null ? draft : { ...draft, showsAt: at + fault.ms, keepsPlace: true };
    this.#commits.commit({
      kind: 'buyer',
      at,
      platform: shop.platform,
      shopId: shop.shopId,
      conversationId: conversation.id,
      messageId: message.id,
      fault: fault?.kind ?? null,
      effects: [...before, { kind: 'message', shop: shop.key, conversationId: conversation.id, message }],
    });
    return { conversationId: conversation.id, messageId: message.id };
  }

  #draw(): Prng {
    this.#turn += 1;
    return createPrng(`counterdesk-sandbox/${this.#world.seed}/live/${this.#turn}`);
  }

  #plan(): void {
    const every = this.#manner.writeEveryMs;
    if (every === null) return;
    const prng = this.#draw();
    this.#cancelNext = this.#clock.after(Math.round(every * (0.4 + 1.2 * prng.next())), () => {
      if (!this.#paused) this.#writeUnasked(prng);
      this.#plan();
    });
  }

  #writeUnasked(prng: Prng): void {
    const shop = prng.pick(this.#world.shops);
    if (prng.chance(0.06)) {
      const language = prng.pick([...shop.conversations.values()]).buyer.language;
      this.#newcomer(shop, drawBuyer(shop, language, prng), prng);
      return;
    }
    // Mostly people who wrote lately.
    const recent = byNewest(shop);
    const conversation = prng.pick(recent.slice(0, prng.chance(0.7) ? 12 : recent.length));
    this.write(shop, conversation, unasked(shop, conversation, prng));
  }

  /** Somebody who has not written before, under this name, writes this now. */
  writeAsNewcomer(shop: Shop, name: string, content: Content): Written {
    const prng = this.#draw();
    return this.#newcomer(shop, { ...drawBuyer(shop, 'en', prng), name }, prng, content);
  }

  #newcomer(shop: Shop, buyer: Buyer, prng: Prng, content?: Content): Written {
    const id = conversationId(shop.platform, shop.sellerId, buyer.id, prng);
    const at = this.#world.timeOf(shop.platform, this.#clock.now());
    const opened = { kind: 'conversation', shop: shop.key, conversationId: id, buyer, at } as const;
    const shape = {
      id,
      buyer,
      createdAt: at,
      messages: [],
      readUpTo: 0,
      buyerReadUpTo: 0,
      pinned: false,
      markedUnread: false,
    };
    return this.write(shop, shape, content ?? unasked(shop, shape, prng), [opened]);
  }

  #hear(shop: Shop, conversation: Conversation, message: Message): void {
    if (!this.#manner.answers || message.author !== 'agent' || !message.viaApi) return;
    const key = `${shop.key}/${conversation.id}`;
    if (this.#awaited.has(key)) return;
    const prng = this.#draw();
    const cancel = this.#clock.after(prng.int(2000, 6000), () => {
      this.#awaited.delete(key);
      if (!this.#paused) this.write(shop, conversation, answering(shop, conversation, prng));
    });
    this.#awaited.set(key, cancel);
  }
}
