import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from './judge.ts';
import { hasWords, protect, restore } from './protect.ts';

test.each([
  ['เลขคำสั่งซื้อ 240917ABCD12 ครับ', ['240917ABCD12']],
  ['see https://shopee.co.id/a?b=1, ok', ['https://shopee.co.id/a?b=1,']],
  ['看 https://a.example/单，谢谢', ['https://a.example/单']],
  ['mail me at mai.tran@example.com please', ['mai.tran@example.com']],
  ['call +66 81-234-5678 or 081-234-5678', ['+66 81-234-5678', '081-234-5678']],
  ['RM 45.90 or Rp 45.000?', ['RM 45.90', 'Rp 45.000']],
  ['giá 120.000đ không', ['120.000đ']],
  ['SPX9599829141 一直没有更新', ['SPX9599829141']],
  ['hi @seller_01', ['@seller_01']],
  ['my ⟦0⟧ and ⟧', ['⟦0⟧', '⟧']],
  ['size M, 3 pieces, 58 cm', []],
])('%s keeps back what must come through', (text, kept) => {
  expect(protect(text).kept).toEqual(kept);
});

const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '⟦',
    '⟧',
    '⟦0⟧',
    '⟦7⟧',
    ' SPX9599829141 ',
    ' https://a.test/x ',
    ' +66812345678 ',
    '\u202e',
    '\uD800',
    ' RM 4 ',
    '👍🏽',
  ),
);
const anyText = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

test('whatever the text, it comes back as it was, and what was kept back is not in what leaves', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const source = protect(text);
      expect(restore(source.masked, source)).toBe(text);
      expect(source.masked).not.toMatch(/\d{5}|https?:\/\//u);
    }),
    { numRuns: 500 },
  );
});

test('a translation whose marks were lost, doubled, changed or made up is none', () => {
  const source = protect('order 1234567 and 7654321');
  expect(judge(source, 'pesanan ⟦1⟧ dan ⟦0⟧')).toBe('pesanan 7654321 dan 1234567');
  for (const bad of ['pesanan ⟦0⟧', 'pesanan ⟦0⟧ dan ⟦0⟧', 'a ⟦0⟧ ⟦1⟧ ⟦2⟧', 'a ⟦0⟧ ⟦1', 'a [0] [1]', '']) {
    expect(judge(source, bad)).toBe(null);
  }
});

test('an answer in HTML, empty or endless is none; one to a text in HTML may be', () => {
  const source = protect('hello & welcome');
  for (const bad of ['<p>halo</p>', 'halo &amp; selamat', '  ', 'a'.repeat(5000)])
    expect(judge(source, bad)).toBe(null);
  expect(judge(source, ' halo & selamat ')).toBe('halo & selamat');
  expect(judge(protect('what is <br> for'), 'untuk apa <br>')).toBe('untuk apa <br>');
});

test.each(['a', 'a-', 'A-', '1,', '1.', '⟦', '@', 'a@', '+1 ', '0', '<b', 'x.', 'https://'])(
  'a megabyte of %j is read like any text',
  (part) => {
    const text = part.repeat(1_000_000 / part.length);
    const source = protect(text);
    expect(restore(source.masked, source)).toBe(text);
    expect(judge(protect('short'), text)).toBe(null);
    judge(source, source.masked);
  },
);

test('what is only numbers, links and signs asks for no translation', () => {
  for (const text of ['👍👍', '1234567', 'https://a.test/x', '?!', '+66812345678']) {
    expect(hasWords(protect(text))).toBe(false);
  }
  expect(hasWords(protect('ok'))).toBe(true);
});
