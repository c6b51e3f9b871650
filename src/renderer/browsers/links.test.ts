import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayText } from '../panel/display-text.ts';
import { piecesOf } from './links.ts';

const linksIn = (text: string): string[] =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.url] : []));

describe('links of a message', () => {
  it.each<[string, string, string[]]>([
    ['one alone', 'https://shopee.sg/product/1/2', ['https://shopee.sg/product/1/2']],
    ['none', 'hello, is it http:// or not? mail a@www.example.com', []],
    ['the end of a sentence', 'See https://shopee.sg/a?b=c#d.', ['https://shopee.sg/a?b=c#d']],
    ['brackets around it', '(https://shopee.sg/a)', ['https://shopee.sg/a']],
    ['brackets in it', 'https://example.com/a_(b)', ['https://example.com/a_(b)']],
    ['Chinese without blanks', '看这个https://shopee.sg/a，谢谢', ['https://shopee.sg/a']],
    ['Thai without blanks', 'ดูที่https://shopee.co.th/a', ['https://shopee.co.th/a']],
    ['no scheme', 'www.lazada.sg/x, please', ['https://www.lazada.sg/x']],
    ['capitals', 'HTTPS://SHOPEE.SG/A', ['HTTPS://SHOPEE.SG/A']],
    ['several', 'http://a.example http://b.example', ['http://a.example', 'http://b.example']],
    ['no other scheme', 'javascript:alert(1) file:///etc/passwd data:text/html,x', []],
    ['no host', 'https:///', []],
    ['stray brackets without end', `https://a.example/b${')'.repeat(60_000)}`, ['https://a.example/b']],
    ['an address no one could mean', `https://a.example/${'b'.repeat(9000)}`, []],
    ['no link within a mail address', 'x@www.example.com', []],
  ])('are found: %s', (_, text, expected) => {
    expect(linksIn(text)).toEqual(expected);
  });

  it('lead where they show, whatever nobody sees stands in them', () => {
    const text = 'go https://shopee.sg\u200b.evil.example/\u202egpj.exe\u2066x now';
    expect(piecesOf(text)).toEqual([
      { kind: 'words', text: 'go ' },
      {
        kind: 'link',
        text: 'https://shopee.sg.evil.example/gpj.exex',
        url: 'https://shopee.sg.evil.example/gpj.exex',
      },
      { kind: 'words', text: ' now' },
    ]);
  });

  it('lose nothing of the text, and add nothing but a scheme', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('https://', 'www.', 'shopee.sg', '/a', ' ', '(', ')', '。', '\u200b', '\u202e'),
    );
    const seen = (text: string): string => text.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const pieces = piecesOf(text);
        expect(seen(pieces.map((piece) => piece.text).join(''))).toBe(seen(displayText(text)));
        for (const piece of pieces) {
          if (piece.kind === 'link') expect([piece.text, `https://${piece.text}`]).toContain(piece.url);
        }
      }),
    );
  });
});
