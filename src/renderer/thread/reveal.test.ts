import { expect, it } from 'vitest';
import { revealShift } from './reveal.ts';

const view = { top: 100, bottom: 400 };

it('leaves in place what is in view', () => {
  expect(revealShift(view, { top: 144, bottom: 392 })).toBe(0);
});

it('goes down to what ends below, with a little room', () => {
  expect(revealShift(view, { top: 300, bottom: 420 })).toBe(28);
});

it('goes up to what begins above, or beneath the bar at the top', () => {
  expect(revealShift(view, { top: 60, bottom: 120 })).toBe(-84);
  expect(revealShift(view, { top: 120, bottom: 160 })).toBe(-24);
});

it('shows the lower end of what does not fit', () => {
  expect(revealShift(view, { top: 50, bottom: 450 })).toBe(58);
  expect(revealShift(view, { top: 110, bottom: 390 })).toBe(-2);
});
