import { timingSafeEqual } from 'node:crypto';

/** Compares signatures without telling by time how much of them was right. */
export function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')];
  return left.length === right.length && timingSafeEqual(left, right);
}
