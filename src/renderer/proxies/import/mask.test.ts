import { expect, it } from 'vitest';
import { maskLine } from './mask.ts';

it.each([
  ['10.0.0.1:8080:mai:s3cret', '10.0.0.1:8080:••••:••••'],
  ['socks5://mai:p@ss@vn.example:70000', 'socks5://••••:••••@••••@vn.example:70000'],
  ['vn.example;99999;pass.word;2026-12-03', 'vn.example;99999;••••;2026-12-03'],
  ['just some words', '•••• •••• ••••'],
  ['', ''],
])('%j is shown as %j', (line, shown) => {
  expect(maskLine(line)).toBe(shown);
});
