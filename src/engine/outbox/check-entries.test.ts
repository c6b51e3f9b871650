import { expect, test } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createEntries } from './check-entries.ts';
import type { JobRow } from './queries.ts';

test('a settle time longer than any timer is waited for in full', () => {
  const clock = fakeClock();
  let woken = 0;
  const entries = createEntries({ clock, settleMs: () => 9_000_000, wake: () => (woken += 1) });
  const job = { message_id: 1, conversation_id: 1, store_id: 1, recovered: 0 } as JobRow;
  expect(entries.of(job)).toMatchObject({ isDue: true, isOver: false });
  clock.advanceAtOnce(8_999_999);
  expect(entries.of(job).isOver).toBe(false);
  clock.advanceAtOnce(1);
  expect([entries.of(job).isOver, woken]).toEqual([true, 3]);
});
