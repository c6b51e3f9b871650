import { describe, expect, it } from 'vitest';
import { fromFieldTime, snoozeChoices, toFieldTime } from './snooze.ts';

describe('snooze times', () => {
  const now = new Date(2026, 10, 30, 23, 10, 5).getTime();

  it('offers an hour, three hours, and nine in the morning of the next day', () => {
    const [hour, three, tomorrow] = snoozeChoices(now).map((choice) => choice.until);
    expect(hour).toBe(now + 3_600_000);
    expect(three).toBe(now + 10_800_000);
    expect(tomorrow).toBe(new Date(2026, 11, 1, 9).getTime());
  });

  it('reads back what it writes into a field, and only times to come', () => {
    expect(toFieldTime(now)).toBe('2026-11-30T23:10');
    expect(fromFieldTime('2026-12-01T09:30', now)).toBe(new Date(2026, 11, 1, 9, 30).getTime());
    expect(fromFieldTime('2026-11-30T23:10', now)).toBeNull();
    expect(fromFieldTime('', now)).toBeNull();
    expect(fromFieldTime('soon', now)).toBeNull();
  });
});
