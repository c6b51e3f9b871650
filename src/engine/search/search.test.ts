import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempDb } from '../../testing/temp-engine.ts';
import { holds, searchKinds, type SearchKind } from './grams.ts';
import { normalise } from './normalise.ts';
import { createSearch, type Search } from './search.ts';

let temp: ReturnType<typeof tempDb>;
let search: Search;
beforeEach(() => {
  temp = tempDb();
  search = createSearch(temp.db);
});
afterEach(() => temp.close());

const kinds = Object.keys(searchKinds) as SearchKind[];
const find = (query: string, kind: SearchKind = 'message'): number[] =>
  search.match(query, { kind, limit: 100 });

const corpus = [
  'สวัสดีค่ะ สินค้ายังมีของไหมคะ ส่งวันนี้ได้ไหม',
  'น้ำหอมขวดนี้ของแท้หรือเปล่าครับ',
  'Xin chào shop, đơn hàng của em đã giao chưa ạ?',
  'Đặt hàng rồi mà chưa thấy gửi',
  'Selamat siang kak, apakah stok masih ada? Kapan dikirim',
  'Boleh saya tahu bila barang akan dihantar? RM 29.90',
  'Magkano po ang shipping papuntang Cebu?',
  '你好，请问这个有货吗？什么时候发货',
  '我要退款，包装破了',
  '請問可以貨到付款嗎',
  'Where is my order #2409-AB/77? Email: a.b+c@example.com',
  'ＦＵＬＬ　ｗｉｄｔｈ ﬁne Ⅳ ½',
  'İstanbul CAFÉ naïve Straße ΟΔΟΣ',
  '👍🏽 ok 👨‍👩‍👧 "quoted" AND NOT (x OR y) NEAR* ^a -b : {c}',
  'line one\nline two\ttab a',
  'がぎぐげご カタカナ 한국어 주문',
];

test.each([
  ['ของแท้', 2],
  ['ของแท', 2],
  ['น้ำหอม', 2],
  ['don hang', 3],
  ['ĐẶT', 4],
  ['dat hang', 4],
  ['dikirim', 5],
  ['发货', 8],
  ['货', 8],
  ['破', 9],
  ['貨到', 10],
  ['2409-ab/77', 11],
  ['b+c@ex', 11],
  ['full width', 12],
  ['fine iv', 12],
  ['istanbul cafe', 13],
  ['οδοσ', 13],
  ['👍', 14],
  ['"quoted"', 14],
  ['two tab', 15],
  ['カタ', 16],
  ['한국', 16],
])('%s is found', (query, id) => {
  for (const [index, text] of corpus.entries()) search.index('message', index + 1, text);
  expect(find(query)).toContain(id);
});

test('newest first, at most as many as asked, each kind by itself', () => {
  for (const kind of kinds) for (let id = 1; id <= 5; id += 1) search.index(kind, id, 'same words');
  expect(search.match('words', { kind: 'buyer', limit: 3 })).toEqual([5, 4, 3]);
  search.index('buyer', 5, 'other');
  search.remove('buyer', 4);
  expect(find('words', 'buyer')).toEqual([3, 2, 1]);
  expect(find('words', 'store')).toEqual([5, 4, 3, 2, 1]);
  expect(find('other', 'buyer')).toEqual([5]);
});

test('no phrase reaches over a space, and a single letter counts only by itself', () => {
  search.index('message', 1, 'ab bc a');
  search.index('message', 2, 'abc');
  expect(find('abc')).toEqual([2]);
  expect(find('a')).toEqual([1]);
  expect(find('bc ab')).toEqual([2, 1]);
});

/** Slices of the corpus, whole words, and anything at all: also halves of surrogate pairs. */
const piece = fc
  .tuple(fc.constantFrom(...corpus), fc.nat(60), fc.nat(8))
  .map(([text, start, length]) => text.slice(start % text.length, (start % text.length) + 1 + length));
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), piece);
const query = fc.oneof({ weight: 4, arbitrary: piece }, { weight: 1, arbitrary: anyText });

test('finds what looking through every text finds, no more and no less', () => {
  fc.assert(
    fc.property(
      fc.array(anyText, { maxLength: 6 }),
      fc.array(query, { minLength: 1, maxLength: 8 }),
      (extra, queries) => {
        temp.db.exec('DELETE FROM search');
        const texts = [...corpus, ...extra];
        for (const [index, text] of texts.entries()) search.index('message', index + 1, text);
        for (const asked of [...queries, ...extra]) {
          const expected = texts.flatMap((text, index) => (holds(text, asked) ? [index + 1] : [])).reverse();
          expect({ asked, found: find(asked) }).toEqual({ asked, found: expected });
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('any string is a safe query', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^["'*^(){}:+ANDORNOT -]{0,30}$/)),
      (asked) => {
        expect(Array.isArray(search.match(asked, { kind: 'message', limit: 5 }))).toBe(true);
        expect(normalise(normalise(asked))).toBe(normalise(asked));
      },
    ),
  );
});
