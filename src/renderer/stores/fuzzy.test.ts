import { describe, expect, it } from 'vitest';
import { fold, score } from './fuzzy.ts';

const best = (query: string, texts: string[]): string[] =>
  texts
    .map((text) => ({ text, points: score(query, text) }))
    .filter((hit) => hit.points !== null)
    .sort((a, b) => (b.points ?? 0) - (a.points ?? 0))
    .map((hit) => hit.text);

describe('fuzzy search', () => {
  it('ranks starts over words over parts over scattered letters', () => {
    expect(best('hi', ['Mahila', 'Hive Audio', 'New Hive', 'Home Ink'])).toEqual([
      'Hive Audio',
      'New Hive',
      'Mahila',
      'Home Ink',
    ]);
  });

  it('does not look for letters in the middle of words', () => {
    expect(score('hi', 'Mekong Mart TH TikTok Shop')).toBeNull();
  });

  it('needs every word, in any order', () => {
    expect(best('sg hive', ['Hive Audio SG Shopee', 'Hive Audio MY Lazada'])).toEqual([
      'Hive Audio SG Shopee',
    ]);
  });

  it('looks past Latin accents but not past Thai vowels', () => {
    expect(score('dang', 'Đặng Shop')).not.toBeNull();
    expect(fold('บ้าน')).toBe('บ้าน');
  });

  it('finds Chinese inside a name', () => {
    expect(score('家居', '南洋家居 MY')).not.toBeNull();
  });
});
