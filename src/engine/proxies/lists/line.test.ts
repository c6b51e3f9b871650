import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createReadExpiry } from './expiry.ts';
import { isSilent, readLine } from './line.ts';
import type { Said } from './said.ts';

/** One case a line: what a line `is` for sure, what is `asked` about it, or what is `wrong`; only what it says. */
const file = new URL('../../../testing/vectors/proxy-lines.jsonl', import.meta.url);
const corpus = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((text) => JSON.parse(text) as { line: string; is?: object; asked?: object[]; wrong?: string });
const readExpiry = createReadExpiry('Asia/Singapore');

/** Only what is said, as the corpus writes it. */
function short(said: Said): object {
  const { expiresAt, ...rest } = said;
  const end = expiresAt === null ? 'permanent' : expiresAt && new Date(expiresAt).toISOString();
  return Object.fromEntries(
    Object.entries({ ...rest, end }).filter(
      ([, value]) => value !== '' && value !== null && value !== undefined,
    ),
  );
}

function understood(line: string): object {
  const reading = readLine(line, readExpiry);
  if (reading.kind === 'wrong') return { wrong: reading.problem };
  const [first] = reading.said;
  return reading.isSure && first !== undefined ? { is: short(first) } : { asked: reading.said.map(short) };
}

describe('the corpus of lines', () => {
  it.each(corpus.map(({ line, ...expected }) => [line.slice(0, 200), line, expected] as const))(
    '%j',
    (_, line, expected) => expect(understood(line)).toEqual(expected),
  );
});

it.each(['', '   ', '# a list', '  // from a provider', '\u3000'])('%j says nothing', (line) =>
  expect(isSilent(line)).toBe(true),
);
