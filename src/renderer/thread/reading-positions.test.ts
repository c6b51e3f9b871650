import { expect, it } from 'vitest';
import type { ReadingPosition } from '../../contract/snapshots.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createReadingPositions } from './reading-positions.ts';

const at = (messageId: number, more: Partial<ReadingPosition> = {}): ReadingPosition => ({
  messageId,
  offset: -4,
  atEnd: false,
  unreadFromId: null,
  ...more,
});

function bench(stored: Record<number, ReadingPosition> = {}) {
  const clock = fakeClock();
  const saved: [number, ReadingPosition][] = [];
  const asked: number[] = [];
  const positions = createReadingPositions({
    clock,
    read: (id) => {
      asked.push(id);
      return Promise.resolve({ ok: true, value: stored[id] ?? null });
    },
    save: (id, position) => {
      saved.push([id, position]);
      return Promise.resolve({ ok: true, value: null });
    },
  });
  return { clock, positions, saved, asked };
}

it('asks the engine once, and saves the last of many moves', async () => {
  const { clock, positions, saved, asked } = bench({ 7: at(40) });
  expect(await positions.of(7)).toEqual(at(40));
  positions.note(7, at(39));
  positions.note(7, at(38));
  expect(await positions.of(7)).toEqual(at(38));
  expect(asked).toEqual([7]);
  expect(saved).toEqual([]);
  await clock.advance(1_000);
  expect(saved).toEqual([[7, at(38)]]);
  positions.note(7, at(38));
  await clock.advance(1_000);
  expect(saved).toHaveLength(1);
});

it('saves nothing for a thread that is only looked at from its end', async () => {
  const { clock, positions, saved } = bench();
  expect(await positions.of(7)).toBeNull();
  positions.note(7, at(40, { atEnd: true }));
  positions.note(7, at(41, { atEnd: true }));
  await clock.advance(1_000);
  expect(saved).toEqual([]);
  positions.note(7, at(30));
  positions.flush();
  positions.note(7, at(41, { atEnd: true }));
  positions.flush();
  expect(saved.map(([, { messageId }]) => messageId)).toEqual([30, 41]);
});

it('each conversation has its own', async () => {
  const { positions, saved } = bench({ 1: at(10), 2: at(20) });
  positions.note(1, at(11));
  positions.note(2, at(21));
  positions.flush();
  expect(saved).toEqual([
    [1, at(11)],
    [2, at(21)],
  ]);
});
