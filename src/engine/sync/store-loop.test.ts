import { expect, test } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { memoryLog } from '../../testing/temp-engine.ts';
import type { StoreAccess } from '../parts.ts';
import type { ListReader } from './list-reader.ts';
import { createStoreLoop } from './store-loop.ts';

test('a fault nobody foresaw ends no reading for good: who waits is told, and a minute later it goes on', async () => {
  const clock = fakeClock();
  const log = memoryLog();
  const ending = new AbortController();
  let isBroken = false;
  let polls = 0;
  const list: Partial<ListReader> = {
    hasBegun: () => true,
    isFirstReadDone: () => true,
    poll: async () => ((polls += 1), await Promise.resolve(false)),
  };
  const stores: Partial<StoreAccess> = {
    get: () => ({ live: { mode: 'poll', minMs: 1_000, maxMs: 1_000 } }) as never,
    report: () => {},
  };
  const closedFor = (): null => {
    if (isBroken) throw new Error('Nobody foresaw this');
    return null;
  };
  const loop = createStoreLoop(
    { clock, log, random: () => 0.5, stores: stores as StoreAccess, gate: { closedFor, onChange: () => {} } },
    {
      storeId: 1,
      list: list as ListReader,
      wishes: {
        look: () => {},
        readSoon: () => {},
        work: () => Promise.resolve(0),
        waitMs: () => Number.POSITIVE_INFINITY,
      },
      signal: ending.signal,
    },
  );
  const ended = loop.run();
  await clock.advance(2_500);
  isBroken = true;
  await clock.advance(2_000);
  isBroken = false;
  expect(log.lines).toMatchObject([{ level: 'error', event: 'store-loop' }]);
  polls = 0;
  await clock.advance(62_500);
  expect(polls).toBeGreaterThan(1);
  ending.abort();
  await ended;
});
