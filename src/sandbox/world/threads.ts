import type { PlatformId } from '../../contract/models.ts';
import { corpusOf } from '../corpus/index.ts';
import type { BuyerPhrase, Language, MachinePhrase, ShopPhrase } from '../corpus/types.ts';
import { messagePicture } from '../media/picture.ts';
import { digits, orderNumber } from './ids.ts';
import type { Author, Content, Product, ShopSpec } from './model.ts';
import type { Prng } from './prng.ts';
import { talks, type Step } from './scripts.ts';

/** A message before it has a time or an id. `pauseMs` is how long after the one before it came. */
export interface DraftMessage {
  readonly author: Author;
  readonly content: Content;
  readonly pauseMs: number;
  readonly visible: boolean;
}

/** What one conversation is about: fills the places in the phrases. */
interface Subject {
  readonly language: Language;
  readonly product: Product;
  readonly orderId: string;
  readonly places: Readonly<Record<string, string>>;
}

const unknownTypes: Readonly<Record<PlatformId, readonly string[]>> = {
  shopee: ['bundle_deal_info', 'crm_bundle_item_new_arrival', 'live_room_card'],
  lazada: ['10024', '20001', '10099'],
  tiktok: ['OTHER', 'LIVE_CARD', 'BUYER_ENTER_FROM_TRANSFER'],
};

const stickers: readonly (readonly [string, string])[] = [
  ['0007', 'id_shoppito'],
  ['0021', 'th_shoppito'],
  ['happy', 'laz'],
  ['thank you', 'laz'],
  ['heart', 'tts'],
];

/** What a buyer talks about: a product, an order, a city, drawn from the seed. */
export function drawSubject(shop: ShopSpec, language: Language, prng: Prng): Subject {
  const corpus = corpusOf(language);
  const product = prng.pick(shop.products);
  const orderId = orderNumber(shop.platform, prng);
  return {
    language,
    product,
    orderId,
    places: {
      product: product.title,
      order: orderId,
      tracking: `${prng.pick(['JP', 'SPX', 'TH', 'LEX'])}${digits(prng, 10)}`,
      courier: prng.pick(corpus.couriers),
      city: prng.pick(corpus.cities),
      days: String(prng.int(3, 9)),
      price: product.price,
    },
  };
}

/** One wording of a phrase, its places filled. */
export function say(subject: Subject, phrase: BuyerPhrase | ShopPhrase | MachinePhrase, prng: Prng): string {
  const wording = prng.pick(corpusOf(subject.language).phrases[phrase]);
  return wording.replace(/\{(\w+)\}/g, (whole, name: string) => subject.places[name] ?? whole);
}

function shown(what: string, shop: ShopSpec, subject: Subject, prng: Prng): Content {
  switch (what) {
    case 'image':
      return { kind: 'image', picture: messagePicture(prng) };
    case 'video':
      return { kind: 'video', cover: messagePicture(prng), seconds: prng.int(3, 58) };
    case 'sticker': {
      const [name, pack] = prng.pick(stickers);
      return { kind: 'sticker', name, pack };
    }
    case 'product':
    case 'enter-product':
      return { kind: 'product', itemId: subject.product.itemId };
    case 'voucher': {
      const code = `${shop.name.slice(0, 4).toUpperCase()}${prng.int(10, 99)}`;
      return { kind: 'voucher', voucherId: digits(prng, 15), code, title: `${prng.int(1, 4) * 5}% OFF` };
    }
    default: {
      const status = prng.pick(['shipped', 'delivered', 'to_ship']);
      return { kind: 'order', orderId: subject.orderId, itemId: subject.product.itemId, status };
    }
  }
}

function card(what: string, shop: ShopSpec, subject: Subject, prng: Prng): [Author, Content] {
  switch (what) {
    case 'return': {
      const reason = say(subject, 'damaged', prng);
      return ['platform', { kind: 'return', returnId: digits(prng, 14), orderId: subject.orderId, reason }];
    }
    case 'logistics':
      return [
        'platform',
        { kind: 'logistics', orderId: subject.orderId, text: say(subject, 'shipped', prng) },
      ];
    case 'menu':
      return [
        'bot',
        { kind: 'menu', text: say(subject, 'menu', prng), options: corpusOf(subject.language).menuOptions },
      ];
    case 'hidden':
      return ['platform', { kind: 'notice', text: say(subject, 'delivered', prng) }];
    case 'unknown':
      return [
        'platform',
        { kind: 'unknown', type: prng.pick(unknownTypes[shop.platform]), text: say(subject, 'safety', prng) },
      ];
    default:
      return ['platform', shown(what, shop, subject, prng)];
  }
}

function perform(step: Step, shop: ShopSpec, subject: Subject, prng: Prng): [Author, Content] {
  switch (step[0]) {
    case 'show':
      return [step[1], shown(step[2], shop, subject, prng)];
    case 'card':
      return card(step[1], shop, subject, prng);
    case 'platform':
      return ['platform', { kind: 'notice', text: say(subject, step[1], prng) }];
    default: {
      const text = say(subject, step[1], prng);
      // Now and then somebody puts everything into one long message of several lines.
      const long = step[0] === 'buyer' && prng.chance(0.04);
      const more = long ? (['hello', 'askDetail', 'askShipping', 'thanks'] as const) : [];
      return [
        step[0],
        { kind: 'text', text: [text, ...more.map((phrase) => say(subject, phrase, prng))].join('\n') },
      ];
    }
  }
}

function pauseOf(author: Author, before: Author | null, prng: Prng): number {
  if (author === 'auto' || author === 'bot') return prng.int(300, 1500);
  // Buyers often write two short messages within a second.
  if (author === before) return prng.chance(0.3) ? prng.int(80, 900) : prng.int(3_000, 40_000);
  return author === 'agent' ? prng.int(40_000, 1_500_000) : prng.int(15_000, 600_000);
}

/** Exactly `count` messages, sitting after sitting. */
export function writeThread(shop: ShopSpec, language: Language, count: number, prng: Prng): DraftMessage[] {
  const drafts: DraftMessage[] = [];
  let sitting = 0;
  while (drafts.length < count) {
    const own = prng.fork(`sitting-${sitting}`);
    const subject = drawSubject(shop, language, own);
    let before: Author | null = null;
    for (const step of own.pick(talks)) {
      if (drafts.length >= count) break;
      const hidden = step[0] === 'card' && step[1] === 'hidden';
      // Only TikTok Shop sends messages it asks not to show.
      if (hidden && shop.platform !== 'tiktok') continue;
      const [author, content] = perform(step, shop, subject, own);
      const pauseMs = before === null ? own.int(2, 60) * 3_600_000 : pauseOf(author, before, own);
      drafts.push({ author, content, pauseMs, visible: !hidden });
      before = author;
    }
    sitting += 1;
  }
  return drafts;
}
