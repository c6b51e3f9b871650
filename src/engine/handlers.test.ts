import { expect, test } from 'vitest';
import { contract, type Handlers } from '../contract/index.ts';
import { mergeHandlers } from './handlers.ts';

const all = Object.fromEntries(
  Object.keys(contract).map((name) => [name, () => null]),
) as unknown as Handlers;

test('every call has one answer', () => {
  const { 'settings.get': get, ...rest } = all;
  expect(Object.keys(mergeHandlers([rest, { 'settings.get': get }])).sort()).toEqual(
    Object.keys(contract).sort(),
  );
  expect(() => mergeHandlers([rest])).toThrow('No feature answers settings.get');
  expect(() => mergeHandlers([all, { 'settings.get': get }])).toThrow('Two features answer settings.get');
  expect(() => mergeHandlers([all, { constructor: get } as Partial<Handlers>])).toThrow('no constructor');
});
