import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snippetOf } from './snippet.ts';

const marked = (text: string, query: string): string => {
  const { text: shown, from, to } = snippetOf(text, query);
  return `${shown.slice(0, from)}[${shown.slice(from, to)}]${shown.slice(to)}`;
};

test.each([
  ['Where is my parcel?', 'parcel', 'Where is my [parcel]?'],
  ['Paketnya Sudah\nSampai', 'sampai', 'Paketnya Sudah [Sampai]'],
  ['Shop ơi khi nào giao hàng vậy ạ', 'hang', 'Shop ơi khi nào giao [hàng] vậy ạ'],
  ['ของจะถึงเมื่อไหร่คะ', 'เมือไหร', 'ของจะถึง[เมื่อไหร่]คะ'],
  ['请问这个杯子一共多重？', '杯', '请问这个[杯]子一共多重？'],
  ['ＡＢＣ and abc', 'abc', '[ＡＢＣ] and abc'],
  ['A sale on 7 items', '7', 'A sale on [7] items'],
  ['one two', 'two one', '[one] two'],
  ['nothing of it', 'parcel', '[]nothing of it'],
])('in %j the word of %j is marked', (text, query, expected) => {
  expect(marked(text, query)).toBe(expected);
});

test('a long text is cut around the word', () => {
  const found = snippetOf(`${'before '.repeat(60)}parcel ${'after '.repeat(60)}`, 'parcel');
  expect(found.text.length).toBeLessThanOrEqual(200);
  expect(found.text.slice(found.from, found.to)).toBe('parcel');
  expect(found.text.startsWith('…') && found.text.endsWith('…')).toBe(true);
});

test('any text and any query: never longer than it may be, and the marks lie inside', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme' }),
      (text, query) => {
        const { text: shown, from, to } = snippetOf(text, query);
        expect(shown.length).toBeLessThanOrEqual(200);
        expect(0 <= from && from <= to && to <= shown.length).toBe(true);
      },
    ),
  );
});
