import { expect, test } from 'vitest';
import type { ContentColumns } from './queries.ts';
import { likeness } from './same-content.ts';

const content = (over: Partial<ContentColumns>): ContentColumns => ({
  kind: 'text',
  text: null,
  reference: null,
  image_url: null,
  ...over,
});
const text = (words: string | null): ContentColumns => content({ text: words });

test.each([
  [' Yes!\r\nSure ', 'Yes!\nSure'],
  ['Ti\u1ebfng Vi\u1ec7t', 'Tie\u0302\u0301ng Vie\u0323\u0302t'],
  ['a\0b', 'ab'],
])('a platform that trims, composes letters anew or drops what no line carries shows %j', (sent, seen) => {
  expect(likeness(text(sent), text(seen))).toBe('same');
});

test.each([
  ['a & b', 'a &amp; b'],
  ['Hello   there', 'Hello there'],
  ['\u201cYes\u201d', '"Yes"'],
  ['\uff11\uff12\uff13', '123'],
  ['it\u200bis', 'itis'],
  ['Thanks \u2764\ufe0f', 'Thanks'],
  ['\u2764\ufe0f', '\u2764'],
  [
    '\u0e02\u0e2d\u0e1a\u0e04\u0e38\u0e13 \u0e04\u0e23\u0e31\u0e1a',
    '\u0e02\u0e2d\u0e1a\u0e04\u0e38\u0e13\u0e04\u0e23\u0e31\u0e1a',
  ],
])('the same words written otherwise may be ours: %j, %j', (sent, seen) => {
  expect(likeness(text(sent), text(seen))).toBe('unclear');
});

test.each([
  ['Yes', 'Yes, sure'],
  ['\ud83d\udc4d', '\ud83d\ude00'],
  ['!', '?'],
  ['5', '50'],
])('other words are not ours: %j, %j', (sent, seen) => {
  expect(likeness(text(sent), text(seen))).toBe('different');
});

test('words under another type may be ours, a type without words is not; a text taken back may be', () => {
  const own = text('[happy]');
  expect(likeness(own, content({ kind: 'sticker', text: '[happy]' }))).toBe('unclear');
  expect(likeness(own, content({ kind: 'unsupported', text: '[happy]' }))).toBe('unclear');
  expect(likeness(own, content({ kind: 'unsupported' }))).toBe('different');
  expect(likeness(own, content({ kind: 'image', image_url: 'https://a.test/1' }))).toBe('different');
  expect(likeness(own, text(null))).toBe('unclear');
  expect(likeness(own, content({ kind: 'unreadable' }))).toBe('unclear');
});

test('a picture is known by its address without what signs it; another may be the same picture', () => {
  const own = content({ kind: 'image', image_url: 'https://a.test/1?sign=x' });
  const seen = (url: string | null) => likeness(own, content({ kind: 'image', image_url: url }));
  expect([seen('https://a.test/1?sign=y'), seen('https://a.test/2'), seen(null)]).toEqual([
    'same',
    'unclear',
    'unclear',
  ]);
  expect(likeness(own, content({ kind: 'unsupported' }))).toBe('unclear');
  expect(likeness(own, text('https://a.test/1'))).toBe('different');
});

test('a card is known by its number', () => {
  const own = content({ kind: 'order', reference: '1' });
  const seen = (reference: string | null, kind: 'order' | 'product' = 'order') =>
    likeness(own, content({ kind, reference }));
  expect([seen('1'), seen('2'), seen(null), seen('1', 'product')]).toEqual([
    'same',
    'different',
    'unclear',
    'different',
  ]);
});
