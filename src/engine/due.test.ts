import { expect, test } from 'vitest';
import { waitUntil } from './due.ts';

const HOUR_MS = 3_600_000;

test('up to a day ahead is waited for; further ahead, the clock was set back', () => {
  expect(waitUntil(1_000, 400)).toBe(600);
  expect(waitUntil(400, 1_000)).toBeLessThanOrEqual(0);
  expect(waitUntil(24 * HOUR_MS, 0)).toBe(24 * HOUR_MS);
  expect(waitUntil(25 * HOUR_MS + 1, 0)).toBe(0);
});
