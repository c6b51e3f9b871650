import { expect, it } from 'vitest';
import { shownName } from './buyer-name.ts';

it.each([
  ['Dewi Pratiwi', 'Dewi Pratiwi'],
  ['', 'nameless'],
  [' \t\u00A0\u3000', 'nameless'],
  ['\u200B\u2060\u3164', 'nameless'],
  ['\u202E\u2066', 'nameless'],
  ['.', '.'],
])('%j is shown as %s', (name, shown) => {
  expect(shownName(name, 'nameless')).toBe(shown);
});
