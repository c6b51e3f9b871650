import { messagePicture } from '../media/picture.ts';
import type { Content, Conversation, Shop } from '../world/model.ts';
import type { Prng } from '../world/prng.ts';
import { drawSubject, say } from '../world/threads.ts';

const questions = [
  'askStock',
  'askDetail',
  'askDiscount',
  'askShipping',
  'whereIsIt',
  'stuck',
  'damaged',
  'cancel',
  'changeAddress',
  'askWarranty',
  'moreQuestion',
] as const;
const nudges = ['hurry', 'hurry', 'moreQuestion', 'seePhoto'] as const;
const answers = ['reply', 'reply', 'reply', 'okWait', 'thanks', 'moreQuestion'] as const;

/** What a buyer writes unasked: a new matter, or a reminder while waiting. */
export function unasked(shop: Shop, conversation: Conversation, prng: Prng): Content {
  if (prng.chance(0.08)) return { kind: 'image', picture: messagePicture(prng) };
  const waits = conversation.messages.at(-1)?.author === 'buyer';
  const subject = drawSubject(shop, conversation.buyer.language, prng);
  return { kind: 'text', text: say(subject, prng.pick(waits ? nudges : questions), prng) };
}

/** What a buyer answers to the shop. */
export function answering(shop: Shop, conversation: Conversation, prng: Prng): Content {
  const subject = drawSubject(shop, conversation.buyer.language, prng);
  return { kind: 'text', text: say(subject, prng.pick(answers), prng) };
}
