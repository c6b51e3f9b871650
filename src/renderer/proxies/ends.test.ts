import { describe, expect, it } from 'vitest';
import { sampleProxy } from '../../testing/sample-proxies.ts';
import { endsGroups, endsKey } from './ends.ts';

// Local time throughout: days are those of the person.
const now = new Date(2026, 11, 1, 15).getTime();
const at = (day: number, hours = 12): number => new Date(2026, 11, day, hours).getTime();
const key = (expiresAt: number | null): string => endsKey({ expiresAt, state: 'ready' }, now);

describe('when a proxy ends', () => {
  it.each([
    [at(1, 14), 'ended'],
    [at(1, 23), 'day:0'],
    [at(2, 0), 'day:1'],
    [at(7, 23), 'day:6'],
    [at(8, 0), 'week:1'],
    [at(14, 23), 'week:1'],
    [at(15, 0), 'week:2'],
    [at(35, 23), 'week:4'],
    [at(36, 0), 'later'],
    [null, 'permanent'],
  ])('%#', (expiresAt, expected) => {
    expect(key(expiresAt)).toBe(expected);
  });

  it('is over for one the engine took out of use, whatever this clock says', () => {
    expect(endsKey({ expiresAt: at(9), state: 'ended' }, now)).toBe('ended');
  });
});

it('groups them soonest first, with the stores they carry', () => {
  const proxies = [
    sampleProxy({ expiresAt: null, storeIds: [1] }),
    sampleProxy({ expiresAt: at(9), storeIds: [2, 3] }),
    sampleProxy({ expiresAt: at(10), storeIds: [4] }),
    sampleProxy({ expiresAt: at(1, 20) }),
  ];
  expect(endsGroups(proxies, now).map((group) => [group.key, group.proxies, group.stores])).toEqual([
    ['day:0', 1, 0],
    ['week:1', 2, 3],
    ['permanent', 1, 1],
  ]);
  const [, week] = endsGroups(proxies, now);
  expect([new Date(week!.from!).getDate(), new Date(week!.to!).getDate()]).toEqual([8, 14]);
});
