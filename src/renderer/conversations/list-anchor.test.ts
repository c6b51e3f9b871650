import { describe, expect, it } from 'vitest';
import {
  anchoredScrollTop,
  isInSight,
  returnScrollTop,
  revealingScrollTop,
  topRow,
  type ListPlace,
} from './list-anchor.ts';

const place = (more: Partial<ListPlace>): ListPlace => ({
  ids: [1, 2, 3, 4, 5, 6],
  scrollTop: 0,
  rowHeight: 76,
  ...more,
});

describe('anchoredScrollTop', () => {
  it('keeps the first row in view when rows come in above', () => {
    expect(anchoredScrollTop(place({ scrollTop: 160 }), [9, 1, 2, 3, 4, 5, 6])).toBe(160 + 76);
  });

  it('stays at the top', () => {
    expect(anchoredScrollTop(place({}), [9, 1, 2, 3, 4, 5, 6])).toBe(0);
  });

  it('lets the next row take the place of one that left', () => {
    expect(anchoredScrollTop(place({ scrollTop: 160 }), [1, 2, 4, 5, 6])).toBe(160);
    expect(anchoredScrollTop(place({ scrollTop: 160 }), [2, 3, 4, 5, 6])).toBe(84);
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

describe('the way back', () => {
  it('leads to the same row at the same height, wherever it is by then', () => {
    const top = topRow(place({ scrollTop: 160 }));
    expect(top).toEqual({ conversationId: 3, index: 2, offset: -8 });
    if (top === null) return;
    expect(returnScrollTop(top, [1, 2, 3, 4], 76)).toBe(160);
    expect(returnScrollTop(top, [9, 8, 1, 2, 3, 4], 76)).toBe(160 + 2 * 76);
    expect(returnScrollTop(top, [9, 8, 7, 6, 5], 76)).toBe(160);
    expect(returnScrollTop(top, [9], 76)).toBe(8);
  });

  it('knows nothing of an empty list', () => {
    expect(topRow(place({ ids: [] }))).toBeNull();
  });

  it('counts a row half in view as seen', () => {
    expect([1, 2, 7, 8].map((index) => isInSight(index, place({ scrollTop: 160 }), 400))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
