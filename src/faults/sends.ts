import { sendableCards, type SendableCard } from '../contract/outbox.ts';
import { createPrng, type Prng } from '../sandbox/world/prng.ts';

/** One send: what kind, and the number of the conversation it goes to. */
export interface PlannedSend {
  readonly seq: number;
  readonly place: number;
  readonly kind: 'text' | 'image' | SendableCard;
  /** Of a text; which picture or thing the others are is chosen once the conversations are known. */
  readonly text: string;
}

const beginnings: readonly string[] = [
  'Hi! Your parcel leaves today',
  'สวัสดีค่ะ สินค้าพร้อมส่งแล้ว',
  '您好,已经为您安排发货',
  'Chào bạn, đơn hàng đã được xử lý',
  'Halo kak, pesanan sedang dikemas',
  'Order "A&B" <checked> 100% \\o/',
  'Maraming salamat po 🙏🏽',
  'Two lines:\n- one\n- two',
];

/** Longest row of messages to one conversation. */
const LONGEST_ROW = 5;
/** Sends that are pictures, and cards. */
const PICTURES = 0.06;
const CARDS = 0.06;

function kindOf(prng: Prng): PlannedSend['kind'] {
  const roll = prng.next();
  if (roll < PICTURES) return 'image';
  return roll < PICTURES + CARDS ? prng.pick(sendableCards) : 'text';
}

/**
 * `size` sends to `places` conversations, every text different from all others. Pure. Several in a row often go to the
 * same conversation, so that their order can be seen.
 */
export function makeSends(size: number, seed: string, places: number): PlannedSend[] {
  const prng = createPrng(`counterdesk-faults/${seed}/texts`);
  const kinds = prng.fork('kinds');
  const mark = seed.replaceAll(/[^\w-]/g, '').slice(0, 12);
  const sends: PlannedSend[] = [];
  while (sends.length < size) {
    // First one to each: a run of any size that can reaches them all.
    const place = sends.length < places ? sends.length : prng.int(0, places - 1);
    const row = sends.length < places ? 1 : prng.int(1, LONGEST_ROW);
    for (let turn = 0; turn < row && sends.length < size; turn += 1) {
      const seq = sends.length;
      const tail = prng.chance(0.05) ? ` ${'…'.repeat(prng.int(1, 300))}.` : '';
      const text = `${prng.pick(beginnings)} (${mark}-${seq})${tail}`;
      sends.push({ seq, place, kind: kindOf(kinds), text });
    }
  }
  return sends;
}
