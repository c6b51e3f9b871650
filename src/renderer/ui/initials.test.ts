import { describe, expect, it } from 'vitest';
import { avatarColour, initials } from './initials.ts';

describe('initials', () => {
  it.each([
    ['Dewi Pratiwi', 'DP'],
    ['Nguyễn Thị Thảo', 'NT'],
    ['Đặng Ánh', 'ĐÁ'],
    ['สมชาย ใจดี', 'สม'],
    ['เกษม', 'เก'],
    ['陳小姐', '陳'],
    ['李 雷', '李'],
    ['aisyah', 'A'],
    ['dewi_88', 'D8'],
    ['Maria Clara Santos', 'MS'],
    ['  ', '?'],
    ['🌸🌸', '?'],
    ['🌸 Rina', 'R'],
  ])('%s gives %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  it('gives a name the same colour every time', () => {
    expect(avatarColour('Dewi Pratiwi')).toEqual(avatarColour('Dewi Pratiwi'));
    expect(
      new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => avatarColour(name).ink)).size,
    ).toBeGreaterThan(2);
  });
});
