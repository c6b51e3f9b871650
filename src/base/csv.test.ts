import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, csvOf, csvRecord, unguarded } from './csv.ts';

function readAll(text: string, delimiter = ','): string[][] {
  const rows: string[][] = [];
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length;) {
    const { cells, end } = csvRecord(text, at, delimiter);
    rows.push(cells);
    at = end;
  }
  return rows;
}

describe('reading', () => {
  it.each([
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a,,\n\nb', [['a', '', ''], [''], ['b']]],
    ['"a,1","b ""c""",d', [['a,1', 'b "c"', 'd']]],
    ['"two\r\nlines",x\ny', [['two\r\nlines', 'x'], ['y']]],
    ['a\rb', [['a'], ['b']]],
    // Quotes that are characters.
    ['pa"ss,b', [['pa"ss', 'b']]],
    [
      '"pass,b\nc,d',
      [
        ['"pass', 'b'],
        ['c', 'd'],
      ],
    ],
    ['"pa"ss,b\nc', [['"pa"ss', 'b'], ['c']]],
  ])('%j', (text, rows) => expect(readAll(text)).toEqual(rows));

  it('takes any delimiter', () => expect(readAll('a;"b;c",d', ';')).toEqual([['a', '"b', 'c",d']]));
  it('takes time in step with the text, however many quotes stay open', () => {
    expect(readAll(`${'"x\n'.repeat(20_000)}`)).toHaveLength(20_000);
  });
});

describe('writing', () => {
  const cell = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'=+-@\'"\t\r\n,;＝ a') }));
  const rows = fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const back = readAll(csvOf(table)).map((row) => row.map(unguarded));
        expect(back).toEqual(table);
      }),
    );
  });

  it('begins no cell with what a spreadsheet would run', () => {
    fc.assert(
      fc.property(rows, (table) => {
        for (const written of readAll(csvOf(table)).flat())
          expect(written).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
      }),
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+660812', "'+660812"],
    ['\t=1', "'\t=1"],
    ["'=1", "''=1"],
    ["'quoted'", "'quoted'"],
    ['a=1', 'a=1'],
  ])('%j is written as %j', (text, written) => expect(readAll(csvOf([[text]]))).toEqual([[written]]));

  it('quotes only what needs it', () =>
    expect(csvLine(['a', 'b c', 'd,e', 'f"g', ' h'])).toBe('a,b c,"d,e","f""g"," h"'));
});
