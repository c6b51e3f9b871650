import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proxiesContract } from '../../../contract/proxies.ts';
import { CodedError } from '../../../base/errors.ts';
import { zipFile } from '../../../testing/zip-file.ts';
import { createReadExpiry } from './expiry.ts';
import { readLine } from './line.ts';
import { openList, type ListSource } from './open-list.ts';
import { readRow } from './row.ts';
import type { Reading, Said } from './said.ts';
import { readFields } from './table.ts';

const readExpiry = createReadExpiry('Asia/Singapore');
const read = (line: string): Reading => readLine(line, readExpiry);
const saidOf = (line: string): readonly Said[] => {
  const reading = read(line);
  return reading.kind === 'said' ? reading.said : [];
};

const host = fc.oneof(
  fc.ipV4().filter((ip) => ip !== '0.0.0.0'),
  fc.domain({ size: 'small' }).map((name) => name.toLowerCase()),
);
const port = fc.integer({ min: 1, max: 65_535 });
const from = (letters: string, minLength = 1) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength, maxLength: 24 });
const LETTERS = 'abcXYZ019';
const user = from(`${LETTERS}_-.`);
/** Anything a provider may give that is no blank; separators of cells and brackets have their own rules. */
const password = from(`${LETTERS}@:/%#!$&'()*+=?~^_-.{}<>\\`);
/** Any script; what nobody can see is refused, encoded or not. */
const anyScript = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text));
const has = (said: readonly Said[], expected: Partial<Said>): void =>
  expect(said).toContainEqual(expect.objectContaining(expected));

describe('a proxy that was written down comes back', () => {
  it('as host:port:user:pass, and as user:pass@host:port', () => {
    fc.assert(
      fc.property(host, port, user, password, (h, p, u, s) => {
        const expected = { host: h, port: p, username: u, password: s };
        has(saidOf(`${h}:${p}:${u}:${s}`), expected);
        // `mai://…` is a scheme.
        if (!s.startsWith('//')) has(saidOf(`${u}:${s}@${h}:${p}`), expected);
      }),
    );
  });

  it('as an address with everything encoded, without doubt and in any script', () => {
    fc.assert(
      fc.property(host, port, anyScript, anyScript, (h, p, u, s) => {
        const code = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');
        const reading = read(`socks5://${code(u)}:${code(s)}@${h}:${p}`);
        expect(reading).toMatchObject({
          isSure: true,
          said: [{ host: h, port: p, username: u, password: s }],
        });
      }),
    );
  });

  it('in cells, whatever parts them', () => {
    const plain = from(LETTERS, 3);
    const separator = fc.constantFrom('|', '\t', ',', ';', ' ', ' | ');
    fc.assert(
      fc.property(host, port, plain, plain, separator, (h, p, u, s, by) => {
        has(saidOf([h, p, u, s].join(by)), { host: h, port: p, username: u, password: s });
        has(saidOf([`${h}:${p}`, u, s].join(by)), { host: h, port: p, username: u, password: s });
      }),
    );
  });

  it('in columns, whatever it holds', () => {
    const any = anyScript.map((text) => text.trim());
    fc.assert(
      fc.property(host, port, any, any, (h, p, username, secret) => {
        const reading = readFields({ host: h, port: String(p), username, password: secret }, readExpiry);
        expect(reading).toMatchObject({
          isSure: true,
          said: [{ host: h, port: p, username, password: secret }],
        });
      }),
    );
  });
});

/** Pieces that mean something, in any order. */
const pieces = fc.constantFrom(
  '203.0.113.7',
  '8080',
  ':',
  ':',
  '@',
  '/',
  '//',
  '://',
  'socks5',
  'http',
  '[',
  ']',
  '%',
  '%40',
  '#',
  ' # ',
  '|',
  ',',
  ';',
  '\t',
  ' ',
  '"',
  '""',
  '::',
  '2001:db8::1',
  'gate.example.com',
  'mai',
  'US',
  '2026-12-31',
  '11/12/2026',
  'https://p.example/r',
  '?cc=US',
  '&title=x',
  '=',
  '\u0000',
  '\u202e',
  '\ud800',
  '，',
  '｜',
  '永久',
  '{',
  '}',
);
const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 16 }).map((all) => all.join('')),
);
const details = proxiesContract['proxies.import'].input.shape.rows.element.shape.details;

describe('any text', () => {
  it('is read without a throw, and what it says can be saved as it stands', () => {
    fc.assert(
      fc.property(odd, (line) => {
        for (const { expiresAt = null, protocol, ...said } of saidOf(line)) {
          const whole = { ...said, protocol: protocol ?? 'http', expiresAt };
          expect(details.parse(whole)).toEqual(whole);
          expect(JSON.stringify(whole)).not.toMatch(/\\u0000|\\u202e|\\ud800/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('as a cell of any column', () => {
    const columns = fc.constantFrom(
      'host',
      'proxy',
      'port',
      'protocol',
      'expiry',
      'country',
      'rotation',
      'note',
      'store',
    );
    fc.assert(fc.property(fc.dictionary(columns, odd), (fields) => void readFields(fields, readExpiry)));
  });

  it('as a file: rows, or one of our own errors', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      odd.map((text) => new TextEncoder().encode(text)),
      odd.map((text) =>
        zipFile({ 'xl/workbook.xml': text, 'xl/worksheets/sheet1.xml': `<worksheet>${text}` }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof<fc.Arbitrary<ListSource>[]>(odd, bytes), async (source) => {
        try {
          for (const raw of (await openList(source, 50)).rows) readRow(raw, readExpiry);
        } catch (error) {
          expect(error).toBeInstanceOf(CodedError);
        }
      }),
    );
  });
});

// What grows with the square of a text's length would take minutes here, longer than any test may.
describe('hostile lists', () => {
  it.each([
    ['one letter', 'x'.repeat(1_000_000)],
    ['colons', ':'.repeat(1_000_000)],
    ['quotes', '"'.repeat(1_000_000)],
    ['blanks in a line', `a${' '.repeat(1_000_000)}b`],
    ['brackets', '['.repeat(9_000)],
    ['at signs', '@'.repeat(9_000)],
    ['at signs behind a scheme', `http://${'a:b@'.repeat(2_400)}`],
    ['cells', 'a,'.repeat(4_900)],
    ['words', 'a '.repeat(4_900)],
    ['percent signs', `mai:${'%40'.repeat(3_000)}@203.0.113.7:80`],
    ['dates', '2026-12-31 '.repeat(900)],
    ['a link', `203.0.113.7:80[https://p.example/${'a'.repeat(9_000)}]`],
    ['one country after another', `203.0.113.7:80,u,p,${'US,'.repeat(3_000)}`],
  ])('of %s are refused or read at once', async (_, line) => {
    const { rows } = await openList(line, 10);
    for (const raw of rows) expect(() => readRow(raw, readExpiry)).not.toThrow();
  });

  it('of a hundred thousand rows', async () => {
    const { rows } = await openList('203.0.113.7:80:a:b\nnonsense\n'.repeat(50_000), 100_000);
    expect(rows.map((raw) => readRow(raw, readExpiry).kind).filter((kind) => kind === 'said')).toHaveLength(
      50_000,
    );
  });
});
