import { expect, it } from 'vitest';
import { expiryFields, expiryOf, inDays } from './expiry.ts';

const zone = 'Asia/Singapore';

it('is a moment, nothing, or not written yet', () => {
  const fields = { permanent: false, date: '2026-12-03', time: '', zone };
  expect(expiryOf(fields)).toBe(Date.UTC(2026, 11, 3, 15, 59, 59, 999));
  expect(expiryOf({ ...fields, time: '18:30' })).toBe(Date.UTC(2026, 11, 3, 10, 30));
  expect(expiryOf({ ...fields, permanent: true })).toBe(null);
  expect(expiryOf({ ...fields, date: '' })).toBe(undefined);
});

it('stands in its fields as it was set', () => {
  const at = Date.UTC(2026, 11, 3, 15, 59, 59, 999);
  expect(expiryFields(at, zone)).toEqual({ permanent: false, date: '2026-12-03', time: '', zone });
  expect(expiryFields(null, zone)).toEqual({ permanent: true, date: '', time: '', zone });
});

it('is put off by days, to the end of the day there', () => {
  const now = Date.UTC(2026, 10, 30, 17);
  expect(inDays(expiryFields(null, zone), 30, now)).toEqual({
    permanent: false,
    date: '2026-12-31',
    time: '',
    zone,
  });
});
