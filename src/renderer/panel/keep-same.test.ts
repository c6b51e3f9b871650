import { describe, expect, it } from 'vitest';
import { keepSame, sameJson } from './keep-same.ts';

describe('keepSame', () => {
  const first = { id: 1, last: { text: 'a', error: null } };
  const second = { id: 2, last: { text: 'b', error: null } };

  it('keeps the objects of rows that did not change', () => {
    const changed = { id: 2, last: { text: 'c', error: null } };
    const kept = keepSame([first, second], [structuredClone(first), changed]);
    expect(kept[0]).toBe(first);
    expect(kept[1]).toBe(changed);
  });

  it('keeps the array when nothing changed, but not when the order did', () => {
    const rows = [first, second];
    expect(keepSame(rows, structuredClone(rows))).toBe(rows);
    expect(keepSame(rows, [second, first])).toEqual([second, first]);
    expect(keepSame(rows, [second, first])[0]).toBe(second);
  });
});

describe('sameJson', () => {
  it('tells a missing key from an undefined one, and null from an object', () => {
    expect(sameJson({ a: undefined }, { b: undefined })).toBe(false);
    expect(sameJson(null, {})).toBe(false);
    expect(sameJson([1, [2]], [1, [2]])).toBe(true);
  });
});
