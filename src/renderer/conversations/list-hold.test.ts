import { expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { calmMs, createListHold } from './list-hold.ts';

function bench() {
  const clock = fakeClock();
  let freed = 0;
  const hold = createListHold(clock, () => (freed += 1));
  return { clock, hold, freed: () => freed };
}

it('holds for as long as there is a reason, and a moment longer', async () => {
  const { clock, hold, freed } = bench();
  expect(hold.isHeld()).toBe(false);
  hold.hold('pointer');
  hold.hold('key');
  await clock.advance(600_000);
  hold.letGo('key');
  await clock.advance(600_000);
  expect([hold.isHeld(), freed()]).toEqual([true, 0]);
  hold.letGo('pointer');
  await clock.advance(calmMs - 1);
  expect([hold.isHeld(), freed()]).toEqual([true, 0]);
  await clock.advance(1);
  expect([hold.isHeld(), freed()]).toEqual([false, 1]);
});

it('starts over when a reason comes back during the calm', async () => {
  const { clock, hold, freed } = bench();
  hold.hold('pointer');
  hold.letGo('pointer');
  await clock.advance(calmMs - 1);
  hold.hold('key');
  await clock.advance(calmMs);
  expect(freed()).toBe(0);
  hold.letGo('key');
  hold.letGo('key');
  await clock.advance(calmMs);
  expect(freed()).toBe(1);
});
