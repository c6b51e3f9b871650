import { expect, test } from 'vitest';
import { bleedsIn, canaryOf, holds, missingIn, sharedConnections, storesIn, type Tally } from './count.ts';

const good: Tally = {
  stores: 2,
  pairs: 2,
  bleeds: 0,
  strayPackets: 0,
  directConnections: 0,
  unresolvedAtProxy: 0,
  controls: { bleeds: 1, strayPackets: 1, directConnections: 1, unresolvedAtProxy: 1 },
};

test('another store’s canary is a bleed, one’s own is none, and that it is not there is told', () => {
  const found = { cookie: canaryOf(1), cache: canaryOf(2), localStorage: null, auth: `Basic ${canaryOf(3)}` };
  expect(bleedsIn('p', 1, found)).toEqual([
    { phase: 'p', what: 'cache', from: 2, to: 1 },
    { phase: 'p', what: 'auth', from: 3, to: 1 },
  ]);
  expect(missingIn(1, found, ['cookie', 'cache', 'localStorage', 'none'])).toEqual([
    'cache',
    'localStorage',
    'none',
  ]);
  // One's own first hides nothing.
  const joined = { download: `${canaryOf(1)} ${canaryOf(12)}` };
  expect(bleedsIn('p', 1, joined)).toEqual([{ phase: 'p', what: 'download', from: 12, to: 1 }]);
  expect(missingIn(1, joined, ['download'])).toEqual([]);
  expect(storesIn('canary-1')).toEqual([]);
});

test('a connection that carries two stores is a bleed', () => {
  const hit = (connection: number, store: number | null) => ({
    connection,
    query: new URLSearchParams(store === null ? '' : `store=${store}`),
  });
  expect(sharedConnections('p', [hit(1, 1), hit(1, 1), hit(2, 2), hit(1, null), hit(2, 3)])).toEqual([
    { phase: 'p', what: 'connection', from: 2, to: 3 },
  ]);
});

test('zeros alone prove nothing: every control must have seen something', () => {
  expect(holds(good)).toBe(true);
  for (const key of ['bleeds', 'strayPackets', 'directConnections', 'unresolvedAtProxy'] as const) {
    expect(holds({ ...good, [key]: 1 })).toBe(false);
    expect(holds({ ...good, controls: { ...good.controls, [key]: 0 } })).toBe(false);
    expect(holds({ ...good, controls: { ...good.controls, [key]: null } })).toBe(false);
  }
  const unseen = {
    ...good,
    unresolvedAtProxy: null,
    controls: { ...good.controls, unresolvedAtProxy: null },
  };
  expect(holds(unseen)).toBe(true);
});
