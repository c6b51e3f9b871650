import { corpusOf } from '../corpus/index.ts';
import type { Language } from '../corpus/types.ts';
import { squarePicture } from '../media/picture.ts';
import { buyerId, conversationId, messageId } from './ids.ts';
import type { Author, Buyer, Conversation, Message, Shop } from './model.ts';
import { createPrng, type Prng } from './prng.ts';
import { drawName } from './names.ts';
import { foundShops } from './shops.ts';
import { drawSubject, say, writeThread, type DraftMessage } from './threads.ts';
import { World } from './world.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** The oldest message is younger than this. */
const PAST_MS = 30 * DAY;

/** How a conversation stands at the base time. */
type Ending = 'waiting' | 'read-waiting' | 'answered' | 'auto-last' | 'card-last';

function drawEnding(prng: Prng): Ending {
  const roll = prng.next();
  if (roll < 0.24) return 'waiting';
  if (roll < 0.3) return 'read-waiting';
  if (roll < 0.36) return 'auto-last';
  if (roll < 0.41) return 'card-last';
  return 'answered';
}

function drawCount(prng: Prng, index: number): number {
  if (index === 0) return 400;
  if (index === 1) return 5;
  return prng.chance(0.06) ? prng.int(150, 400) : prng.int(5, 60);
}

/** How long before the base time the last message came. */
function drawAge(ending: Ending, prng: Prng): number {
  const spread = prng.next() ** 2;
  if (ending === 'answered' || ending === 'card-last') return Math.round(20 * MINUTE + spread * 26 * DAY);
  return Math.round(2 * MINUTE + spread * (prng.chance(0.15) ? 40 : 9) * 60 * MINUTE);
}

function finish(
  drafts: DraftMessage[],
  shop: Shop,
  language: Language,
  ending: Ending,
  prng: Prng,
): DraftMessage[] {
  const subject = drawSubject(shop, language, prng);
  const line = (author: Author, phrase: Parameters<typeof say>[1], pauseMs: number): DraftMessage => ({
    author,
    content: { kind: 'text', text: say(subject, phrase, prng) },
    pauseMs,
    visible: true,
  });
  const question = prng.pick([
    'askStock',
    'whereIsIt',
    'damaged',
    'askShipping',
    'askDetail',
    'stuck',
  ] as const);
  const tails: Readonly<Record<Ending, DraftMessage[]>> = {
    waiting: [
      line('buyer', 'hello', prng.int(2, 40) * 3_600_000),
      line('buyer', question, prng.int(90, 30_000)),
    ],
    'read-waiting': [line('buyer', question, 60_000)],
    'auto-last': [line('buyer', question, 60_000), line('auto', 'auto', 800)],
    'card-last': [line('agent', 'onTheWay', 300_000)],
    answered: [line('buyer', 'thanks', 200_000), line('agent', 'welcome', 400_000)],
  };
  const tail = tails[ending];
  if (ending === 'card-last') {
    const notice = { kind: 'notice', text: say(subject, 'shipped', prng) } as const;
    tail.push({ author: 'platform', content: notice, pauseMs: 4 * 3_600_000, visible: true });
  }
  return [...drafts.slice(0, drafts.length - tail.length), ...tail];
}

/** How long before the base time each message came, oldest first; all within the past month. */
function agesOf(drafts: readonly DraftMessage[], lastAge: number): number[] {
  const total = drafts.slice(1).reduce((sum, draft) => sum + draft.pauseMs, 0);
  const room = PAST_MS - lastAge - 60 * MINUTE;
  // Pauses between sittings shrink with the rest, but two messages never swap places.
  const scale = total > room ? room / total : 1;
  let age = lastAge;
  const ages: number[] = [];
  for (let index = drafts.length - 1; index >= 0; index -= 1) {
    ages.unshift(Math.round(age));
    age += (drafts[index]?.pauseMs ?? 0) * scale;
  }
  return ages;
}

