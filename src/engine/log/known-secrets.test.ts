import { expect, it } from 'vitest';
import { createKnownSecrets } from './known-secrets.ts';

const made = (...secrets: string[]) => {
  const known = createKnownSecrets();
  for (const secret of secrets) known.add(secret);
  return known;
};

it.each([
  [
    'at the beginning, in the middle and at the end',
    'secret-1 a secret-1b secret-1',
    '[hidden] a [hidden]b [hidden]',
  ],
  ['side by side', 'secret-1secret-1', '[hidden][hidden]'],
  ['the longer of two', 'x secret-1-and-more', 'x [hidden]'],
  ['but nothing else', 'secret-2 short', 'secret-2 short'],
])('hides secrets %s', (_, text, clean) => {
  expect(made('secret-1', 'secret-1-and-more', 'short').hideIn(text)).toBe(clean);
});

it('a list of proxies pushes no token out', () => {
  const known = made('the-token-of-a-store');
  for (let at = 0; at < 100_000; at += 1) known.add(`password-of-proxy-${at}`);
  expect(known.hideIn('the-token-of-a-store password-of-proxy-99999')).toBe('[hidden] [hidden]');
});

it('passwords that begin alike are found as fast as others', () => {
  const known = made(...Array.from({ length: 50_000 }, (_, at) => `customer-session-${at}`));
  expect(known.hideIn('customer-session-49999 '.repeat(20))).toBe('[hidden] '.repeat(20));
});
