import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-engine.ts';
import { safeFileName } from './safe-name.ts';

const free = (): boolean => false;

test.each([
  ['orders.csv', 'orders.csv'],
  ['../../etc/passwd', 'passwd'],
  [String.raw`C:\Windows\system32\cmd.exe`, 'cmd.exe'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['CON .txt', '_CON.txt'],
  ['com¹.log', '_com¹.log'],
  ['console.log', 'console.log'],
  ['bill.exe. . .', 'bill.exe'],
  ['...', 'download'],
  ['', 'download'],
  ['in\nvoice\u0000.pdf', 'invoice.pdf'],
  ['bill\u202Efdp.exe', 'billfdp.exe'],
  ['a\u200Bb.csv', 'ab.csv'],
  ['what? "this": <that>|*.csv', 'what_ _this__ _that___.csv'],
  ['e\u0301te\u0301.csv', 'été.csv'],
  ['.htaccess', 'htaccess'],
  ['รายการสั่งซื้อ 订单.xlsx', 'รายการสั่งซื้อ 订单.xlsx'],
  ['\uD800.csv', '\uFFFD.csv'],
])('%j is written as %j', (suggested, name) => {
  expect(safeFileName(suggested, free)).toBe(name);
});

test('a name that is taken gets a number before its ending', () => {
  const given = new Set(['a.csv', 'a (2).csv', 'readme']);
  expect(safeFileName('a.csv', (name) => given.has(name))).toBe('a (3).csv');
  expect(safeFileName('readme', (name) => given.has(name))).toBe('readme (2)');
});

test('whatever is suggested, it is one file in that folder', () => {
  const folder = tempDir();
  try {
    const taken = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (suggested) => {
        const name = safeFileName(suggested.repeat(3), (one) => taken.has(one));
        taken.add(name);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}]|^\.|[. ]$/u);
        writeFileSync(join(folder.path, name), '', { flag: 'wx' });
      }),
      { seed: 4 },
    );
    const long = safeFileName(`${'長'.repeat(400)}.xlsx`, free);
    expect(long).toMatch(/^長+\.xlsx$/);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(200);
  } finally {
    folder.remove();
  }
});
