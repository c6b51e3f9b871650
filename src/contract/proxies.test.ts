import { expect, it } from 'vitest';
import { proxiesContract } from './proxies.ts';

it('changes only what is given of a proxy: nothing else falls back to its default', () => {
  const input = { proxyId: 1, change: { expiresAt: 5 } };
  expect(proxiesContract['proxies.change'].input.parse(input)).toEqual(input);
});
