import type { PlatformId } from '../../contract/models.ts';
import type { Prng } from './prng.ts';

/** Message ids count milliseconds from this long before the base time, so that no id depends on the date. */
const HORIZON_MS = 40 * 86_400_000;

const ORIGIN: Readonly<Record<PlatformId, bigint>> = {
  shopee: 2_300_000_000_000_000_000n,
  lazada: 3_100_000_000_000_000_000n,
  tiktok: 7_494_560_000_000_000_000n,
};

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(value: bigint): string {
  let rest = value;
  let text = '';
  while (rest > 0n) {
    text += DIGITS[Number(rest % 62n)] ?? '';
    rest /= 62n;
  }
  return text;
}

/**
 * A message id in the platform's form: growing with time, beyond 2^53; Lazada's is letters and digits without order.
 * `sinceBaseMs` may be negative; `made` tells messages of one millisecond apart.
 */
export function messageId(
  platform: PlatformId,
  sinceBaseMs: number,
  shopIndex: number,
  made: number,
): string {
  const moment = BigInt(Math.max(0, Math.round(sinceBaseMs) + HORIZON_MS));
  const value = ORIGIN[platform] + (moment << 20n) + (BigInt(shopIndex & 7) << 17n) + BigInt(made % 131_072);
  return platform === 'lazada'
    ? `1${base62(value)}${String(made % 100_000).padStart(5, '0')}`
    : String(value);
}

/** Decimal digits, the first one not zero. */
export function digits(prng: Prng, length: number): string {
  let text = String(prng.int(1, 9));
  while (text.length < length) text += String(prng.int(0, 9));
  return text;
}

/** A conversation id in the platform's form. Lazada's is made of both accounts. */
export function conversationId(platform: PlatformId, sellerId: string, buyerId: string, prng: Prng): string {
  switch (platform) {
    case 'lazada':
      return `${sellerId}_2_${buyerId}_1_103`;
    case 'tiktok':
      return `74945${digits(prng, 14)}`;
    case 'shopee':
      return `38${digits(prng, 16)}`;
  }
}

/** A buyer id in the platform's form; Shopee's and Lazada's fit a double, TikTok Shop's does not. */
export function buyerId(platform: PlatformId, prng: Prng): string {
  return platform === 'tiktok' ? `70788${digits(prng, 13)}` : digits(prng, platform === 'lazada' ? 10 : 9);
}

/** An order number as the platform prints it: Shopee's is a date and letters, the others digits. */
export function orderNumber(platform: PlatformId, prng: Prng): string {
  if (platform === 'tiktok') return `57${digits(prng, 16)}`;
  if (platform === 'lazada') return digits(prng, 15);
  let tail = '';
  for (let index = 0; index < 8; index += 1) tail += DIGITS[prng.int(0, 35)] ?? '';
  return `24${digits(prng, 4)}${tail}`;
}
