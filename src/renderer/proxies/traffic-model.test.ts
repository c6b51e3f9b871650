import { describe, expect, it } from 'vitest';
import { byDay, nearBudget, ofMonth, since } from './traffic-model.ts';

const line = (day: string, proxyId: number, accountId: number, sent: number, received: number) => ({
  day,
  proxyId,
  accountId,
  sent,
  received,
});
const at = (text: string): number => new Date(`${text}T15:00:00`).getTime();

describe('traffic', () => {
  it('is asked for from the earlier of the month and the last thirty days on', () => {
    expect(since(at('2026-03-31'))).toBe('2026-03-01');
    expect(since(at('2026-03-05'))).toBe('2026-02-04');
  });

  it('is summed for this month alone, the most first', () => {
    const days = [
      line('2026-02-28', 1, 1, 900, 900),
      line('2026-03-01', 1, 1, 1, 2),
      line('2026-03-02', 1, 2, 3, 4),
      line('2026-03-02', 2, 2, 100, 0),
    ];
    expect(ofMonth(days, at('2026-03-02'), 'proxyId')).toEqual([
      { id: 2, sent: 100, received: 0 },
      { id: 1, sent: 4, received: 6 },
    ]);
    expect(ofMonth(days, at('2026-03-02'), 'accountId')[0]).toEqual({ id: 2, sent: 103, received: 4 });
  });

  it('has every day of the last thirty once, whatever the clocks do', () => {
    const days = byDay([line('2026-03-29', 1, 1, 5, 6)], at('2026-04-01'));
    expect(days).toHaveLength(30);
    expect(new Set(days.map(({ day }) => day)).size).toBe(30);
    expect(days[0]).toEqual({ day: '2026-04-01', sent: 0, received: 0 });
    expect(days.find(({ day }) => day === '2026-03-29')).toMatchObject({ sent: 5, received: 6 });
  });

  it('is near its budget from 80 per cent on', () => {
    expect(nearBudget({ budget: null, used: 9 })).toBeNull();
    expect(nearBudget({ budget: 1000, used: 799 })).toBeNull();
    expect(nearBudget({ budget: 1000, used: 800 })).toBe(80);
    expect(nearBudget({ budget: 1000, used: 1234 })).toBe(123);
  });
});
