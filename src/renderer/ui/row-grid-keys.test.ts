import { expect, it } from 'vitest';
import { stepTo } from './row-grid-keys.ts';

it.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 19, 19],
  ['ArrowUp', 0, 0],
  ['ArrowUp', 7, 6],
  ['PageDown', 3, 13],
  ['PageDown', 15, 19],
  ['PageUp', 4, 0],
  ['Home', 9, 0],
  ['End', 9, 19],
  ['Enter', 9, null],
  ['toString', 9, null],
])('%s from row %i of 20 leads to %j', (key, at, expected) => {
  expect(stepTo(key, at, 20)).toBe(expected);
});
