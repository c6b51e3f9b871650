import { describe, expect, it } from 'vitest';
import { anchorShift, isAtBottom, scrolledSince, unseenCount, wantsFurther } from './scroll-anchor.ts';
import { imageBox } from './image-box.ts';

const box = (scrollTop: number): { scrollTop: number; scrollHeight: number; clientHeight: number } => ({
  scrollTop,
  scrollHeight: 5000,
  clientHeight: 600,
});

describe('following the bottom', () => {
  it('follows only a reader who is there', () => {
    expect(isAtBottom(box(4400))).toBe(true);
    expect(isAtBottom(box(4370))).toBe(true);
    expect(isAtBottom(box(4300))).toBe(false);
    expect(isAtBottom({ scrollTop: 0, scrollHeight: 300, clientHeight: 600 })).toBe(true);
  });

  it('tells a scroll whose event is still to come from a box cut short', () => {
    expect(scrolledSince(box(2000), box(1300))).toBe(-700);
    expect(scrolledSince(box(2000), { ...box(2700), scrollHeight: 9000 })).toBe(700);
    expect(scrolledSince(box(4400), { ...box(1400), scrollHeight: 2000 })).toBe(0);
    expect(scrolledSince(box(2000), box(4400))).toBe(2400);
  });

  it('reads ahead before either end is reached', () => {
    expect(wantsFurther(box(899))).toEqual({ older: true, newer: false });
    expect(wantsFurther(box(2000))).toEqual({ older: false, newer: false });
    expect(wantsFurther(box(3600))).toEqual({ older: false, newer: true });
  });

  it('counts what came since', () => {
    expect(unseenCount([1, 2, 3, 4], 2)).toBe(2);
    expect(unseenCount([1, 2], 2)).toBe(0);
    expect(unseenCount([1, 2], 9)).toBe(0);
    expect(unseenCount([1, 2], null)).toBe(0);
  });
});

describe('anchorShift', () => {
  it('goes by the first remembered message that is still there', () => {
    const tops = new Map([
      ['b', 140],
      ['c', 180],
    ]);
    const anchors = [
      { id: 'a', top: 0 },
      { id: 'b', top: 40 },
      { id: 'c', top: 70 },
    ];
    expect(anchorShift(anchors, (id) => tops.get(id) ?? null)).toBe(100);
    expect(anchorShift(anchors, () => null)).toBe(0);
  });
});

describe('imageBox', () => {
  const media = (width: number | null, height: number | null) =>
    imageBox({ state: 'pending', hash: null, thumb: null, width, height });

  it('fits by the known size, and keeps a square for an unknown one', () => {
    expect(media(1200, 600)).toEqual({ width: 280, height: 140 });
    expect(media(400, 1600)).toEqual({ width: 80, height: 320 });
    expect(media(100, 80)).toEqual({ width: 100, height: 80 });
    expect(media(4000, 20)).toEqual({ width: 280, height: 48 });
    expect(media(null, 80)).toEqual({ width: 200, height: 200 });
    expect(imageBox(null)).toEqual({ width: 200, height: 200 });
  });
});
