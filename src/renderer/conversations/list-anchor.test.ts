import { describe, expect, it } from 'vitest';
import { anchoredScrollTop, revealingScrollTop, type ListPlace } from './list-anchor.ts';

const place = (more: Partial<ListPlace>): ListPlace => ({
  ids: [1, 2, 3, 4, 5, 6],
  scrollTop: 0,
  rowHeight: 76,
  pointedId: null,
  ...more,
});

describe('anchoredScrollTop', () => {
  it('keeps the first row in view when rows come in above', () => {
    expect(anchoredScrollTop(place({ scrollTop: 160 }), [9, 1, 2, 3, 4, 5, 6])).toBe(160 + 76);
  });

  it('stays at the top when nobody points at a row, else keeps the row under the pointer', () => {
    expect(anchoredScrollTop(place({}), [9, 1, 2, 3, 4, 5, 6])).toBe(0);
    expect(anchoredScrollTop(place({ pointedId: 3 }), [9, 1, 2, 3, 4, 5, 6])).toBe(76);
  });

  it('lets the next row take the place of one that left', () => {
    expect(anchoredScrollTop(place({ scrollTop: 160, pointedId: 4 }), [1, 2, 3, 5, 6])).toBe(160);
    expect(anchoredScrollTop(place({ scrollTop: 160, pointedId: 4 }), [2, 3, 4, 5, 6])).toBe(84);
  });

  it('stays where it is when nothing of what was seen is left', () => {
    expect(anchoredScrollTop(place({ scrollTop: 160 }), [9])).toBe(160);
  });
});

describe('revealingScrollTop', () => {
  it('moves as little as possible', () => {
    expect(revealingScrollTop(0, 76, 160, 400)).toBe(0);
    expect(revealingScrollTop(3, 76, 160, 400)).toBe(160);
    expect(revealingScrollTop(9, 76, 160, 400)).toBe(10 * 76 - 400);
  });
});
