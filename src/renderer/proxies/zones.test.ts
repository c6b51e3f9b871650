import { describe, expect, it } from 'vitest';
import { fieldsOf, hereZone, isoIn, momentFrom, zoneNames } from './zones.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

describe('a date and a time in a zone', () => {
  it.each([
    ['2026-12-03', '18:30', 'Asia/Singapore', '2026-12-03T10:30:00.000Z'],
    ['2026-12-03', '18:30:15', 'UTC', '2026-12-03T18:30:15.000Z'],
    ['2026-12-03', '', 'Asia/Singapore', '2026-12-03T15:59:59.999Z'],
    ['2026-12-03', '', 'Asia/Kolkata', '2026-12-03T18:29:59.999Z'],
    ['2026-12-03', '', 'America/Los_Angeles', '2026-12-04T07:59:59.999Z'],
    // A day of 25 hours, and one of 23.
    ['2026-10-25', '', 'Europe/Berlin', '2026-10-25T22:59:59.999Z'],
    ['2026-03-29', '', 'Europe/Berlin', '2026-03-29T21:59:59.999Z'],
    // Shown twice: the first. Left out: as if clocks had not yet moved.
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-02-30', '', 'UTC', null],
    ['2026-12', '', 'UTC', null],
    ['', '10:00', 'UTC', null],
  ])('%s %s in %s is %s', (date, time, zone, expected) => {
    expect(iso(momentFrom(date, time, zone))).toBe(expected);
  });

  it('comes back as it was written', () => {
    for (const zone of ['Asia/Jakarta', 'Europe/Berlin', 'America/St_Johns', 'UTC']) {
      for (const [date, time] of [
        ['2026-12-03', ''],
        ['2026-03-29', ''],
        ['2026-12-03', '09:05'],
        ['2026-12-03', '00:00'],
        ['2026-12-03', '23:59'],
        ['2027-01-01', '07:08:09'],
      ] as const) {
        expect(fieldsOf(momentFrom(date, time, zone)!, zone)).toEqual({ date, time });
      }
    }
  });

  it('can be written with its offset', () => {
    const at = Date.UTC(2026, 11, 3, 15, 59, 59, 999);
    expect(isoIn(at, 'Asia/Singapore')).toBe('2026-12-03T23:59:59+08:00');
    expect(isoIn(at, 'America/St_Johns')).toBe('2026-12-03T12:29:59-03:30');
    expect(isoIn(at, 'UTC')).toBe('2026-12-03T15:59:59+00:00');
  });
});

it('knows its own zone, and UTC', () => {
  expect(zoneNames()).toContain(hereZone());
  expect(zoneNames()).toContain('UTC');
});
