import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../base/errors.ts';
import { at, type Json, jsonInteger, parseJson, tryParseJson, writeJson } from './json.ts';
import { asBoolean, asCount, asId, asNumber, asText, asTime, asToken, asWord } from './readers.ts';
import { cleanText, cleanUrl } from './clean.ts';

function tried(act: () => unknown): unknown {
  try {
    act();
    return null;
  } catch (error) {
    return error;
  }
}

describe('parseJson', () => {
  it('keeps every digit of an id, bare or quoted, and writes it back', () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 38n }).map(String);
    fc.assert(
      fc.property(digits, (id) => {
        const text = `{"bare":${id},"quoted":"${id}"}`;
        const value = parseJson(text);
        expect(asId(at(value, 'bare'))).toBe(id);
        expect(asId(at(value, 'quoted'))).toBe(id);
        expect(writeJson(value)).toBe(text);
        expect(writeJson(jsonInteger(id))).toBe(id);
      }),
    );
  });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(writeJson(parseJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('throws coded errors alone, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json().map((text) => text.slice(0, -1)),
        ),
        (text) => {
          expect(tried(() => parseJson(text))).toSatisfy(
            (error) => error === null || error instanceof CodedError,
          );
        },
      ),
    );
  });

  it('refuses what is too deep or too long before it can hurt, without quoting it', () => {
    const deep = '['.repeat(100_000);
    expect(() => parseJson(deep)).toThrow('nested deeper');
    expect(() => parseJson(`"${'x'.repeat(9_000_000)}"`)).toThrow('longer than the cap');
    expect(() => parseJson('{"token":"geheim"')).toThrow(/^The text is not JSON$/);
    expect(parseJson(`"${'[{'.repeat(500)}"`)).toBe('[{'.repeat(500));
    expect(tryParseJson('{')).toBeUndefined();
  });

  it('lets the last of equal keys win and keeps __proto__ an ordinary key', () => {
    expect(asId(at(parseJson('{"a":1,"a":2}'), 'a'))).toBe('2');
    const value = parseJson('{"__proto__":{"polluted":"yes"}}');
    expect(at(value, 'polluted')).toBeUndefined();
    expect(at(value, '__proto__', 'polluted')).toBe('yes');
    expect(at(parseJson('{}'), 'constructor')).toBeUndefined();
  });
});

const read = (text: string): Json => parseJson(text);

describe('tolerant readers', () => {
  it('take text, bare and broken forms', () => {
    expect(['"12"', '12', '1.5', '""', 'null', '{}', '"a\\u0000b"'].map((text) => asId(read(text)))).toEqual([
      '12',
      '12',
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(['"2"', '2', '-3', '"x"', '""', 'true', '1e400'].map((text) => asNumber(read(text)))).toEqual([
      2,
      2,
      -3,
      null,
      null,
      null,
      null,
    ]);
    expect(['"2"', '2.7', '-3', '1e300'].map((text) => asCount(read(text)))).toEqual([2, 2, null, null]);
    expect(['true', '"true"', '1', '"0"', '"no"', 'null'].map((text) => asBoolean(read(text)))).toEqual([
      true,
      true,
      true,
      false,
      null,
      null,
    ]);
    expect(asText(read('5'))).toBeNull();
    expect([asWord(read('5')), asWord(read('" "')), asWord(read('[]'))]).toEqual(['5', null, null]);
    expect([asToken(read('""')), asToken(read(`"${'t'.repeat(600)}"`))]).toEqual([null, 't'.repeat(600)]);
    expect(() => jsonInteger('12a')).toThrow('must be digits');
  });

  it('find one moment in seconds, milliseconds, microseconds and nanoseconds', () => {
    // Up to the year 5000, from 1974 on.
    const moments = fc.integer({ min: 126_230_400, max: 95_617_584_000 });
    fc.assert(
      fc.property(moments, fc.boolean(), (seconds, quoted) => {
        for (const zeros of ['', '000', '000000', '000000000']) {
          // The bands of the finer units begin in 1973 as well, so no moment falls between two.
          const digits = `${String(seconds)}${zeros}`;
          expect(asTime(read(quoted ? `"${digits}"` : digits))).toBe(seconds * 1000);
        }
      }),
    );
    expect(asTime(read('1700000000123456789'))).toBe(1_700_000_000_123);
    expect(
      ['0', '-5', '"soon"', 'null', '99999999999999999999999999'].map((text) => asTime(read(text))),
    ).toEqual([null, null, null, null, null]);
  });
});

describe('cleaning', () => {
  it('keeps well-formed text as it is and mends the rest', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(cleanText(text)).toBe(text.replaceAll('\0', ''));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const clean = cleanText(String.fromCharCode(...units));
        expect(clean.isWellFormed() && !clean.includes('\0')).toBe(true);
      }),
    );
    expect(cleanText('a\uD800b\uDC00c😀')).toBe('abc😀');
    expect(cleanText('😀'.repeat(60_000)).isWellFormed()).toBe(true);
    expect(cleanText('x'.repeat(200_000))).toHaveLength(100_000);
  });

  it('lets only http and https addresses pass', () => {
    expect(cleanUrl('https://a.example/b c.png')).toBe('https://a.example/b%20c.png');
    expect(cleanUrl('//a.example/x')).toBe('https://a.example/x');
    const bad = ['javascript:alert(1)', 'data:image/png;base64,AA', 'file:///etc/passwd', 'x', '', null];
    expect(bad.map(cleanUrl)).toEqual(bad.map(() => null));
  });
});
