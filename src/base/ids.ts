import type { RandomBytes } from './random.ts';

/** A UUID version 7 (RFC 9562): 48 bits of `nowMs`, then random bits; text sorts by time. */
export function uuidv7(nowMs: number, randomBytes: RandomBytes): string {
  const bytes = new Uint8Array(randomBytes(16));
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(nowMs / 2 ** (8 * (5 - index))) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** When a UUID version 7 was made, in UTC milliseconds; null of any other. */
export function uuidv7At(id: string): number | null {
  return id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
}
