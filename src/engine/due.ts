/**
 * Nothing is planned further ahead, whatever a platform asks: the longest it means is a day (Shopee's daily limits),
 * and an hour to spare.
 */
export const LONGEST_PLAN_MS = 25 * 3_600_000;

/**
 * Milliseconds from `now` until `at`; 0 or less is due. What lies further ahead than anything is ever planned is due
 * too: the computer's clock was ahead when it was written down, and has been set back since.
 */
export function waitUntil(at: number, now: number): number {
  const waitMs = at - now;
  return waitMs > LONGEST_PLAN_MS ? 0 : waitMs;
}
