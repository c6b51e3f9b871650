import { describe, expect, it } from 'vitest';
import corpus from '../../../testing/vectors/proxy-lines.json' with { type: 'json' };
import { createReadExpiry } from './expiry.ts';
import { isSilent, readLine } from './line.ts';
import type { Said } from './said.ts';

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
