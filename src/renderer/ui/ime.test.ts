import { describe, expect, it } from 'vitest';
import { isComposing } from './ime.ts';

describe('isComposing', () => {
  it('is true for every sign of an input method at work', () => {
    expect(isComposing({ isComposing: true, keyCode: 13, timeStamp: 1 })).toBe(true);
    expect(isComposing({ nativeEvent: { isComposing: true }, keyCode: 13, timeStamp: 1 })).toBe(true);
    expect(isComposing({ isComposing: false, keyCode: 229, timeStamp: 1 })).toBe(true);
  });

  it('is false for a plain Enter', () => {
    expect(isComposing({ isComposing: false, keyCode: 13, timeStamp: 1 })).toBe(false);
    expect(isComposing({ nativeEvent: { isComposing: false }, keyCode: 13, timeStamp: 1 })).toBe(false);
  });
});
