import { expect, it } from 'vitest';
import type { KeyPress } from '../panel/keys.ts';
import { isRefreshKey } from './use-refresh-key.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

it('takes the keys that load a page anew, and leaves those that must', () => {
  expect(isRefreshKey(press('F5'))).toBe(true);
  expect(isRefreshKey(press('r', { ctrlKey: true }))).toBe(true);
  expect(isRefreshKey(press('r', { metaKey: true }))).toBe(true);
  expect(isRefreshKey(press('к', { code: 'KeyR', ctrlKey: true }))).toBe(true);
  expect(isRefreshKey(press('R', { ctrlKey: true, shiftKey: true }))).toBe(false);
  expect(isRefreshKey(press('F5', { ctrlKey: true }))).toBe(false);
  expect(isRefreshKey(press('r'))).toBe(false);
  expect(isRefreshKey(press('p', { code: 'KeyR', ctrlKey: true }))).toBe(false);
});
