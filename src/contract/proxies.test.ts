import { expect, it } from 'vitest';
import { proxiesContract } from './proxies.ts';

const parse = (change: object): unknown =>
  proxiesContract['proxies.change'].input.parse({ proxyId: 1, change }).change;

it('a change leaves out what it does not speak of', () => {
  expect(parse({})).toEqual({});
  expect(parse({ note: ' x ' })).toEqual({ note: 'x' });
  expect(parse({ password: '', expiresAt: null })).toEqual({ password: '', expiresAt: null });
});

it.each(['javascript:alert(1)', 'https://', 'ftp://p.example', 'https://p.example/a b'])(
  '%s is no rotation link',
  (rotation) => expect(() => parse({ rotation })).toThrow(),
);
