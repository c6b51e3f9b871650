import { describe, expect, it } from 'vitest';
import { createFormat, daysBetween } from './format.ts';

const texts: Record<string, string> = {
  'time.today': 'Today',
  'time.yesterday': 'Yesterday',
  'time.underMinute': '< 1 min',
  'time.minutes': '{minutes} min',
  'time.hoursMinutes': '{hours} h {minutes}',
  'time.daysHours': '{days} d {hours} h',
};
const t = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
  (texts[key] ?? key).replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name]));
const format = createFormat('en', t);

const minute = 60_000;
const hour = 60 * minute;
/** Local time, as a person's clock shows it, whatever the machine's zone. */
const at = (day: number, hours: number, minutes = 0): number =>
  new Date(2026, 10, day, hours, minutes).getTime();

describe('formats', () => {
  it.each([
    [-5_000, '< 1 min'],
    [59_000, '< 1 min'],
    [12 * minute, '12 min'],
    [hour + 12 * minute, '1 h 12'],
    [hour + 2 * minute, '1 h 02'],
    [51 * hour, '2 d 3 h'],
  ])('a span of %i ms is %s', (ms, expected) => {
    expect(format.duration(ms)).toBe(expected);
  });

  it('to the second where it matters', () => {
    expect(format.seconds(at(21, 9, 41) + 7_000)).toBe('09:41:07');
    expect(format.seconds(at(21, 0))).toBe('00:00:00');
  });

  it.each([
    [at(21, 9, 41), '09:41'],
    [at(20, 23, 59), 'Yesterday'],
    [at(17, 8), 'Tue'],
    [at(3, 8), 'Nov 3'],
    [new Date(2025, 11, 31, 8).getTime(), 'Dec 31, 2025'],
  ])('the list shows a time as %#', (time, expected) => {
    expect(format.listTime(time, at(21, 10))).toBe(expected);
  });

  it.each([
    [at(21, 18, 5), '18:05'],
    [at(22, 9), 'Sun 09:00'],
    [at(27, 9), 'Fri 09:00'],
    [at(28, 9), 'Nov 28'],
    [new Date(2027, 0, 2, 9).getTime(), 'Jan 2, 2027'],
  ])('says shortly until when, as %#', (time, expected) => {
    expect(format.until(time, at(21, 10))).toBe(expected);
  });

  it('counts local midnights, not hours', () => {
    expect(daysBetween(at(20, 23, 59), at(21, 0, 1))).toBe(1);
    expect(daysBetween(at(21, 0, 1), at(21, 23, 59))).toBe(0);
  });

  it('keeps badges short', () => {
    expect([7, 999, 1000].map((count) => format.count(count))).toEqual(['7', '999', '999+']);
  });
});