/** A person who buys in this shop. */
export function drawBuyer(shop: Shop, language: Language, prng: Prng): Buyer {
  return {
    id: buyerId(shop.platform, prng),
    orderUserId: buyerId(shop.platform, prng),
    name: drawName(language, prng),
    avatar: prng.chance(0.55) ? squarePicture(prng) : null,
    language,
  };
}

interface Sketch {
  readonly conversation: Conversation;
  readonly drafts: readonly DraftMessage[];
  readonly ages: readonly number[];
}

function sketch(
  shop: Shop,
  languages: readonly Language[],
  index: number,
  baseAt: number,
  prng: Prng,
): Sketch {
  const language = prng.pick(languages);
  const buyer = drawBuyer(shop, language, prng);
  const ending = drawEnding(prng);
  const count = drawCount(prng, index);
  const drafts = finish(
    writeThread(shop, language, count, prng.fork('thread')),
    shop,
    language,
    ending,
    prng,
  );
  const ages = agesOf(drafts, drawAge(ending, prng));
  const lastBuyer = drafts.findLastIndex((draft) => draft.author === 'buyer') + 1;
  const lastAgent = drafts.findLastIndex((draft) => draft.author === 'agent') + 1;
  const read = ending === 'waiting' || ending === 'auto-last' ? lastAgent : drafts.length;
  return {
    conversation: {
      id: conversationId(shop.platform, shop.sellerId, buyer.id, prng),
      buyer,
      createdAt: baseAt - (ages[0] ?? 0),
      messages: [],
      readUpTo: read,
      buyerReadUpTo: prng.chance(0.5) ? drafts.length : lastBuyer,
      pinned: prng.chance(0.04),
      markedUnread: false,
    },
    drafts,
    ages,
  };
}

function settleMessages(
  shop: Shop,
  shopIndex: number,
  sketches: readonly Sketch[],
  baseAt: number,
  prng: Prng,
): void {
  for (const { conversation, drafts, ages } of sketches) {
    drafts.forEach((draft, index) => {
      const age = ages[index] ?? 0;
      // Recalls and the filter's word to the seller are things of Lazada's messages.
      const fate = shop.platform === 'lazada' && draft.content.kind === 'text' ? prng.next() : 1;
      const blocked = draft.author === 'agent' && fate > 0.5 && fate < 0.51;
      shop.made += 1;
      const message: Message = {
        id: messageId(shop.platform, -age, shopIndex, shop.made),
        seq: index + 1,
        at: baseAt - age,
        author: draft.author,
        content: draft.content,
        visible: draft.visible,
        notice: blocked ? prng.pick(corpusOf(conversation.buyer.language).phrases.blocked) : '',
        viaApi: false,
        recalled: fate < 0.006,
      };
      conversation.messages.push(message);
    });
    shop.conversations.set(conversation.id, conversation);
  }
}

/** What the past is made from. */
export interface GenerateOptions {
  readonly seed: string;
  readonly baseAt: number;
  readonly accessTokenMs: number | null;
}

/** The whole world as it stands at the base time. Ids depend on the seed alone. */
export function generateWorld(options: GenerateOptions): World {
  const root = createPrng(`counterdesk-sandbox/${options.seed}`);
  const founded = foundShops(root.fork('shops'), options.seed);
  founded.forEach(({ shop, languages }, shopIndex) => {
    const own = root.fork(`conversations-${shopIndex}`);
    const count = own.int(42, 52);
    const sketches = Array.from({ length: count }, (_, index) =>
      sketch(shop, languages, index, options.baseAt, own.fork(index)),
    );
    settleMessages(shop, shopIndex, sketches, options.baseAt, own.fork('marks'));
  });
  const world = new World({ ...options, shops: founded.map(({ shop }) => shop) });
  for (const shop of world.shops) world.tokens(shop).issue(0, options.baseAt);
  return world;
}
