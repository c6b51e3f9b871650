import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Lower-case hex HMAC-SHA256; texts as UTF-8. */
export function hmacHex(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/** Whether two hex digests are equal, in constant time. */
export function equalDigest(given: string | undefined, expected: string): boolean {
  const left = Buffer.from(given ?? '', 'utf8');
  const right = Buffer.from(expected, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

const DERIVED = 'derived-';

/** A stable id for something that came without one: equal raw forms give equal ids. */
export function derivedId(raw: string): string {
  return `${DERIVED}${createHash('sha256').update(raw, 'utf8').digest('hex').slice(0, 32)}`;
}

/** Whether an id is one that `derivedId` made. */
export function isDerivedId(id: string): boolean {
  return id.startsWith(DERIVED);
}
